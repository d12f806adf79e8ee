// Weighs what a reader downloads, as a static host sends it (brotli at its best), and fails the build over the budget. The
// WebAssembly module has a budget of its own, which the build of the engine holds.
import { brotliCompressSync, constants } from "node:zlib";

/** @param {string | Uint8Array} content */
const compressedSize = (content) =>
  brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }).length;

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * @param {{ budget: number }} options the most bytes that everything but the WebAssembly may have
 * @returns {import("vite").Plugin}
 */
export const sizeReport = ({ budget }) => ({
  name: "clauseworth:size-report",
  apply: "build",
  enforce: "post",
  writeBundle(_options, bundle) {
    let page = 0;
    let engine = 0;
    for (const file of Object.values(bundle)) {
      const size = compressedSize(file.type === "chunk" ? file.code : file.source);
      if (file.fileName.endsWith(".wasm")) engine += size;
      else page += size;
    }
    const line = `page ${kilobytes(page)} of ${kilobytes(budget)} brotli, WebAssembly ${kilobytes(engine)} brotli`;
    if (page > budget) this.error(`The page is over its size budget: ${line}.`);
    console.log(line);
  },
});

// The package in a browser, as a plain page or a bundler loads it. The addresses stand where they are used, as literals: bundlers find
// the files of a package by `new URL("…", import.meta.url)`.
import initEngine from "clauseworth-wasm";
import { fetchLibrary } from "../engine/fetch.js";
import { openThreads } from "./draws.js";
import { ProgramEngine } from "./engine.js";

/** @import { OpenOptions } from "./index.d.ts" */

export { EngineError } from "../engine/errors.js";

const vectorsUrl = () => new URL("./clauseworth_simulation_bg.wasm", import.meta.url);
const plainUrl = () => new URL("./clauseworth_simulation_plain_bg.wasm", import.meta.url);

/** @param {OpenOptions} [options] */
export async function open({ threads } = {}) {
  const [library] = await Promise.all([fetchLibrary(), initEngine()]);
  return new ProgramEngine(library, {
    // It comes by the browser's fetch, as the first module does.
    loadAnalysis: async () => {},
    openPool: (deals) =>
      openThreads({
        library: deals,
        threads,
        cores: navigator.hardwareConcurrency || 2,
        makers: [workerFromAddress, workerFromBlob],
        load: async (vectors) => {
          const response = await fetch(vectors ? vectorsUrl() : plainUrl());
          if (!response.ok) throw new Error(`The part of the engine that draws could not be loaded (${response.status}).`);
          return response.arrayBuffer();
        },
      }),
  });
}

const workerFromAddress = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

/**
 * A worker must be of the page's own origin, and the package may come from another: a worker of this origin then imports it. The address
 * is made by way of another file's, or a bundler would take the worker for a file to be copied; what it has bundled is of one origin.
 */
function workerFromBlob() {
  const address = JSON.stringify(new URL("worker.js", vectorsUrl()).href);
  const failed = `(error) => postMessage({ kind: "failed", error: { message: String(error), path: null, errors: [], missing: true } })`;
  const blob = new Blob([`import(${address}).catch(${failed});`], { type: "text/javascript" });
  const source = URL.createObjectURL(blob);
  try {
    return new Worker(source);
  } finally {
    URL.revokeObjectURL(source);
  }
}

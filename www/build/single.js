// Makes one file of the page: its script and its styles are written into it, and what they would load (the engine's modules, its
// library, the scripts of its workers) lies packed in elements that are no scripts to the browser. Which parts these are, the build
// finds in what the sources import, so that no list of them has to be kept.
import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { build } from "vite";
import { filePolicy } from "./policy.js";

/** @import { InlineConfig, Plugin, Rolldown } from "vite" */

/** Where the command line writes a deal into the file. It looks for this text. */
const DEAL = '<script type="application/json" id="clauseworth-deal">';

/** What the name of a module begins with that is nothing but the name of a part. */
const PART = "\0part:";

/** By name: the file that a part is, or the module that a worker is made of. @typedef {Map<string, { file: string, worker: boolean }>} Parts */

/**
 * What the sources import by address becomes the name of a part, and is a part from then on.
 * @param {string} root
 * @param {Parts} parts
 * @param {string} provider the module that takes the place of `engine/assets.js`
 * @returns {Plugin}
 */
function named(root, parts, provider) {
  const replaced = join(root, "engine/assets.js");
  return {
    name: "clauseworth:parts",
    enforce: "pre",
    async resolveId(source, importer) {
      const [path = "", query] = source.split("?");
      if (importer === undefined || !path.startsWith(".")) return null;
      const file = resolve(dirname(importer), path);
      if (query === undefined) return file === replaced ? join(root, provider) : null;
      const worker = query === "worker&url";
      if (!worker && query !== "url") return null;
      const name = worker ? relative(root, file).replaceAll(/[\\/]/g, "-") : basename(file);
      parts.set(name, { file, worker });
      return `${PART}${name}.js`;
    },
    load(id) {
      return id.startsWith(PART) ? `export default ${JSON.stringify(id.slice(PART.length, -".js".length))};` : null;
    },
    // The generated modules know an address to be loaded from unless told otherwise, as they always are.
    transform(code, id) {
      const address = /new URL\('\w+\.wasm', import\.meta\.url\)/;
      return address.test(code) && /[\\/]target[\\/]pkg[\\/]/.test(id) ? { code: code.replace(address, "undefined"), map: null } : null;
    },
  };
}

/**
 * Everything that a page of several files would have beside it.
 * @param {InlineConfig} config
 * @param {Parts} parts to which those are added that the workers import
 */
async function packedParts(config, parts) {
  /** @type {{ name: string, packed: string }[]} */
  const all = [];
  // A map that grows while it is gone through gives what is added as well.
  for (const [name, { file, worker }] of parts) {
    const content = worker ? await workerScript(config, file, parts) : await readFile(file);
    all.push({ name, packed: (await promisify(gzip)(content, { level: 9 })).toString("base64") });
  }
  return all;
}

/**
 * A classic script, since a blob cannot be a module worker where the page has no origin.
 * @param {InlineConfig} config
 * @param {string} file
 * @param {Parts} parts
 */
async function workerScript(config, file, parts) {
  const built = await build({
    ...config,
    plugins: [named(String(config.root), parts, "single/wanted.js")],
    build: {
      ...config.build,
      write: false,
      rolldownOptions: {
        input: file,
        output: { format: "iife", codeSplitting: false },
        // Vite's loader of dynamic imports asks for it, and a classic script has none.
        transform: { define: { "import.meta": "{}" } },
      },
    },
  });
  const { output } = /** @type {Rolldown.RolldownOutput} */ (Array.isArray(built) ? built[0] : built);
  if (output.length !== 1) throw new Error(`${file} became ${output.length} files, where a worker can have one.`);
  return output[0].code;
}

/**
 * A text that can stand in a script element: in strings and patterns, where alone such a thing is, `\x3c` is the same character.
 * @param {string} code
 */
const inScript = (code) => code.replaceAll(/<(?=!--|\/?script)/gi, "\\x3c");

/**
 * @param {InlineConfig} config what all builds share
 * @param {{ name: string, icon: string, version: string }} file
 * @returns {Plugin[]}
 */
export function singleFile(config, { name, icon, version }) {
  /** @type {Parts} */
  const parts = new Map();
  return [
    named(String(config.root), parts, "single/assets.js"),
    {
      name: "clauseworth:single-file",
      enforce: "post",
      generateBundle: {
        order: "post",
        async handler(_options, bundle) {
          const files = Object.values(bundle);
          const page = files.find(({ fileName }) => fileName.endsWith(".html"));
          const scripts = files.filter((file) => file.type === "chunk");
          const styles = files.filter(({ fileName }) => fileName.endsWith(".css"));
          const others = files.filter((file) => file !== page && file.type !== "chunk" && !styles.includes(file));
          if (page?.type !== "asset" || scripts.length !== 1 || others.length > 0) {
            throw new Error(`One page, one script and styles become one file, not ${files.map(({ fileName }) => fileName).join(", ")}.`);
          }
          for (const { fileName } of files) delete bundle[fileName];

          const style = styles.map((file) => (file.type === "asset" ? String(file.source) : "")).join("\n").trim();
          if (/<\/style/i.test(style)) throw new Error("The styles would end their element.");
          const script = inScript(scripts[0]?.code ?? "");
          const policy = filePolicy({ scripts: [script], styles: [style] });
          const picture = `data:image/svg+xml;base64,${(await readFile(icon)).toString("base64")}`;
          const head = [
            `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
            `<meta name="generator" content="Clauseworth ${version}">`,
            `<link rel="icon" href="${picture}">`,
            `<style>${style}</style>`,
          ];
          const body = [
            `${DEAL}</script>`,
            ...(await packedParts(config, parts)).map((part) => `<script type="application/gzip" data-part="${part.name}">${part.packed}</script>`),
            `<script type="module">${script}</script>`,
          ];
          const source = String(page.source)
            .replaceAll(/[ \t]*<script\b[^>]*\bsrc=[^>]*><\/script>\n?/g, "")
            .replaceAll(/[ \t]*<link\b[^>]*>\n?/g, "")
            .replace(/<meta charset="utf-8"[^>]*>/, (charset) => [charset, ...head].join("\n    "))
            .replace("</body>", () => `${body.join("\n")}\n  </body>`);
          this.emitFile({ type: "asset", fileName: name, source });
        },
      },
    },
  ];
}

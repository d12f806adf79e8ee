// The package for npm, apart from being packed: the entries for browsers and for Node with what they share, all in one folder, since
// the addresses of the modules of the engine are relative to the file in which they stand. Run by `cargo xtask package`.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { parse } from "smol-toml";
import { licenses } from "./licenses.js";
import { copySite } from "./npm-site.js";

/** @param {string} path */
const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));

const root = fromHere("../../");
const out = fromHere("../../target/npm/package/");
const engine = fromHere("../../target/pkg/");

/** The modules of the engine, by the names under which the sources import them. @type {Record<string, string>} */
const modules = {
  "clauseworth-wasm": "clauseworth_wasm",
  "clauseworth-analysis": "clauseworth_analysis",
  "clauseworth-simulation": "clauseworth_simulation",
  "clauseworth-simulation-plain": "clauseworth_simulation_plain",
};

const trusted = fromHere("../trusted.js");
const assets = fromHere("../engine/assets.js");

/** What the code fetches, by name. @type {Map<string, string>} */
const fetched = new Map();

/**
 * A file whose address is asked for lies beside the code, where bundlers find it by these very words. What fetches it is the browser's
 * own module for the entry that is for browsers, and for all else the one that the entries tell what to do.
 * @type {import("rolldown").Plugin}
 */
const beside = {
  name: "clauseworth:beside",
  resolveId(source, importer = "") {
    const [path = "", query] = source.split("?");
    if (query === "url") {
      fetched.set(basename(path), resolve(dirname(importer), path));
      return `\0${basename(path)}`;
    }
    // The entries know how a worker is made.
    if (query === "worker&url") return "\0";
    const replaced = path.startsWith(".") && resolve(dirname(importer), path) === assets && !importer.endsWith("package/browser.js");
    return replaced ? fromHere("../package/assets.js") : null;
  },
  load(id) {
    if (!id.startsWith("\0")) return null;
    const address = id === "\0" ? '""' : `new URL("./${id.slice(1)}", import.meta.url).href`;
    return { code: `export default ${address};`, moduleType: "js" };
  },
  // The generated modules know an address to be loaded from unless told otherwise, as they always are. And webpack writes the
  // folder of whoever builds where a module asks for its own address by itself: in a program, that is the page's.
  transform(code, id) {
    if (id === trusted) return { code: code.replace("import.meta.url", "location.href"), map: null };
    const address = /new URL\('\w+\.wasm', import\.meta\.url\)/;
    return id.startsWith(engine) && address.test(code) ? { code: code.replace(address, "undefined"), map: null } : null;
  },
};

async function code() {
  const bundle = await rolldown({
    input: {
      index: fromHere("../package/browser.js"),
      node: fromHere("../package/node.js"),
      worker: fromHere("../engine/draws/worker.js"),
      "worker-node": fromHere("../package/worker-node.js"),
    },
    external: /^node:/,
    // Its paths lead to the types.
    tsconfig: false,
    resolve: { alias: Object.fromEntries(Object.entries(modules).map(([name, file]) => [name, `${engine}${file}.js`])) },
    plugins: [beside],
  });
  await bundle.write({ dir: out, format: "esm", entryFileNames: "[name].js", chunkFileNames: "shared-[name].js", comments: { legal: true } });
}

/**
 * Types as they stand in the sources, with their imports among themselves. Of a module's own, only the shapes of what goes in and comes
 * out, which stand before its classes: those are inside the package, and are written for newer compilers than a program may have.
 */
async function types() {
  const files = {
    index: fromHere("../package/index.d.ts"),
    elements: fromHere("../package/elements.d.ts"),
    engine: fromHere("../engine/types.d.ts"),
    ...Object.fromEntries(["clauseworth_wasm", "clauseworth_analysis", "clauseworth_simulation"].map((name) => [name, `${engine}${name}.d.ts`])),
  };
  await mkdir(`${out}types`);
  for (const [name, file] of Object.entries(files)) {
    const text = await readFile(file, "utf8");
    const classes = text.search(/\/\*\*(?:(?!\*\/)[^])*\*\/\s*export class .*\{\s*(private constructor|free)/);
    const shapes = name.startsWith("clauseworth_") && classes > 0 ? text.slice(0, classes).trimEnd() + "\n" : text;
    const imported = shapes
      .replaceAll(/from "(clauseworth-\w+)"/g, (_all, from) => `from "./${modules[from]}.d.ts"`)
      .replaceAll('from "../engine/types.d.ts"', 'from "./engine.d.ts"');
    await writeFile(`${out}types/${name}.d.ts`, imported);
  }
}

async function manifest() {
  const { workspace } = /** @type {any} */ (parse(await readFile(`${root}Cargo.toml`, "utf8")));
  const { version, license, authors } = workspace.package;
  return {
    name: "clauseworth",
    version,
    description: "What each clause of an AI partnership is worth, to each side: the calculator as a library, elements and one file",
    keywords: ["deal", "valuation", "npv", "monte-carlo", "sensitivity", "shapley", "wasm", "openai", "microsoft", "custom-elements"],
    author: authors[0],
    license: `(${license})`,
    type: "module",
    engines: { node: ">=20.3" },
    exports: {
      ".": { types: "./types/index.d.ts", node: "./node.js", default: "./index.js" },
      "./elements": { types: "./types/elements.d.ts", default: "./elements/elements.js" },
      "./elements/*": "./elements/*",
      "./single.html": "./single.html",
      "./custom-elements.json": "./custom-elements.json",
      "./schema.json": "./schema.json",
      "./library.json": "./library.json",
      "./package.json": "./package.json",
    },
    types: "./types/index.d.ts",
    customElements: "custom-elements.json",
    sideEffects: ["./elements/**/*.js"],
  };
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([code(), types()]);
for (const [name, file] of fetched) await copyFile(file, `${out}${name}`);
await copyFile(`${engine}library.json`, `${out}library.json`);
await copyFile(`${root}crates/clauseworth/schema.json`, `${out}schema.json`);
await copyFile(fromHere("../package/README.md"), `${out}README.md`);
for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"]) await copyFile(`${root}${name}`, `${out}${name}`);
await writeFile(`${out}THIRD-PARTY.txt`, await licenses(fromHere("../"), engine));
await copySite(fromHere("../../target/site/"), out);
// Within the package the elements lie in a folder of their own.
const described = await readFile(fromHere("../custom-elements.json"), "utf8");
await writeFile(`${out}custom-elements.json`, described.replaceAll('"elements.js"', '"elements/elements.js"'));
await writeFile(`${out}package.json`, `${JSON.stringify(await manifest(), null, 2)}\n`);

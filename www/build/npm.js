// The package for npm, apart from being packed: the entries for browsers and for Node with what they share, all in one folder, since
// the addresses of the modules of the engine are relative to the file in which they stand. Run by `cargo xtask package`.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { parse } from "smol-toml";
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

/** A file whose address is asked for lies beside the code. @type {import("rolldown").Plugin} */
const addresses = {
  name: "clauseworth:addresses",
  resolveId: (id) => (id.endsWith("?url") ? `\0${basename(id, "?url")}` : null),
  load(id) {
    if (!id.startsWith("\0")) return null;
    return { code: `export default new URL("./${id.slice(1)}", import.meta.url).href;`, moduleType: "js" };
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
    plugins: [addresses],
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

/** @param {{ elements: boolean, single: boolean }} site what of it is there */
async function manifest({ elements, single }) {
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
      ...(elements && { "./elements": "./elements/elements.js", "./elements/*": "./elements/*" }),
      ...(single && { "./single.html": "./single.html" }),
      "./schema.json": "./schema.json",
      "./library.json": "./library.json",
      "./package.json": "./package.json",
    },
    types: "./types/index.d.ts",
    sideEffects: elements ? ["./elements/**/*.js"] : false,
  };
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([code(), types()]);
for (const name of Object.values(modules)) await copyFile(`${engine}${name}_bg.wasm`, `${out}${name}_bg.wasm`);
await copyFile(`${engine}library.json`, `${out}library.json`);
await copyFile(`${root}crates/clauseworth/schema.json`, `${out}schema.json`);
await copyFile(fromHere("../package/README.md"), `${out}README.md`);
for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"]) await copyFile(`${root}${name}`, `${out}${name}`);
const site = await copySite(fromHere("../../target/site/"), out);
await writeFile(`${out}package.json`, `${JSON.stringify(await manifest(site), null, 2)}\n`);

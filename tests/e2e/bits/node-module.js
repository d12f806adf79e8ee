// The modules that draw, in Node: they are made for browsers, which fetch what Node has to read.
import { readFile } from "node:fs/promises";

/** @typedef {"clauseworth_simulation" | "clauseworth_simulation_plain"} ModuleName */

/** Where the built modules lie. */
export const packages = new URL("../../../target/pkg/", import.meta.url);

/**
 * @param {ModuleName} name
 * @returns {Promise<typeof import("clauseworth-simulation")>}
 */
export async function load(name) {
  const [script, wasm] = await Promise.all([
    readFile(new URL(`${name}.js`, packages), "base64"),
    readFile(new URL(`${name}_bg.wasm`, packages)),
  ]);
  // By its text: no package.json lies beside the script to tell Node that it is a module.
  const module = await import(`data:text/javascript;base64,${script}`);
  module.initSync({ module: wasm });
  return module;
}

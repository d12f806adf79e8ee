// The deals of the library are a file beside the engine, so that the browser's own parser reads them.
import libraryUrl from "../../target/pkg/library.json?url";

/** @import { Tree } from "clauseworth-wasm" */

/** @returns {Promise<Record<string, Tree>>} */
export async function fetchLibrary() {
  const response = await fetch(libraryUrl);
  if (!response.ok) throw new Error(`The deal library could not be loaded (${response.status}).`);
  return response.json();
}

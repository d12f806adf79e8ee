// The deals of the library are a file beside the engine, so that the browser's own parser reads them.
import bareUrl from "../../target/pkg/library-bare.json?url";
import libraryUrl from "../../target/pkg/library.json?url";

/** @import { Tree } from "clauseworth-wasm" */

/**
 * @param {{ bare?: boolean }} [options] bare: without what is said of the quantities in words
 * @returns {Promise<Record<string, Tree>>}
 */
export async function fetchLibrary({ bare = false } = {}) {
  const response = await fetch(bare ? bareUrl : libraryUrl);
  if (!response.ok) throw new Error(`The deal library could not be loaded (${response.status}).`);
  return response.json();
}

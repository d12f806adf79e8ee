// The deals of the library are a file beside the engine, so that the browser's own parser reads them.
import bareUrl from "../../target/pkg/library-bare.json?url";
import libraryUrl from "../../target/pkg/library.json?url";
import { part } from "./assets.js";

/** @import { Tree } from "clauseworth-wasm" */

/**
 * @param {{ bare?: boolean }} [options] bare: without what is said of the quantities in words
 * @returns {Promise<Record<string, Tree>>}
 */
export const fetchLibrary = async ({ bare = false } = {}) => (await part(bare ? bareUrl : libraryUrl)).json();

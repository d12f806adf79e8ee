// The deals of the library are a file beside the engine, so that the browser's own parser reads them.
import libraryUrl from "../../target/pkg/library.json?url";
import { part } from "./assets.js";

/** @import { Tree } from "clauseworth-wasm" */

/** @returns {Promise<Record<string, Tree>>} */
export const fetchLibrary = async () => (await part(libraryUrl)).json();

// The library once more without what is said of its quantities in words, which is a third of it: an embed shows a few levers and needs
// the rest when a reader asks about one. It is written beside the whole one, as everything of the engine is.
import { readFileSync, writeFileSync } from "node:fs";

/** @param {unknown} node @returns {unknown} */
function withoutNotes(node) {
  if (Array.isArray(node)) return node.map(withoutNotes);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(Object.entries(node).flatMap(([key, value]) => (key === "note" ? [] : [[key, withoutNotes(value)]])));
}

/**
 * @param {string} whole the file of the library
 * @param {string} bare the file to be written
 * @returns {import("vite").Plugin}
 */
export const bareLibrary = (whole, bare) => ({
  name: "clauseworth:bare-library",
  buildStart() {
    const text = JSON.stringify(withoutNotes(JSON.parse(readFileSync(whole, "utf8"))));
    writeFileSync(bare, text);
  },
});

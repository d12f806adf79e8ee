// The library once more without what is said of its quantities in words, and with no more of the sources than whose they are and of
// when, which is half of it: an embed shows a few levers, and needs the rest when a reader asks about one. It is written beside the
// whole one, as everything of the engine is.
import { readFileSync, writeFileSync } from "node:fs";

/** What is left out, in a source and elsewhere. The title stands for the publisher where a source has none. */
const WORDS = ["note", "url"];

/** @param {unknown} node @returns {unknown} */
function withoutWords(node) {
  if (Array.isArray(node)) return node.map(withoutWords);
  if (node === null || typeof node !== "object") return node;
  const bare = Object.fromEntries(Object.entries(node).flatMap(([key, value]) => (WORDS.includes(key) ? [] : [[key, withoutWords(value)]])));
  return "publisher" in bare && "title" in bare ? { ...bare, title: bare["publisher"] } : bare;
}

/**
 * @param {string} whole the file of the library
 * @param {string} bare the file to be written
 * @returns {import("vite").Plugin}
 */
export const bareLibrary = (whole, bare) => ({
  name: "clauseworth:bare-library",
  buildStart() {
    const text = JSON.stringify(withoutWords(JSON.parse(readFileSync(whole, "utf8"))));
    writeFileSync(bare, text);
  },
});

// How a quantity is called: as its file says, or by its place in the file where that says nothing.

/** @import { Strings } from "../strings/en.js" */

/**
 * @param {{ path: string, label?: string | null }} quantity
 * @param {Pick<Strings, "firstUpper" | "entry">} strings
 */
export function nameOf({ path, label }, { firstUpper, entry }) {
  if (label) return label;
  const [head = "", ...rest] = path.split(".");
  const below = head === "clauses" ? rest.slice(1) : rest[0] === "lines" ? rest.slice(1) : rest;
  const words = below.map((part) => (/^\d+$/.test(part) ? entry(Number(part) + 1) : part.replaceAll(/[_-]/g, " ")));
  return firstUpper(words.join(", ") || path);
}

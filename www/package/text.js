// Deals given as text, TOML or JSON, read as the page reads those of its readers: whatever is wrong has its line. Loaded with the first.
import { EngineError, toPlain } from "../engine/errors.js";
import { formatOf, lineOf, readFile } from "../own/read.js";
import { strings } from "../strings/own.js";

/** @import { Tree } from "../engine/types.d.ts" */

/**
 * @template T
 * @param {string} given
 * @param {"toml" | "json" | undefined} format what it is; found out where that is not said
 * @param {(tree: Tree) => T} use
 * @returns {T}
 */
export function readText(given, format, use) {
  const text = given.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const kind = format ?? formatOf(text);
  const { tree, lines, faults } = readFile(text, kind, strings.read);
  if (tree === null) {
    const errors = faults.map(({ line, message }) => ({
      path: "",
      expected: kind.toUpperCase(),
      found: text.split("\n")[line - 1]?.trim() ?? "",
      hint: null,
      line,
      message: `${message} (line ${line})`,
    }));
    throw new EngineError({ message: errors.map(({ message }) => message).join("\n"), path: null, errors, missing: false });
  }
  try {
    return use(tree);
  } catch (error) {
    const plain = toPlain(error);
    throw new EngineError({ ...plain, errors: plain.errors.map((fault) => ({ ...fault, line: fault.line ?? lineOf(lines, fault.path) })) });
  }
}

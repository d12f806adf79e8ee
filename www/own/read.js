// A deal file as text becomes a tree, and the page learns on which line each path of it stands. The engine's faults have paths; with
// these lines they can be shown where the reader wrote what is wrong.
import { parseTree } from "jsonc-parser";
import { parseTOML } from "toml-eslint-parser";

/** @import { Node, ParseError } from "jsonc-parser" */
/** @import { AST } from "toml-eslint-parser" */
/** @import { Tree, TreeValue } from "../engine/types.d.ts" */
/** @import { FileFormat } from "./kept.js" */

/** A fault of the text: it is not of its format. @typedef {{ line: number, message: string }} TextFault */
/** @typedef {{ tree: Tree | null, lines: Map<string, number>, faults: TextFault[] }} ReadFile */
/** @typedef {{ file: string, key: (name: string) => string, twice: (name: string) => string, top: string, json: Record<number, string> }} ReadWords */

/** After so many faults of one kind the rest is likely to follow from them. */
const MOST = 20;

/**
 * @param {string} text
 * @param {FileFormat} format
 * @param {ReadWords} words
 * @returns {ReadFile}
 */
export const readFile = (text, format, words) => (format === "json" ? readJson(text, words) : readToml(text));

/** What a file without an ending is. @param {string} text @returns {FileFormat} */
export const formatOf = (text) => (/^\s*\{/.test(text) ? "json" : "toml");

/**
 * The line of a path, or of the nearest table above it that the file has.
 * @param {Map<string, number>} lines
 * @param {string} path
 */
export function lineOf(lines, path) {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("."), 0))) {
    const line = lines.get(at);
    if (line !== undefined) return line;
  }
  return null;
}

/** @param {string} text @returns {ReadFile} */
function readToml(text) {
  const rows = text.split("\n");
  /** @type {TextFault[]} */
  const faults = [];
  for (;;) {
    try {
      const ast = parseTOML(rows.join("\n"), { tomlVersion: "1.1" });
      if (faults.length > 0) return { tree: null, lines: new Map(), faults };
      const [top] = ast.body;
      const found = new Finder();
      for (const item of top.body) found.add(item);
      return { tree: found.tree, lines: found.lines(), faults };
    } catch (error) {
      if (!(error instanceof Error) || !("lineNumber" in error)) throw error;
      // What has no end after something was taken out had its beginning there.
      if (faults.length > 0 && error.message.startsWith("Unterminated")) return { tree: null, lines: new Map(), faults };
      const line = Math.min(faultLine(rows, Number(error.lineNumber)), rows.length);
      faults.push({ line, message: error.message });
      // A pair on a line of its own can be taken out, and the rest be looked at; what else is wrong may have no end of its own.
      const pair = /^\s*[\w."'-]+(\s*\.\s*[\w."'-]+)*\s*=(?!.*("""|''')).*$/;
      if (faults.length === MOST || !pair.test(rows[line - 1] ?? "")) return { tree: null, lines: new Map(), faults };
      rows[line - 1] = "";
    }
  }
}

/**
 * A value that is missing is noticed at what comes after it.
 * @param {readonly string[]} rows
 * @param {number} line
 */
const faultLine = (rows, line) => (line > 1 && /=\s*(#.*)?\r?$/.test(rows[line - 2] ?? "") ? line - 1 : line);

/** Puts a TOML file together, with the line of everything in it. */
class Finder {
  /** @type {Tree} */
  tree = {};
  /** @type {Map<object, Map<string, number>>} */
  #lines = new Map();

  /** @param {AST.TOMLKeyValue | AST.TOMLTable} item */
  add(item) {
    if (item.type === "TOMLKeyValue") {
      this.#put(this.tree, keysOf(item.key), item);
      return;
    }
    const at = this.#walk(this.tree, item.resolvedKey, item.loc.start.line);
    for (const pair of item.body) this.#put(at, keysOf(pair.key), pair);
  }

  /** The line of every path: things in lists go by their names and by their positions. */
  lines() {
    /** @type {Map<string, number>} */
    const lines = new Map();
    /** @param {TreeValue} node @param {string} path */
    const walk = (node, path) => {
      if (node === null || typeof node !== "object") return;
      const own = this.#lines.get(node);
      for (const [key, value] of Object.entries(node)) {
        const names = Array.isArray(node) ? [key, nameOf(value)].filter((name) => name !== undefined) : [key];
        for (const name of names) {
          const below = path === "" ? name : `${path}.${name}`;
          const line = own?.get(key);
          if (line !== undefined) lines.set(below, line);
          walk(value, below);
        }
      }
    };
    walk(this.tree, "");
    return lines;
  }

  /**
   * @param {Tree} table
   * @param {readonly string[]} keys
   * @param {AST.TOMLKeyValue} pair
   */
  #put(table, keys, pair) {
    const line = pair.loc.start.line;
    const at = this.#walk(table, keys.slice(0, -1), line);
    const last = keys.at(-1) ?? "";
    this.#set(at, last, this.#value(pair.value), line);
  }

  /**
   * The table at the end of some keys, made where it is not there yet.
   * @param {Tree} from
   * @param {readonly (string | number)[]} keys
   * @param {number} line
   * @returns {Tree}
   */
  #walk(from, keys, line) {
    /** @type {any} */
    let at = from;
    keys.forEach((key, i) => {
      if (!Object.hasOwn(at, key)) this.#set(at, String(key), typeof keys[i + 1] === "number" ? [] : {}, line);
      at = at[key];
    });
    return at;
  }

  /**
   * @param {AST.TOMLContentNode} node
   * @returns {TreeValue}
   */
  #value(node) {
    if (node.type === "TOMLArray") {
      /** @type {TreeValue[]} */
      const list = [];
      node.elements.forEach((element, i) => this.#set(list, String(i), this.#value(element), element.loc.start.line));
      return list;
    }
    if (node.type === "TOMLInlineTable") {
      /** @type {Tree} */
      const table = {};
      for (const pair of node.body) this.#put(table, keysOf(pair.key), pair);
      return table;
    }
    // Dates stay as they are written: the engine reads ISO texts.
    return "datetime" in node ? node.datetime : node.value;
  }

  /**
   * @param {Tree | TreeValue[]} owner
   * @param {string} key
   * @param {TreeValue} value
   * @param {number} line
   */
  #set(owner, key, value, line) {
    Object.defineProperty(owner, key, { value, enumerable: true, writable: true, configurable: true });
    const lines = this.#lines.get(owner) ?? new Map();
    lines.set(key, line);
    this.#lines.set(owner, lines);
  }
}

/** @param {AST.TOMLKey} key */
const keysOf = ({ keys }) => keys.map((each) => (each.type === "TOMLBare" ? each.name : each.value));

/** @param {unknown} item */
function nameOf(item) {
  if (item === null || typeof item !== "object" || Array.isArray(item)) return undefined;
  const { id, kind } = /** @type {{ id?: unknown, kind?: unknown }} */ (item);
  return typeof id === "string" ? id : typeof kind === "string" ? kind : undefined;
}

/**
 * @param {string} text
 * @param {ReadWords} words
 * @returns {ReadFile}
 */
function readJson(text, words) {
  /** @type {ParseError[]} */
  const errors = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const line = (/** @type {number} */ offset) => starts.findLastIndex((start) => start <= offset) + 1;
  /** @type {TextFault[]} */
  const faults = errors.slice(0, MOST).map(({ error, offset }) => ({ line: line(offset), message: words.json[error] ?? words.file }));
  /** @type {Map<string, number>} */
  const lines = new Map();

  /**
   * @param {Node} node
   * @param {string[]} paths under which it is known
   * @returns {TreeValue}
   */
  const value = (node, paths) => {
    for (const path of paths) if (path !== "") lines.set(path, line((node.parent?.type === "property" ? node.parent : node).offset));
    const below = (/** @type {string} */ name) => paths.map((path) => (path === "" ? name : `${path}.${name}`));
    if (node.type === "array") {
      return (node.children ?? []).map((child, i) => {
        const name = nameOf(plain(child));
        return value(child, [...below(String(i)), ...(name === undefined ? [] : below(name))]);
      });
    }
    if (node.type !== "object") return node.value;
    /** @type {Tree} */
    const table = {};
    for (const { children = [] } of node.children ?? []) {
      const [key, child] = children;
      if (key === undefined || child === undefined) continue;
      const name = String(key.value);
      if (Object.hasOwn(table, name)) faults.push({ line: line(key.offset), message: words.twice(name) });
      Object.defineProperty(table, name, { value: value(child, below(name)), enumerable: true, writable: true, configurable: true });
    }
    return table;
  };

  const tree = root === undefined ? null : value(root, [""]);
  if (faults.length === 0 && (tree === null || typeof tree !== "object" || Array.isArray(tree))) {
    faults.push({ line: 1, message: words.top });
  }
  faults.sort((a, b) => a.line - b.line);
  return { tree: faults.length > 0 ? null : /** @type {Tree} */ (tree), lines, faults };
}

/** The texts of an object, among which its name is. @param {Node} node */
const plain = (node) =>
  node.type === "object"
    ? Object.fromEntries((node.children ?? []).map(({ children = [] }) => [children[0]?.value, children[1]?.value]))
    : null;

// Deal files as trees: where a quantity stands in one, and the tree that a request asks for. A deal of the library with other
// distributions than its file says is a deal that has the first one as its base and gives nothing but the difference, so that what
// is inherited, and how, stays the engine's affair.
import { decimalYear } from "../format/dates.js";

/** @import { Tree, TreeValue } from "clauseworth-wasm" */
/** @import { DealFacts, DealRequest, EngineInfo, Spread, Word } from "./types.d.ts" */

/** @typedef {Record<string, Tree>} Library deals by their ids */

/** What a quantity keeps whatever its value is. */
const LASTING = ["label", "unit", "note"];
/** The kinds of clause that do not heed a term. */
const WITHOUT_TERM = ["capital", "equity", "warrant", "milestone-investment"];

/** @param {unknown} value @returns {value is Tree} */
export const isTable = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** The name of a thing in a list: its own, or that of its kind. @param {unknown} item */
const idOf = (item) => (isTable(item) ? (item["id"] ?? item["kind"]) : undefined);

/**
 * A deal and what it inherits from, nearest first.
 * @param {Library} library
 * @param {string} id
 * @returns {Tree[]}
 */
export function chainOf(library, id) {
  /** @type {Tree[]} */
  const chain = [];
  const named = (/** @type {string} */ name) => (Object.hasOwn(library, name) ? library[name] : undefined);
  for (let next = named(id); next !== undefined && !chain.includes(next); next = named(String(next["base"]))) chain.push(next);
  return chain;
}

/**
 * What stands at a path; of an entry of a schedule, its value.
 * @param {readonly Tree[]} chain
 * @param {string} path
 * @returns {TreeValue | undefined}
 */
export function nodeAt(chain, path) {
  // The clauses of a deal that has any are all its own.
  const own = path.startsWith("clauses.") ? chain.find((tree) => "clauses" in tree) : undefined;
  for (const tree of own ? [own] : chain) {
    const found = stepTo(tree, path.split("."));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * @param {TreeValue | undefined} node
 * @param {readonly string[]} segments
 * @returns {TreeValue | undefined}
 */
function stepTo(node, [segment, ...rest]) {
  if (segment === undefined || node === undefined) return node;
  if (!Array.isArray(node)) return isTable(node) ? stepTo(node[segment], rest) : undefined;
  const item = node[placeOf(node, segment)];
  return Array.isArray(item) && rest.length === 0 ? item[1] : stepTo(item, rest);
}

/**
 * @param {readonly TreeValue[]} list
 * @param {string} segment an id, or a position
 */
function placeOf(list, segment) {
  const named = list.findIndex((item) => idOf(item) === segment);
  return named < 0 && /^\d+$/.test(segment) ? Number(segment) : named;
}

/**
 * A tree with something else at a path. What is not on the way to it is shared with the old one.
 * @template {TreeValue | undefined} T
 * @param {T} node
 * @param {readonly string[]} segments
 * @param {(old: TreeValue | undefined) => TreeValue} make
 * @returns {TreeValue}
 */
function replaced(node, [segment, ...rest], make) {
  if (segment === undefined) return make(node);
  if (Array.isArray(node)) {
    const place = placeOf(node, segment);
    return node.map((item, i) => {
      if (i !== place) return item;
      return Array.isArray(item) && rest.length === 0 ? [item[0] ?? "", make(item[1])] : replaced(item, rest, make);
    });
  }
  /** @type {Tree} */
  const table = isTable(node) ? node : {};
  return { ...table, [segment]: replaced(table[segment], rest, make) };
}

/**
 * A quantity with another value or distribution: what it is called stays, what its old value came from does not.
 * @param {TreeValue | undefined} old
 * @param {Spread} spread
 * @returns {Tree}
 */
export function requantified(old, { kind, ...numbers }) {
  const lasting = isTable(old) ? Object.entries(old).filter(([key]) => LASTING.includes(key)) : [];
  return { ...Object.fromEntries(lasting), ...numbers, ...(kind !== "none" && { dist: kind }) };
}

/**
 * The tree to be opened for a request, and the only place where one is made: whatever opens a deal opens this.
 * @param {Library} library
 * @param {Pick<DealRequest, "deal" | "spread">} request
 * @returns {Tree}
 */
export function treeOf(library, { deal: id, spread = {} }) {
  const [own] = chainOf(library, id);
  if (own === undefined) {
    throw new Error(`There is no deal "${id}" in the library, which has ${Object.keys(library).join(", ")}.`);
  }
  const paths = Object.keys(spread);
  if (paths.length === 0) return own;

  const chain = chainOf(library, id);
  /** @type {Tree} */
  let tree = { format: 1, id, base: id };
  if (paths.some((path) => path.startsWith("clauses."))) {
    tree = { ...tree, clauses: chain.find((each) => "clauses" in each)?.["clauses"] ?? [] };
  }
  for (const [path, given] of Object.entries(spread)) {
    const old = nodeAt(chain, path);
    tree = /** @type {Tree} */ (replaced(scaffold(tree, path), path.split("."), () => requantified(old, given)));
  }
  // What the reader thinks of a quantity counts more than what a scenario does.
  const scenarios = scenariosOf(chain).filter(({ set }) => isTable(set) && paths.some((path) => path in set));
  if (scenarios.length === 0) return tree;
  const freed = scenarios.map(({ id: name, set }) => ({
    id: name ?? "",
    set: Object.fromEntries(Object.entries(/** @type {Tree} */ (set)).filter(([path]) => !paths.includes(path))),
  }));
  return { ...tree, scenarios: freed };
}

/**
 * The scenarios of a deal as they are after inheriting: one of a name counts, the nearest.
 * @param {readonly Tree[]} chain
 * @returns {Tree[]}
 */
function scenariosOf(chain) {
  /** @type {Map<unknown, Tree>} */
  const found = new Map();
  for (const tree of chain) {
    const list = Array.isArray(tree["scenarios"]) ? tree["scenarios"].filter(isTable) : [];
    for (const each of list) if (!found.has(each["id"])) found.set(each["id"], each);
  }
  return [...found.values()];
}

/**
 * Things in lists outside the clauses are merged with those of the base by their names: the list needs to hold one of that name.
 * @param {Tree} tree
 * @param {string} path
 * @returns {Tree}
 */
function scaffold(tree, path) {
  const [head = "", list = "", id = ""] = path.split(".");
  const place = head === "demand" && list === "lines" ? [head, list] : head === "references" ? [head] : null;
  if (place === null) return tree;
  const name = place.length === 1 ? list : id;
  return /** @type {Tree} */ (
    replaced(tree, place, (old) => {
      const items = Array.isArray(old) ? old : [];
      return items.some((item) => idOf(item) === name) ? items : [...items, { id: name }];
    })
  );
}

/**
 * What the page wants to know of a deal and the engine does not say: its words and flags, and its distributions in full.
 * @param {readonly Tree[]} chain
 * @param {EngineInfo} info
 * @returns {DealFacts}
 */
export function factsOf(chain, info) {
  /** @type {Record<string, Spread>} */
  const spreads = {};
  for (const { path, value, dist } of info.quantities) {
    const node = dist === null ? undefined : nodeAt(chain, path);
    if (dist !== null && isTable(node)) spreads[path] = readSpread(node, dist, value ?? "never");
  }
  return { words: wordsOf(chain, info), spreads };
}

/**
 * @param {Tree} node
 * @param {Exclude<Spread["kind"], "none">} kind
 * @param {number | "never"} value
 * @returns {Spread}
 */
function readSpread(node, kind, value) {
  const number = (/** @type {TreeValue | undefined} */ given) =>
    typeof given === "string" ? (decimalYear(given) ?? 0) : Number(given);
  const numbers = Object.fromEntries(
    ["low", "high", "shape", "min", "max", "p"].filter((key) => key in node).map((key) => [key, number(node[key])]),
  );
  const points = node["points"];
  return /** @type {Spread} */ ({
    kind,
    value,
    ...numbers,
    ...(Array.isArray(points) && { points: points.map((point) => (Array.isArray(point) ? point.map(number) : [])) }),
  });
}

/**
 * What is chosen from a few words, and what is so or not.
 * @param {readonly Tree[]} chain
 * @param {EngineInfo} info
 * @returns {Word[]}
 */
function wordsOf(chain, { clauses, quantities }) {
  const has = (/** @type {string} */ path) => quantities.some((quantity) => quantity.path === path);
  const word = (/** @type {string} */ path, /** @type {string[]} */ choices) => {
    const value = nodeAt(chain, path);
    return { path, choices, value: typeof value === "string" ? value : (choices[0] ?? "") };
  };
  return [
    ...(has("agi.year") ? [word("agi.trigger", ["lab", "either"])] : []),
    ...clauses.flatMap(({ id, kind, enabled }) => {
      const path = `clauses.${id}`;
      const tail = has(`${path}.tail_factor`) && has(`${path}.tail_years`);
      const choices = kind === "commitment" ? ["continue", "stop"] : ["continue", "stop", "layer", ...(tail ? ["tail"] : [])];
      const hosted = nodeAt(chain, `${path}.hosted`);
      return [
        { path: `${path}.enabled`, choices: null, value: enabled },
        ...(WITHOUT_TERM.includes(kind) ? [] : [word(`${path}.on_agi`, choices)]),
        ...(typeof hosted === "boolean" ? [{ path: `${path}.hosted`, choices: null, value: hosted }] : []),
      ];
    }),
  ];
}

/**
 * The lines of business that a deal's clauses may name.
 * @param {readonly Tree[]} chain
 * @returns {string[]}
 */
export function linesOf(chain) {
  const lines = chain.flatMap((tree) => {
    const list = isTable(tree["demand"]) ? tree["demand"]["lines"] : undefined;
    return Array.isArray(list) ? list.map((line) => String(idOf(line))) : [];
  });
  const devices = chain.some((tree) => "devices" in tree) ? ["device-hardware", "device-services"] : [];
  return [...new Set([...lines, ...devices])];
}

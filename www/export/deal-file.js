// The deal as it stands, as a deal file: what `clauseworth run FILE` needs to come to the same figures. It stands by itself, whatever
// the library says of the deal later: what it inherits is merged in as the engine merges it (Model 13), and the scenario and the
// reader's changes are made in it as the engine makes them (Model 2.4).

/** @import { Tree, TreeValue } from "clauseworth-wasm" */
/** @import { DealInfo, Spread } from "../engine/types.d.ts" */
/** @import { State, Value } from "../state/state.js" */

import { isTable, requantified } from "../engine/trees.js";
import { fileId } from "../state/own.js";

/** Tables that have a `value` and are no quantities. */
const TABLES_WITH_VALUE = ["references", "backer_equity"];
/** Keys of a quantity that describe it whatever its value is. */
const LASTING = ["label", "unit"];
/** Keys at the head of a file, in the order in which they are written. */
const HEAD = ["format", "id", "title", "backer", "lab_name", "effective", "horizon"];

/**
 * @param {object} deal
 * @param {Readonly<Record<string, Tree>>} deal.library deals by their ids
 * @param {DealInfo} deal.info
 * @param {State} deal.state
 * @param {object} words
 * @param {(title: string) => string} words.title of a deal that was changed
 * @param {(was: string, note: string) => string} words.note at a quantity that was changed
 * @returns {Tree}
 */
export function dealFile({ library, info, state }, words) {
  const tree = inherited(library, state.deal);
  const scenario = info.scenarios.find(({ id }) => id === state.scenario);
  const spreads = Object.entries(state.spread);
  const settings = Object.entries({ ...scenario?.set, ...state.set }).filter(([path]) => !(path in state.spread));
  tree["id"] = fileId(info.id);
  if (settings.length + spreads.length > 0) {
    for (const [path, value] of settings) setAt(tree, path, (old) => changed(old, value, words.note));
    for (const [path, spread] of spreads) setAt(tree, path, (old) => respread(old, spread, words.note));
    tree["id"] = `${fileId(info.id)}-changed`;
    tree["title"] = words.title(info.title);
    // The scenarios are changes to the deal as agreed, which this is not.
    delete tree["scenarios"];
  }
  const order = (/** @type {string} */ key) => (HEAD.includes(key) ? HEAD.indexOf(key) : HEAD.length);
  return Object.fromEntries(Object.entries(tree).sort(([a], [b]) => order(a) - order(b)));
}

/**
 * A deal with all that it inherits.
 * @param {Readonly<Record<string, Tree>>} library
 * @param {string} id
 * @returns {Tree}
 */
function inherited(library, id) {
  const own = library[id];
  if (own === undefined) throw new Error(`There is no deal "${id}" in the library.`);
  const { base, ...rest } = structuredClone(own);
  if (typeof base !== "string") return rest;
  const merged = mergedTable(inherited(library, base), rest);
  const mine = new Set(tables(own["scenarios"]).map((scenario) => scenario["id"]));
  // A scenario of the base may change a clause that this deal does not have.
  merged["scenarios"] = tables(merged["scenarios"]).filter((scenario) => mine.has(scenario["id"]) || fits(merged, scenario["set"]));
  return merged;
}

/**
 * @param {Tree} base
 * @param {Tree} own
 * @returns {Tree}
 */
function mergedTable(base, own) {
  const merged = { ...base };
  for (const [key, value] of Object.entries(own)) merged[key] = mergedKey(key, base[key], value);
  return merged;
}

/**
 * Tables are merged key by key and things with an id by their ids; quantities, lists by position and the clauses are replaced.
 * @param {string} key
 * @param {TreeValue | undefined} base
 * @param {TreeValue} own
 * @returns {TreeValue}
 */
function mergedKey(key, base, own) {
  if (isTable(base) && isTable(own)) {
    const quantity = ("value" in base || "value" in own) && !TABLES_WITH_VALUE.includes(key);
    return quantity || key === "set" ? own : mergedTable(base, own);
  }
  if (key === "clauses" || !Array.isArray(base) || !Array.isArray(own)) return own;
  if (!own.every((item) => isTable(item) && typeof item["id"] === "string")) return own;
  const merged = tables(base);
  for (const item of tables(own)) {
    const at = merged.findIndex(({ id }) => id === item["id"]);
    const old = merged[at];
    if (old) merged[at] = mergedTable(old, item);
    else merged.push(item);
  }
  return merged;
}

/**
 * Whether all that a scenario sets of the clauses is there.
 * @param {Tree} tree
 * @param {TreeValue | undefined} set
 */
function fits(tree, set) {
  if (!isTable(set)) return true;
  return Object.keys(set).every((path) => {
    const parent = path.split(".").slice(0, -1);
    return !path.startsWith("clauses.") || parent.reduce(step, /** @type {TreeValue | undefined} */ (tree)) !== undefined;
  });
}

/**
 * Sets what stands at a path. A quantity loses its distribution, source and status, which were those of the value that it had.
 * @param {Tree} tree
 * @param {string} path
 * @param {(old: TreeValue | undefined) => TreeValue} make
 */
function setAt(tree, path, make) {
  const segments = path.split(".");
  const last = segments.pop() ?? "";
  const parent = segments.reduce(step, /** @type {TreeValue | undefined} */ (tree));
  if (isTable(parent)) {
    parent[last] = make(parent[last]);
    return;
  }
  // An entry of a schedule: the date stays, the value changes.
  const entry = step(parent, last);
  if (!Array.isArray(entry) || entry.length !== 2) throw new Error(`There is nothing at ${path} in the deal.`);
  entry[1] = make(entry[1]);
}

/**
 * @param {TreeValue | undefined} old
 * @param {Value} value
 * @param {(was: string, note: string) => string} note
 * @returns {TreeValue}
 */
function changed(old, value, note) {
  if (!isTable(old) || old["value"] === undefined) return value;
  const kept = Object.entries(old).filter(([key]) => LASTING.includes(key));
  return { value, ...Object.fromEntries(kept), status: "assumed", note: note(String(old["value"]), String(old["note"] ?? "")) };
}

/**
 * @param {TreeValue | undefined} old
 * @param {Spread} spread
 * @param {(was: string, note: string) => string} note
 * @returns {Tree}
 */
function respread(old, spread, note) {
  const was = isTable(old) ? note(String(old["value"]), String(old["note"] ?? "")) : null;
  return { ...requantified(old, spread), status: "assumed", ...(was !== null && { note: was }) };
}

/**
 * One step down the tree: a key of a table, an id or a position of a list.
 * @param {TreeValue | undefined} node
 * @param {string} segment
 * @returns {TreeValue | undefined}
 */
function step(node, segment) {
  if (Array.isArray(node)) {
    return node.find((item) => isTable(item) && (item["id"] ?? item["kind"]) === segment) ?? node[Number(segment)];
  }
  return isTable(node) ? node[segment] : undefined;
}

/** @param {TreeValue | undefined} value @returns {Tree[]} */
const tables = (value) => (Array.isArray(value) ? value.filter(isTable) : []);

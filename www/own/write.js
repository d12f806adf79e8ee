// Deal files as text: a deal of the library with everything that it inherits and everything that the reader changed, and a tree in
// either format. What is inherited, and how, is the engine's affair (Model 13); here it is done once more so that a file can stand
// alone, and a test holds that the engine says the same of both.
import { TomlDate, stringify } from "smol-toml";
import { idOf, isQuantity, isTable, nodeAt, replaced, requantified } from "../engine/trees.js";

/** @import { Tree, TreeValue } from "../engine/types.d.ts" */
/** @import { State } from "../state/state.js" */
/** @import { FileFormat } from "./kept.js" */

/** Keys whose texts are dates, where they look like one. */
const DATED = ["effective", "horizon", "value", "from", "until", "exit", "expiry", "launch", "year", "backer_year", "low", "high"];
const ISO = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A deal with all that it inherits.
 * @param {readonly Tree[]} chain nearest first
 * @returns {Tree}
 */
export function flattened(chain) {
  const [root = {}, ...others] = chain.toReversed();
  const merged = others.reduce((base, own) => /** @type {Tree} */ (mergedAt("", base, own)), root);
  const { base: _base, ...whole } = merged;
  // A scenario of the base may change a clause that this deal does not have, and is then none of this deal.
  const scenarios = whole["scenarios"];
  if (chain.length < 2 || !Array.isArray(scenarios)) return whole;
  const own = chain[0]?.["scenarios"];
  const named = new Set(Array.isArray(own) ? own.map(idOf) : []);
  const possible = scenarios.filter(
    (each) => named.has(idOf(each)) || (isTable(each) && isTable(each["set"]) && Object.keys(each["set"]).every((path) => isThere(whole, path))),
  );
  return { ...whole, scenarios: possible };
}

/**
 * Whether a path leads into a clause that the deal has, or to none.
 * @param {Tree} tree
 * @param {string} path
 */
const isThere = (tree, path) =>
  !path.startsWith("clauses.") || nodeAt([tree], path.split(".").slice(0, -1).join(".")) !== undefined;

/**
 * @param {string} path
 * @param {TreeValue} base
 * @param {TreeValue} own
 * @returns {TreeValue}
 */
function mergedAt(path, base, own) {
  if (path === "clauses") return own;
  if (Array.isArray(base) && Array.isArray(own)) {
    if (!own.every((item) => isTable(item) && typeof item["id"] === "string")) return own;
    const merged = base.map((item) => {
      const mine = own.find((each) => idOf(each) === idOf(item));
      return mine === undefined ? item : mergedAt(`${path}.${String(idOf(item))}`, item, mine);
    });
    return [...merged, ...own.filter((item) => !base.some((each) => idOf(each) === idOf(item)))];
  }
  const whole = !isTable(base) || !isTable(own) || isQuantity(own, path) || isQuantity(base, path) || path.endsWith(".set");
  if (whole) return own;
  const keys = new Set([...Object.keys(base), ...Object.keys(own)]);
  return Object.fromEntries(
    [...keys].map((key) => {
      const [old, mine] = [base[key], own[key]];
      if (mine === undefined) return [key, old ?? ""];
      return [key, old === undefined ? mine : mergedAt(path === "" ? key : `${path}.${key}`, old, mine)];
    }),
  );
}

/**
 * A deal with what a scenario sets and what the reader changed, as its base case.
 * @param {Tree} tree
 * @param {Pick<State, "scenario" | "set" | "spread" | "without">} state
 * @returns {Tree}
 */
export function withChanges(tree, { scenario, set, spread, without }) {
  const scenarios = Array.isArray(tree["scenarios"]) ? tree["scenarios"].filter(isTable) : [];
  const chosen = scenarios.find((each) => idOf(each) === scenario)?.["set"];
  const all = { ...(isTable(chosen) ? chosen : {}), ...set, ...Object.fromEntries(without.map((id) => [`clauses.${id}.enabled`, false])) };
  let changed = tree;
  /** @param {string} path @param {(old: TreeValue | undefined) => TreeValue} make */
  const put = (path, make) => {
    changed = /** @type {Tree} */ (replaced(changed, path.split("."), make));
  };
  for (const [path, value] of Object.entries(all)) {
    if (path in spread) continue;
    put(path, (old) =>
      isQuantity(old, path)
        ? requantified(old, { kind: "none", value: /** @type {number} */ (value) })
        : /** @type {TreeValue} */ (value),
    );
  }
  for (const [path, given] of Object.entries(spread)) put(path, (old) => requantified(old, given));
  return changed;
}

/**
 * A tree as text.
 * @param {Tree} tree
 * @param {FileFormat} format
 */
export function writeFile(tree, format) {
  return format === "json" ? `${JSON.stringify(tree, null, 2)}\n` : `${stringify(/** @type {any} */ (withDates("", tree)))}\n`;
}

/**
 * The same with dates where a TOML file has dates.
 * @param {string} key
 * @param {TreeValue} value
 * @returns {unknown}
 */
function withDates(key, value) {
  if (typeof value === "string") return DATED.includes(key) && ISO.test(value) ? new TomlDate(value) : value;
  if (Array.isArray(value)) {
    const pair = value.length === 2 && typeof value[0] === "string" && ISO.test(value[0]);
    return value.map((item, i) => (pair && i === 0 ? new TomlDate(String(item)) : withDates(key, item)));
  }
  return isTable(value) ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withDates(name, each)])) : value;
}

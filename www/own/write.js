// Deal files as text: a tree in either format.
import { TomlDate, stringify } from "smol-toml";
import { isTable } from "../engine/trees.js";

/** @import { Tree, TreeValue } from "../engine/types.d.ts" */
/** @import { FileFormat } from "./kept.js" */

/** Keys whose texts are dates, where they look like one. */
const DATED = ["effective", "horizon", "value", "from", "until", "exit", "expiry", "launch", "year", "backer_year", "low", "high"];
const ISO = /^\d{4}-\d{2}-\d{2}$/;

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

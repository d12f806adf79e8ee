// The reader's own deals and scenarios, kept on the device where that is allowed: reading the storage throws in a sandbox, and it may be full. The
// text is what the reader wrote; the tree beside it lets the page begin without a parser.

/** @import { Tree } from "../engine/types.d.ts" */
/** @import { Saved } from "../state/saved.js" */

/** @typedef {"toml" | "json"} FileFormat */
/** @typedef {{ text: string, format: FileFormat, name: string }} FileText */
/** @typedef {FileText & { id: string, title: string, tree: Tree }} KeptDeal `id` is that of the library */

export const DEALS = "clauseworth-own";
const DRAFT = "clauseworth-draft";
export const SCENARIOS = "clauseworth-scenarios";

/** @returns {KeptDeal[]} */
export function readKept() {
  const kept = read(DEALS);
  return Array.isArray(kept) ? kept.filter((each) => typeof each?.id === "string" && typeof each.tree === "object") : [];
}

/**
 * @param {readonly KeptDeal[]} deals
 * @returns {boolean} whether they are kept
 */
export const keep = (deals) => write(DEALS, deals);

/** What stands in the editor. @returns {FileText | null} */
export function readDraft() {
  const draft = read(DRAFT);
  return typeof draft?.text === "string" ? draft : null;
}

/** @param {FileText | null} draft */
export const keepDraft = (draft) => write(DRAFT, draft);

/**
 * The reader's own scenarios, by the deals that they are of.
 * @returns {Record<string, Saved[]>}
 */
export function readScenarios() {
  const kept = read(SCENARIOS);
  if (kept === null || typeof kept !== "object") return {};
  const sound = (/** @type {any} */ each) => typeof each?.name === "string" && typeof each.fragment === "string";
  return Object.fromEntries(Object.entries(kept).flatMap(([deal, all]) => (Array.isArray(all) ? [[deal, all.filter(sound)]] : [])));
}

/**
 * @param {Readonly<Record<string, readonly Saved[]>>} scenarios
 * @returns {boolean} whether they are kept
 */
export const keepScenarios = (scenarios) => write(SCENARIOS, scenarios);

/** @param {string} key */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 */
function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

// The state as an address fragment, and back: `#v=1&scenario=agi-2028&clauses.revenue-share.rate=0.1`.
//
// Links are kept for ever. Keys of the page itself have no dot (`v`, `deal`, `scenario`, `without`); every other key is the path
// of a quantity, and paths have one. Behind a tilde the value is a distribution: `~agi.layer=pert,0.1,0.5,0.9`. What else a link says
// than a state is in `link.js`. The key `v` numbers the grammar; when it changes, a migration for the old number is added and never
// removed. What is not understood is handed back with the reason: reported to the reader, never dropped in silence.
import { isOwn } from "./own.js";
import { readSpread, writeSpread } from "./spread.js";
import { isUntouched, untouched } from "./state.js";
import { readValue, readWord } from "./value.js";

/** @import { DealInfo, DealSummary, Spread } from "../engine/types.d.ts" */
/** @import { State, Value } from "./state.js" */

export const FRAGMENT_VERSION = 1;

/** @typedef {[key: string, value: string]} Pair */
/** @typedef {(pairs: Pair[]) => Pair[]} Migration from one version's pairs to the next one's */

/**
 * Why a part of a link was not understood.
 * @typedef {"version" | "malformed" | "repeated" | "deal" | "scenario" | "clause" | "path" | "value" | "own" | "card" | "pick" | "saved" | "said" | "model"} Reason
 */
/** @typedef {{ key: string, value: string, reason: Reason }} Problem */

/** Entry `i` turns version `i + 1` into version `i + 2`. @type {readonly Migration[]} */
const MIGRATIONS = [];

/**
 * @param {State} state
 * @param {string} defaultDeal the deal of an empty fragment
 * @returns {string} without the `#`; empty where there is nothing to say
 */
export const encode = (state, defaultDeal) => write(pairsOf(state, defaultDeal));

/**
 * What differs from the first deal as agreed.
 * @param {State} state
 * @param {string} defaultDeal the deal of an empty fragment
 * @returns {Pair[]}
 */
export function pairsOf(state, defaultDeal) {
  /** @type {Pair[]} */
  const pairs = [];
  if (state.deal !== defaultDeal) pairs.push(["deal", state.deal]);
  if (state.scenario !== null) pairs.push(["scenario", state.scenario]);
  for (const [path, value] of Object.entries(state.set)) pairs.push([path, String(value)]);
  for (const [path, spread] of Object.entries(state.spread)) pairs.push([`~${path}`, writeSpread(spread)]);
  if (state.without.length > 0) pairs.push(["without", state.without.join(",")]);
  // What waits for a file speaks of no other deal than that file.
  const waits = state.unknown.some(([key, value]) => key === "deal" && isOwn(value));
  if (waits && !isUntouched(state)) return pairs;
  // What has since been said in a way that is understood is said once.
  const said = new Set(pairs.map(([key]) => key));
  for (const [key, value] of state.unknown) if (!said.has(key)) pairs.push([key, value]);
  return pairs;
}

/** What may stand in a fragment as it is, so that a person may read it. */
const READABLE = /%2C|%3A|%3B/g;

/**
 * @param {readonly Pair[]} pairs
 * @returns {string} without the `#`; empty where there is nothing to say
 */
export function write(pairs) {
  if (pairs.length === 0) return "";
  /** @type {Pair[]} */
  const all = [["v", String(FRAGMENT_VERSION)], ...pairs];
  return all.map((pair) => pair.map((part) => encodeURIComponent(part).replaceAll(READABLE, decodeURIComponent)).join("=")).join("&");
}

/**
 * The first half of reading: the pairs, in the present version. It needs no engine.
 * @param {string} fragment with or without the `#`
 * @param {readonly Migration[]} [migrations]
 * @returns {{ pairs: Pair[], problems: Problem[] }}
 */
export function parse(fragment, migrations = MIGRATIONS) {
  const current = migrations.length + 1;
  /** @type {Pair[]} */
  let pairs = [];
  /** @type {Problem[]} */
  const problems = [];
  const seen = new Set();
  for (const part of fragment.replace(/^#/, "").split("&")) {
    if (part === "") continue;
    const split = part.indexOf("=");
    const [rawKey, rawValue] = split < 0 ? [part, ""] : [part.slice(0, split), part.slice(split + 1)];
    const [key, value] = [unescaped(rawKey), unescaped(rawValue)];
    if (key === null || value === null || split <= 0) {
      problems.push({ key: key ?? rawKey, value: value ?? rawValue, reason: "malformed" });
    } else if (seen.has(key)) {
      problems.push({ key, value, reason: "repeated" });
    } else {
      seen.add(key);
      pairs.push([key, value]);
    }
  }

  const stated = pairs.find(([key]) => key === "v")?.[1];
  pairs = pairs.filter(([key]) => key !== "v");
  const version = Number(stated ?? current);
  if (!Number.isInteger(version) || version < 1 || version > current) {
    problems.push({ key: "v", value: stated ?? "", reason: "version" });
  } else {
    pairs = migrations.slice(version - 1).reduce((old, migrate) => migrate(old), pairs);
  }
  return { pairs, problems };
}

/**
 * The deal that the pairs speak of.
 * @param {readonly Pair[]} pairs
 * @param {readonly DealSummary[]} library
 * @param {string} defaultDeal
 */
export function dealOf(pairs, library, defaultDeal) {
  const named = pairs.find(([key]) => key === "deal")?.[1];
  return library.some(({ id }) => id === named) && named !== undefined ? named : defaultDeal;
}

/**
 * What is left of a link that speaks of a file which is not here: nothing of it is about another deal, and all of it stays in the
 * address until the file is opened.
 * @param {readonly Pair[]} pairs
 * @param {readonly DealSummary[]} library
 * @param {string} defaultDeal
 * @returns {{ state: State, problems: Problem[] } | null} null where the deal is here
 */
export function awaiting(pairs, library, defaultDeal) {
  const named = pairs.find(([key]) => key === "deal")?.[1];
  if (named === undefined || !isOwn(named) || library.some(({ id }) => id === named)) return null;
  return {
    state: { ...untouched(defaultDeal), unknown: [...pairs] },
    problems: [{ key: "deal", value: named, reason: "own" }],
  };
}

/**
 * The second half of reading: the state, held against what the deal knows.
 * @param {{ pairs: readonly Pair[], problems: readonly Problem[] }} parsed
 * @param {DealInfo} info of the deal that `dealOf` names
 * @returns {{ state: State, problems: Problem[] }}
 */
export function interpret({ pairs, problems: found }, info) {
  const problems = [...found];
  /** @type {Pair[]} */
  const unknown = [];
  /** @type {Record<string, Value>} */
  const set = {};
  /** @type {Record<string, Spread>} */
  const spread = {};
  /** @type {string | null} */
  let scenario = null;
  /** @type {string[]} */
  let without = [];

  for (const [key, value] of pairs) {
    if (key === "deal") {
      if (value === info.id) continue;
      unknown.push([key, value]);
      problems.push({ key, value, reason: "deal" });
    } else if (key === "scenario") {
      if (info.scenarios.some(({ id }) => id === value)) {
        scenario = value;
        continue;
      }
      unknown.push([key, value]);
      problems.push({ key, value, reason: "scenario" });
    } else if (key === "without") {
      const ids = value.split(",");
      const known = ids.filter((id) => info.clauses.some((clause) => clause.id === id));
      without = known;
      const strange = ids.filter((id) => !known.includes(id)).join(",");
      if (strange === "") continue;
      unknown.push([key, strange]);
      problems.push({ key, value: strange, reason: "clause" });
    } else {
      const path = key.replace(/^~/, "");
      const quantity = info.quantities.find((each) => each.path === path);
      const word = info.words.find((each) => each.path === key);
      const spoken = Object.hasOwn(set, path) || Object.hasOwn(spread, path);
      const distribution = path !== key && quantity && !spoken ? readSpread(quantity, value) : null;
      const read = path !== key || spoken ? null : quantity ? readValue(quantity, value) : word ? readWord(word, value) : null;
      if (distribution !== null) spread[path] = distribution;
      else if (read !== null) set[key] = read;
      else {
        unknown.push([key, value]);
        problems.push({ key, value, reason: spoken ? "repeated" : quantity || word ? "value" : "path" });
      }
    }
  }
  return { state: { ...untouched(info.id), scenario, set, spread, without, unknown }, problems };
}

/** @param {string} text */
export function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

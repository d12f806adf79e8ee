// What an author writes in a link or an attribute, on top of the state that is: `agi.year=2029&scenario=` in the grammar of the page's
// own links. One function makes the state of it, another says whether a state has all of it already.
import { parse } from "../state/fragment.js";
import { readSpread, writeSpread } from "../state/spread.js";
import { currentSpread, isUntouched, untouched, withScenario, withSpread, withValue } from "../state/state.js";
import { read, valueOf } from "./differences.js";

/** @import { DealInfo } from "../engine/types.d.ts" */
/** @import { Pair, Problem } from "../state/fragment.js" */
/** @import { State } from "../state/state.js" */

/**
 * @param {DealInfo} info
 * @param {string} key with a tilde before the path
 * @param {string} text
 */
function readTilde(info, key, text) {
  const quantity = info.quantities.find(({ path }) => `~${path}` === key);
  const spread = quantity && readSpread(quantity, text);
  return quantity && spread ? { quantity, spread } : null;
}

/**
 * What a text names, as a list.
 * @param {string} text with commas
 */
export const listed = (text) => text.split(",").filter((part) => part !== "");

/**
 * The state after what a text says; of an empty text, the deal as agreed. The text may name the deal that the state is about, and no
 * other.
 * @param {State} state
 * @param {DealInfo} info
 * @param {string} text
 * @returns {{ state: State, problems: Problem[] }}
 */
export function withText(state, info, text) {
  const { pairs, problems } = parse(text);
  let next = pairs.length === 0 && problems.length === 0 ? untouched(info.id) : state;
  for (const [key, value] of pairs) {
    const after = withPair(next, info, [key, value]);
    if ("reason" in after) problems.push({ key, value, reason: after.reason });
    else next = after.state;
  }
  return { state: next, problems };
}

/**
 * @param {State} state
 * @param {DealInfo} info
 * @param {Pair} pair
 * @returns {{ state: State } | { reason: Problem["reason"] }}
 */
function withPair(state, info, [key, value]) {
  if (key === "deal") return value === info.id ? { state } : { reason: "deal" };
  if (key === "scenario") {
    if (value !== "" && !info.scenarios.some(({ id }) => id === value)) return { reason: "scenario" };
    return { state: withScenario(state, info, value === "" ? null : value) };
  }
  if (key === "without") {
    const ids = listed(value);
    return ids.every((id) => info.clauses.some((clause) => clause.id === id)) ? { state: { ...state, without: ids } } : { reason: "clause" };
  }
  if (key.startsWith("~")) {
    const found = readTilde(info, key, value);
    return found ? { state: withSpread(state, info, found.quantity.path, found.spread) } : { reason: "value" };
  }
  const found = read(info, key, value);
  return "value" in found ? { state: withValue(state, info, key, found.value) } : found;
}

/**
 * Whether a state has all that a text says.
 * @param {State} state
 * @param {DealInfo} info
 * @param {string} text
 */
export function matches(state, info, text) {
  const { pairs, problems } = parse(text);
  if (problems.length > 0) return false;
  if (pairs.length === 0) return isUntouched(state);
  return pairs.every(([key, value]) => {
    if (key === "deal") return value === info.id;
    if (key === "scenario") return (state.scenario ?? "") === value;
    if (key === "without") return listed(value).sort().join() === [...state.without].sort().join();
    const tilde = key.startsWith("~") ? readTilde(info, key, value) : null;
    if (tilde) return writeSpread(currentSpread(info, state, tilde.quantity)) === writeSpread(tilde.spread);
    const found = read(info, key, value);
    if (!("value" in found)) return false;
    return valueOf(info, state, key)?.now === found.value;
  });
}

// What of a state differs from another, and what a single path of it is.
import { writeSpread } from "../state/spread.js";
import { currentValue, referenceValue, referenceWord } from "../state/state.js";
import { readValue, readWord } from "../state/value.js";

/** @import { DealInfo } from "../engine/types.d.ts" */
/** @import { State, Value } from "../state/state.js" */

/**
 * @param {DealInfo} info
 * @param {string} path
 * @param {string} text
 * @returns {{ value: Value } | { reason: "path" | "value" }}
 */
export function read(info, path, text) {
  const quantity = info.quantities.find((each) => each.path === path);
  const word = info.words.find((each) => each.path === path);
  const value = quantity ? readValue(quantity, text) : word ? readWord(word, text) : null;
  if (value !== null) return { value };
  return { reason: quantity || word ? "value" : "path" };
}

/**
 * The paths whose values differ between two states of one deal, and `deal`, `scenario` and `without` where these do.
 * @param {State} a
 * @param {State} b
 * @param {DealInfo} info of the second
 */
export function differences(a, b, info) {
  const heads = /** @type {const} */ (["deal", "scenario", "without"]).filter((key) => String(a[key] ?? "") !== String(b[key] ?? ""));
  const named = new Set([a, b].flatMap(({ set, spread }) => [...Object.keys(set), ...Object.keys(spread)]));
  for (const { id, set } of info.scenarios) if (a.scenario !== b.scenario && (id === a.scenario || id === b.scenario)) for (const path of Object.keys(set)) named.add(path);
  const paths = [...named].filter((path) => {
    const quantity = info.quantities.find((each) => each.path === path);
    if (quantity) return currentValue(info, a, quantity) !== currentValue(info, b, quantity) || spreadsDiffer(a, b, path);
    const word = info.words.find((each) => each.path === path);
    const valueIn = (/** @type {State} */ state) => state.set[path] ?? (word ? referenceWord(info, state.scenario, word) : undefined);
    return valueIn(a) !== valueIn(b);
  });
  return [...heads, ...paths];
}

/**
 * @param {State} a
 * @param {State} b
 * @param {string} path
 */
function spreadsDiffer({ spread: a }, { spread: b }, path) {
  const [one, other] = [a[path], b[path]];
  return (one && writeSpread(one)) !== (other && writeSpread(other));
}

/**
 * What a quantity or a word is, and what it is in the deal as agreed.
 * @param {DealInfo} info
 * @param {State} state
 * @param {string} path
 */
export function valueOf(info, state, path) {
  const quantity = info.quantities.find((each) => each.path === path);
  if (quantity) return { quantity, now: currentValue(info, state, quantity), base: referenceValue(info, null, quantity) };
  const word = info.words.find((each) => each.path === path);
  if (word === undefined) return null;
  return { quantity: null, now: state.set[path] ?? referenceWord(info, state.scenario, word), base: referenceWord(info, null, word) };
}

// What the reader chose, and nothing else: everything on the page follows from it and the engine. A state holds differences from
// the named deal and scenario alone, so that a link made of it stays short and an unchanged page has no link at all.
import { decimalYear } from "../format/dates.js";
import { writeSpread } from "./spread.js";
import { NEVER } from "./value.js";

/** @import { DealInfo, DealRequest, Quantity, Spread, Word } from "../engine/types.d.ts" */

export { NEVER };

/** @typedef {number | string | boolean} Value a number, `"never"`, an ISO date, or a switch */

/**
 * @typedef {object} State
 * @property {string} deal
 * @property {string | null} scenario null for the deal as agreed
 * @property {Readonly<Record<string, Value>>} set path → value, on top of the scenario
 * @property {Readonly<Record<string, Spread>>} spread path → what is most likely and how it is uncertain, instead of what the deal's
 *   file says; no path is in `set` as well
 * @property {readonly string[]} without ids of clauses that are left out
 * @property {readonly (readonly [string, string])[]} unknown what an opened link said and this page did not understand: it is
 *   reported to the reader, and stays in the address so that nothing is lost by passing through here
 */

/**
 * @param {string} deal
 * @returns {State}
 */
export const untouched = (deal) => ({ deal, scenario: null, set: {}, spread: {}, without: [], unknown: [] });

/** @param {State} state */
export const isUntouched = (state) =>
  state.scenario === null &&
  Object.keys(state.set).length === 0 &&
  Object.keys(state.spread).length === 0 &&
  state.without.length === 0;

/**
 * Whether two states say the same. The order in which quantities were changed is not part of what a state says.
 * @param {State} a
 * @param {State} b
 */
export function sameState(a, b) {
  const paths = Object.keys(a.set);
  const spreads = Object.keys(a.spread);
  return (
    a.deal === b.deal &&
    a.scenario === b.scenario &&
    paths.length === Object.keys(b.set).length &&
    paths.every((path) => a.set[path] === b.set[path]) &&
    spreads.length === Object.keys(b.spread).length &&
    spreads.every((path) => sameSpread(a.spread[path], b.spread[path])) &&
    a.without.length === b.without.length &&
    a.without.every((id) => b.without.includes(id)) &&
    a.unknown.length === b.unknown.length &&
    a.unknown.every(([key, value], i) => b.unknown[i]?.[0] === key && b.unknown[i]?.[1] === value)
  );
}

/**
 * @param {Spread | undefined} a
 * @param {Spread | undefined} b
 */
const sameSpread = (a, b) => a === b || (a !== undefined && b !== undefined && writeSpread(a) === writeSpread(b));

/**
 * @param {State} state
 * @returns {DealRequest}
 */
export function requestOf({ deal, scenario, set, spread, without }) {
  return {
    deal,
    ...(scenario !== null && { scenario }),
    set: { ...set },
    without: [...without],
    ...(Object.keys(spread).length > 0 && { spread: { ...spread } }),
  };
}

/**
 * The value that a quantity has when the reader changes nothing: the scenario's, or the deal's.
 * @param {DealInfo} info
 * @param {string | null} scenario
 * @param {Quantity} quantity
 * @returns {Value}
 */
export function referenceValue(info, scenario, quantity) {
  const set = info.scenarios.find(({ id }) => id === scenario)?.set ?? {};
  const value = set[quantity.path] ?? quantity.value ?? NEVER;
  return quantity.kind === "year" ? yearValue(value) : value;
}

/**
 * The value that a quantity has now.
 * @param {DealInfo} info
 * @param {State} state
 * @param {Quantity} quantity
 * @returns {Value}
 */
export function currentValue(info, state, quantity) {
  const value = state.set[quantity.path] ?? state.spread[quantity.path]?.value ?? referenceValue(info, state.scenario, quantity);
  return quantity.kind === "year" ? yearValue(value) : value;
}

/** @param {Value} value */
const yearValue = (value) => (typeof value === "string" && value !== NEVER ? (decimalYear(value) ?? value) : value);

/**
 * The word or flag that a term has when the reader changes nothing.
 * @param {DealInfo} info
 * @param {string | null} scenario
 * @param {Word} word
 * @returns {Value}
 */
export const referenceWord = (info, scenario, { path, value }) =>
  info.scenarios.find(({ id }) => id === scenario)?.set[path] ?? value;

/**
 * What a quantity is most likely and how it is uncertain when the reader changes nothing: what a scenario sets is certain.
 * @param {DealInfo} info
 * @param {string | null} scenario
 * @param {Quantity} quantity
 * @returns {Spread}
 */
export function referenceSpread(info, scenario, quantity) {
  const { path } = quantity;
  const set = info.scenarios.find(({ id }) => id === scenario)?.set ?? {};
  const own = path in set ? undefined : info.spreads[path];
  return own ?? { kind: "none", value: /** @type {Spread["value"]} */ (referenceValue(info, scenario, quantity)) };
}

/**
 * The same now. A value that is set is certain (Model 2.4).
 * @param {DealInfo} info
 * @param {State} state
 * @param {Quantity} quantity
 * @returns {Spread}
 */
export function currentSpread(info, state, quantity) {
  if (!(quantity.path in state.set)) return state.spread[quantity.path] ?? referenceSpread(info, state.scenario, quantity);
  return { kind: "none", value: /** @type {Spread["value"]} */ (currentValue(info, state, quantity)) };
}

/**
 * The state after a quantity, word or flag was changed. Moved back to where it was, it is no longer a difference; and what a link
 * said of it and could not be, it says no more.
 * @param {State} state
 * @param {DealInfo} info
 * @param {string} path
 * @param {Value} value
 * @returns {State}
 */
export function withValue(state, info, path, value) {
  const quantity = info.quantities.find((candidate) => candidate.path === path);
  const word = info.words.find((candidate) => candidate.path === path);
  const reference = quantity
    ? referenceValue(info, state.scenario, quantity)
    : word && referenceWord(info, state.scenario, word);
  const free = freed(state, path);
  return reference === value ? free : { ...free, set: { ...free.set, [path]: value } };
}

/**
 * The state after what a quantity is most likely, and how it is uncertain, was changed.
 * @param {State} state
 * @param {DealInfo} info
 * @param {string} path
 * @param {Spread} spread
 * @returns {State}
 */
export function withSpread(state, info, path, spread) {
  const quantity = info.quantities.find((candidate) => candidate.path === path);
  const reference = quantity && referenceSpread(info, state.scenario, quantity);
  if (sameSpread(reference, spread)) return freed(state, path);
  // A certain value that is not the old one is just that value.
  if (spread.kind === "none" && reference?.value !== spread.value) return withValue(state, info, path, spread.value);
  const free = freed(state, path);
  return { ...free, spread: { ...free.spread, [path]: spread } };
}

/**
 * The state without anything said of a path.
 * @param {State} state
 * @param {string} path
 * @returns {State}
 */
function freed(state, path) {
  const { [path]: _value, ...set } = state.set;
  const { [path]: _spread, ...spread } = state.spread;
  return { ...state, set, spread, unknown: state.unknown.filter(([key]) => key !== path && key !== `~${path}`) };
}

/**
 * The state after another scenario was chosen. The reader's changes stay, except to what the scenario itself sets: someone who
 * chooses "AGI in 2028" wants to see AGI in 2028.
 * @param {State} state
 * @param {DealInfo} info
 * @param {string | null} scenario
 * @returns {State}
 */
export function withScenario(state, info, scenario) {
  const set = info.scenarios.find(({ id }) => id === scenario)?.set ?? {};
  const kept = Object.entries(state.set).filter(([path]) => !(path in set));
  const spreads = Object.entries(state.spread).filter(([path]) => !(path in set));
  /** @type {State} */
  const bare = { ...state, scenario, set: {}, spread: {} };
  const valued = kept.reduce((next, [path, value]) => withValue(next, info, path, value), bare);
  return spreads.reduce((next, [path, spread]) => withSpread(next, info, path, spread), valued);
}

// What the reader chose, and nothing else: everything on the page follows from it and the engine. A state holds differences from
// the named deal and scenario alone, so that a link made of it stays short and an unchanged page has no link at all.
import { decimalYear } from "../format/dates.js";

/** @import { DealInfo, DealRequest, Quantity } from "../engine/types.d.ts" */

/** @typedef {number | string | boolean} Value a number, `"never"`, an ISO date, or a switch */

/**
 * @typedef {object} State
 * @property {string} deal
 * @property {string | null} scenario null for the deal as agreed
 * @property {Readonly<Record<string, Value>>} set path → value, on top of the scenario
 * @property {readonly string[]} without ids of clauses that are left out
 * @property {readonly (readonly [string, string])[]} unknown what an opened link said and this page did not understand: it is
 *   reported to the reader, and stays in the address so that nothing is lost by passing through here
 */

export const NEVER = "never";

/**
 * @param {string} deal
 * @returns {State}
 */
export const untouched = (deal) => ({ deal, scenario: null, set: {}, without: [], unknown: [] });

/** @param {State} state */
export const isUntouched = (state) =>
  state.scenario === null && Object.keys(state.set).length === 0 && state.without.length === 0;

/**
 * Whether two states say the same. The order in which quantities were changed is not part of what a state says.
 * @param {State} a
 * @param {State} b
 */
export function sameState(a, b) {
  const paths = Object.keys(a.set);
  return (
    a.deal === b.deal &&
    a.scenario === b.scenario &&
    paths.length === Object.keys(b.set).length &&
    paths.every((path) => a.set[path] === b.set[path]) &&
    a.without.length === b.without.length &&
    a.without.every((id) => b.without.includes(id)) &&
    a.unknown.length === b.unknown.length &&
    a.unknown.every(([key, value], i) => b.unknown[i]?.[0] === key && b.unknown[i]?.[1] === value)
  );
}

/**
 * @param {State} state
 * @returns {DealRequest}
 */
export function requestOf({ deal, scenario, set, without }) {
  return { deal, ...(scenario !== null && { scenario }), set: { ...set }, without: [...without] };
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
  const value = state.set[quantity.path] ?? referenceValue(info, state.scenario, quantity);
  return quantity.kind === "year" ? yearValue(value) : value;
}

/** @param {Value} value */
const yearValue = (value) => (typeof value === "string" && value !== NEVER ? (decimalYear(value) ?? value) : value);

/**
 * The state after a quantity was moved. Moved back to where it was, it is no longer a difference; and what a link said of it and
 * could not be, it says no more.
 * @param {State} state
 * @param {DealInfo} info
 * @param {string} path
 * @param {Value} value
 * @returns {State}
 */
export function withValue(state, info, path, value) {
  const quantity = info.quantities.find((candidate) => candidate.path === path);
  const { [path]: _replaced, ...others } = state.set;
  const unchanged = quantity !== undefined && referenceValue(info, state.scenario, quantity) === value;
  const unknown = state.unknown.filter(([key]) => key !== path);
  return { ...state, set: unchanged ? others : { ...others, [path]: value }, unknown };
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
  return kept.reduce((next, [path, value]) => withValue(next, info, path, value), { ...state, scenario, set: {} });
}

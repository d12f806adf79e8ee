// Where the reader is on the tour. It is no part of the state, which any stop leaves as it is; in the address it stands behind the
// state, as `tour=agi`.
import { FRAGMENT_VERSION } from "./fragment.js";

/** @import { Pair } from "./fragment.js" */

/** The stops, in the order of the tour. */
export const STOPS = /** @type {const} */ (["stake", "share", "cloud", "rights", "agi", "devices", "power", "regulators", "next"]);

/** @typedef {typeof STOPS[number]} StopId */

const KEY = "tour";

/**
 * Takes the stop out of what a link says. One that does not exist stays among the rest, which is held against the deal and reported.
 * @param {readonly Pair[]} pairs
 * @returns {{ stop: StopId | null, pairs: Pair[] }}
 */
export function readTour(pairs) {
  const stop = STOPS.find((id) => pairs.some(([key, value]) => key === KEY && value === id)) ?? null;
  return { stop, pairs: stop === null ? [...pairs] : pairs.filter(([key]) => key !== KEY) };
}

/**
 * @param {string} fragment of the state
 * @param {StopId | null} stop
 */
export function writeTour(fragment, stop) {
  if (stop === null) return fragment;
  return `${fragment === "" ? `v=${FRAGMENT_VERSION}` : fragment}&${KEY}=${stop}`;
}

// A scenario of the reader's own: a name, and what differs from the agreement, in the grammar of the fragment. In a link it stands
// behind `saved:`, with `;` and `:` in the places of `&` and `=`: `saved:Bad years=v:1;scenario:weak-demand;agi.year:never`.
import { encode, interpret, parse } from "./fragment.js";

/** @import { DealInfo } from "../engine/types.d.ts" */
/** @import { Pair, Problem } from "./fragment.js" */
/** @import { State } from "./state.js" */

/** @typedef {{ name: string, fragment: string }} Saved of one deal */

const PREFIX = "saved:";
/** So long a name may be. */
export const LONGEST_NAME = 60;

/**
 * A name as it is kept: without what cannot be seen, and empty where nothing is left.
 * @param {string} text
 */
export const tidyName = (text) =>
  [...text.replaceAll(/[\s\p{C}]+/gu, " ").trim()].slice(0, LONGEST_NAME).join("").trim();

/**
 * What a state says of its own deal. What it did not understand is no part of a scenario.
 * @param {State} state
 */
export const differencesOf = (state) => encode({ ...state, unknown: [] }, state.deal);

/**
 * The state that a scenario stands for.
 * @param {{ fragment: string, name?: string }} saved
 * @param {DealInfo} info
 * @returns {{ state: State, problems: Problem[] }}
 */
export const stateOf = ({ fragment }, info) => interpret(parse(fragment), info);

/** @param {string} key */
export const isSavedKey = (key) => key.startsWith(PREFIX);

/** @param {Saved} saved @returns {Pair} */
export const pairOf = ({ name, fragment }) => [PREFIX + name, fragment.replaceAll("=", ":").replaceAll("&", ";")];

/**
 * @param {Pair} pair
 * @returns {Saved | null} null where it is no scenario
 */
export function readSaved([key, value]) {
  const name = key.slice(PREFIX.length);
  if (name === "" || tidyName(name) !== name) return null;
  const parts = value === "" ? [] : value.split(";");
  if (parts.some((part) => part.indexOf(":") <= 0)) return null;
  return { name, fragment: parts.map((part) => part.replace(":", "=")).join("&") };
}

// What a quantity may be, as the engine says it, and how a value is written in a link.
import { decimalYear } from "../format/dates.js";

/** @import { Quantity, Word } from "../engine/types.d.ts" */
/** @import { Value } from "./state.js" */

export const NEVER = "never";

/**
 * Whether a quantity can have a value.
 * @param {Pick<Quantity, "range">} quantity
 * @param {number} number
 */
export function allows({ range }, number) {
  const { low, high, low_open: lowOpen, high_open: highOpen, whole } = range;
  if (whole && !Number.isInteger(number)) return false;
  return (lowOpen ? number > low : number >= low) && (highOpen ? number < high : number <= high);
}

/**
 * A number as a link writes it, and null where it is none.
 * @param {string} text
 */
export const readNumber = (text) => (/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null);

/**
 * A value as a link has it, or null where the quantity cannot have it.
 * @param {Quantity} quantity
 * @param {string} text
 * @returns {number | typeof NEVER | null}
 */
export function readValue(quantity, text) {
  if (text === NEVER) return quantity.range.never ? NEVER : null;
  const date = quantity.kind === "year" && /^\d{4}-\d{2}-\d{2}$/.test(text);
  const number = date ? decimalYear(text) : readNumber(text);
  return number !== null && allows(quantity, number) ? number : null;
}

/**
 * A word or flag as a link has it, or null where there is no such choice.
 * @param {Word} word
 * @param {string} text
 * @returns {Value | null}
 */
export function readWord({ choices }, text) {
  if (choices === null) return text === "true" ? true : text === "false" ? false : null;
  return choices.includes(text) ? text : null;
}

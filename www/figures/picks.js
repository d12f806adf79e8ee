// What can be picked in a card, as a link says it. A card names for each of its picks how it is read and written, and what it is where
// the reader picked nothing: a link holds differences only. What cannot be read is reported, and stays in the address.
import { readNumber } from "../state/value.js";

/** @import { CardContext } from "./context.js" */

/**
 * @typedef {object} Field
 * @property {(text: string, context: CardContext) => unknown} read undefined where the text cannot be
 * @property {(value: any, context: CardContext) => string | null} [write] null where there is nothing to say
 * @property {(context: CardContext) => unknown} [initial] what it is where nothing is picked
 */
/** @typedef {Readonly<Record<string, Field>>} Fields */

/** @param {CardContext} context @param {string} path */
const has = ({ info }, path) => info.quantities.some((each) => each.path === path);

/**
 * One of some words, of which the first is the one where nothing is picked.
 * @param {readonly string[]} words
 * @returns {Field}
 */
export const word = (...words) => ({ read: (text) => (words.includes(text) ? text : undefined), initial: () => words[0] });

/** @type {Field} */
export const flag = { read: (text) => (text === "yes" ? true : undefined), write: (value) => (value === true ? "yes" : null) };

/**
 * A metric of the deal, or one of some words.
 * @param {string | ((context: CardContext) => string)} initial
 * @param {readonly string[]} words
 * @returns {Field}
 */
export const metric = (initial, ...words) => ({
  read: (text, { result }) => (words.includes(text) || text in result.metrics ? text : undefined),
  initial: (context) => (typeof initial === "string" ? initial : initial(context)),
});

/**
 * A quantity of the deal.
 * @param {(context: CardContext) => string} initial
 * @returns {Field}
 */
export const quantity = (initial) => ({
  read: (text, context) => (has(context, text) ? text : undefined),
  initial,
});

/**
 * A number within limits.
 * @param {number} low
 * @param {number} high
 * @param {number} initial
 * @returns {Field}
 */
export const number = (low, high, initial) => ({
  read: (text) => {
    const value = readNumber(text);
    return value !== null && value >= low && value <= high ? value : undefined;
  },
  initial: () => initial,
});

/** A number that was picked for a metric, and holds for no other: `backer.npv,250`. @type {Field} */
export const ofMetric = {
  read: (text, { result }) => {
    const [id = "", ...rest] = text.split(",");
    const value = readNumber(rest.join());
    return id in result.metrics && value !== null ? { metric: id, value } : undefined;
  },
  write: ({ metric: id, value }) => `${id},${value}`,
};

/** An interval of a quantity, of which either end may be left open: `lab.terminal_pe,10,`. @type {Field} */
export const interval = {
  read: (text, context) => {
    const [path = "", ...ends] = text.split(",");
    const [low, high] = ends.map((end) => (end === "" ? undefined : (readNumber(end) ?? NaN)));
    if (ends.length !== 2 || [low, high].some(Number.isNaN) || !has(context, path)) return undefined;
    return { path, ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
  },
  write: ({ path, low = "", high = "" }) => (low === "" && high === "" ? null : `${path},${low},${high}`),
};

// Distributions as a link has them: the kind and its numbers, `pert,0.1,0.2,0.3`. What they mean is the engine's to say; here it is
// only held that the numbers are numbers of the quantity, so that a link cannot say what no field could.
import { readNumber, readValue } from "./value.js";

/** @import { Quantity, Spread } from "../engine/types.d.ts" */

/** @typedef {Spread["kind"]} Kind */

/** The most likely value stands second, and what may be left out last. @type {Readonly<Record<Kind, readonly (keyof Spread)[]>>} */
export const PARTS = {
  none: ["value"],
  uniform: ["low", "value", "high"],
  triangular: ["low", "value", "high"],
  pert: ["low", "value", "high", "shape"],
  normal: ["low", "value", "high", "min", "max"],
  lognormal: ["low", "value", "high", "min", "max"],
  cumulative: ["value", "points"],
  bernoulli: ["value", "p"],
};

/** What a distribution may do without. */
const OPTIONAL = ["shape", "min", "max"];

/**
 * The kinds that a quantity can have (Model 2.1).
 * @param {Pick<Quantity, "unit" | "range">} quantity
 * @returns {Kind[]}
 */
export function kindsOf({ range }) {
  if (range.whole) return range.low === 0 && range.high === 1 ? ["none", "bernoulli"] : ["none"];
  return ["none", "uniform", "triangular", "pert", "normal", "lognormal", "cumulative"];
}

/**
 * @param {Spread} spread
 * @returns {string}
 */
export function writeSpread(spread) {
  const parts = PARTS[spread.kind].map((part) => (part === "points" ? (spread.points ?? []).flat().join() : (spread[part] ?? "")));
  return [spread.kind, ...parts].join().replace(/,+$/, "");
}

/**
 * A distribution as a link has it, or null where the quantity cannot have it.
 * @param {Quantity} quantity
 * @param {string} text
 * @returns {Spread | null}
 */
export function readSpread(quantity, text) {
  const [word = "", ...given] = text.split(",");
  const kind = kindsOf(quantity).find((each) => each === word);
  if (kind === undefined) return null;
  /** @type {Record<string, unknown>} */
  const spread = { kind };
  const parts = PARTS[kind];
  for (const [i, part] of parts.entries()) {
    const each = given[i] ?? "";
    if (part === "points") {
      const points = readPoints(quantity, given.slice(i));
      if (points === null) return null;
      spread[part] = points;
    } else if (each !== "") {
      const value = part === "p" || part === "shape" ? readNumber(each) : readValue(quantity, each);
      if (value === null || (value === "never" && part !== "value")) return null;
      spread[part] = value;
    } else if (!OPTIONAL.includes(part)) {
      return null;
    }
  }
  if (!parts.includes("points") && given.length > parts.length) return null;
  return /** @type {Spread} */ (/** @type {unknown} */ (spread));
}

/**
 * @param {Quantity} quantity
 * @param {readonly string[]} texts
 * @returns {[number, number][] | null}
 */
function readPoints(quantity, texts) {
  if (texts.length < 4 || texts.length % 2 !== 0) return null;
  /** @type {[number, number][]} */
  const points = [];
  for (let i = 0; i < texts.length; i += 2) {
    const [x, p] = [readValue(quantity, texts[i] ?? ""), readNumber(texts[i + 1] ?? "")];
    if (typeof x !== "number" || p === null || p < 0 || p > 1) return null;
    points.push([x, p]);
  }
  return points;
}

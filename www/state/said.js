// The answer that a link showed when it was made, so that a page of a later version can tell its reader that the answer has changed.

/** @typedef {Readonly<Record<string, number | null>>} Metrics */
/** @typedef {{ text: string, value: number, unit: number }} Stated a number as a link says it, and what its last digit counts */
/** @typedef {{ backer: Stated, lab: Stated }} Said */

/** About so many digits are stated: more than anyone reads, and fewer than a harmless change in the last bits would alter. */
const DIGITS = 4;

/**
 * Both sides' present values as a link says them, or null where there are none.
 * @param {Metrics} metrics
 */
export function sayAnswer(metrics) {
  const values = [metrics["backer.npv"], metrics["lab.npv"]];
  return values.every((value) => typeof value === "number") ? values.map(stated).join() : null;
}

/** @param {number} value in billions, of which a thousandth is the least that is said */
function stated(value) {
  const whole = Math.trunc(Math.abs(value)).toString().length;
  const text = value.toFixed(Math.max(0, Math.min(DIGITS - 1, DIGITS - whole)));
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/**
 * @param {string} text
 * @returns {Said | null} null where it is not two numbers
 */
export function readSaid(text) {
  const match = /^(-?\d{1,15}(?:\.\d{1,9})?),(-?\d{1,15}(?:\.\d{1,9})?)$/.exec(text);
  const [backer, lab] = (match ?? []).slice(1).map(read);
  return backer && lab ? { backer, lab } : null;
}

/** @param {string} text @returns {Stated} */
const read = (text) => ({ text, value: Number(text), unit: Number(`1e-${(text.split(".")[1] ?? "").length}`) });

/** A version as the page's own are: three numbers, and what may follow them. @param {string} text */
export const isVersion = (text) => /^\d{1,6}\.\d{1,6}\.\d{1,6}([-+][0-9A-Za-z.+-]{1,40})?$/.test(text);

/**
 * Whether an answer differs from what was said of it, beyond the digits that were.
 * @param {Said} said
 * @param {Metrics} metrics
 */
export function differs(said, metrics) {
  const off = (/** @type {Stated} */ { value, unit }, /** @type {number | null | undefined} */ now) =>
    typeof now !== "number" || Math.abs(now - value) > 0.5 * unit * (1 + 1e-6) + 1e-12 * Math.abs(value);
  return off(said.backer, metrics["backer.npv"]) || off(said.lab, metrics["lab.npv"]);
}

// A band between two series over the quarters: its scale of time, and its path. It breaks where either series has no value.
import { ribbonPath } from "./lines.js";
import { linear } from "./scale.js";

/** @typedef {(value: number) => number} Scale */

/**
 * @param {ArrayLike<number>} at
 * @param {ArrayLike<number | null>} low
 * @param {ArrayLike<number | null>} high
 * @param {Scale} x
 * @param {Scale} y
 */
export function bandPath(at, low, high, x, y) {
  /** @typedef {[number, number][]} Points */
  /** @type {{ from: Points, to: Points }[]} */
  const stretches = [];
  let open = false;
  for (let i = 0; i < at.length; i += 1) {
    const [below, above] = [low[i] ?? null, high[i] ?? null];
    const known = below !== null && above !== null;
    if (known && !open) stretches.push({ from: [], to: [] });
    open = known;
    const place = x(at[i] ?? 0);
    if (known) stretches.at(-1)?.from.push([place, y(below)]);
    if (known) stretches.at(-1)?.to.push([place, y(above)]);
  }
  return stretches.map(({ from, to }) => ribbonPath(from, to)).join("");
}

/**
 * The scale of the quarters, from the start of the first to the end of the last, with the years of which it has a good part.
 * @param {readonly number[]} at when the quarters end, decimal years
 * @param {{ left: number, right: number }} sides
 */
export function quarterScale(at, { left, right }) {
  const [from, to] = [(at[0] ?? 1) - 0.25, at.at(-1) ?? 1];
  const scale = linear([from, to], [left, right]);
  const first = Math.floor(from);
  const years = Array.from({ length: Math.ceil(to) - first }, (_, i) => first + i).map((year) => {
    const [start, end] = [Math.max(year, from), Math.min(year + 1, to)];
    return { year, start: scale(start), middle: scale((start + end) / 2), whole: end - start > 0.7 };
  });
  const step = (right - left) / Math.max(0.25, to - from);
  return { scale, years: years.filter(({ whole }) => whole), step };
}

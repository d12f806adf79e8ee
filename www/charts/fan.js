// A band between two series over the quarters: its scale of time, and its path. It breaks where either series has no value.
import { linear } from "./scale.js";
import { area } from "d3-shape";

/** @typedef {(value: number) => number} Scale */

// A tenth of a pixel is finer than any screen, and keeps the paths short.
const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;

/**
 * @param {ArrayLike<number>} at
 * @param {ArrayLike<number | null>} low
 * @param {ArrayLike<number | null>} high
 * @param {Scale} x
 * @param {Scale} y
 */
export function bandPath(at, low, high, x, y) {
  const known = (/** @type {number} */ i) => (low[i] ?? null) !== null && (high[i] ?? null) !== null;
  const indices = Array.from({ length: at.length }, (_, i) => i);
  const path = area()
    .defined(([i]) => known(i))
    .x(([i]) => round(x(at[i] ?? 0)))
    .y0(([i]) => round(y(low[i] ?? 0)))
    .y1(([i]) => round(y(high[i] ?? 0)));
  return path(indices.map((i) => [i, 0])) ?? "";
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

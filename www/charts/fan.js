// A band between two series, as the path data of an SVG. It breaks where either has no value.
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

// Lines and areas through a series, as the path data of an SVG.
import { area, line } from "d3-shape";

/** @typedef {readonly [x: number, y: number][]} Points */
/** @typedef {(value: number) => number} Scale */

/**
 * The points of a series, without those that it does not have.
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number | null> | null | undefined} ys
 * @param {Scale} x
 * @param {Scale} y
 * @returns {[number, number][]}
 */
export function pointsOf(xs, ys, x, y) {
  /** @type {[number, number][]} */
  const points = [];
  for (let i = 0; ys && i < xs.length; i += 1) {
    const [at, value] = [xs[i], ys[i]];
    if (at !== undefined && value !== undefined && value !== null) points.push([x(at), y(value)]);
  }
  return points;
}

// A tenth of a pixel is finer than any screen, and keeps the paths short.
const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;

/** @param {Points} points */
export const linePath = (points) =>
  line(
    ([x]) => round(x),
    ([, y]) => round(y),
  )(/** @type {[number, number][]} */ (points)) ?? "";

/**
 * @param {Points} points
 * @param {number} floor
 */
export const areaPath = (points, floor) =>
  area(
    (/** @type {[number, number]} */ [x]) => round(x),
    round(floor),
    ([, y]) => round(y),
  )(/** @type {[number, number][]} */ (points)) ?? "";

/**
 * The area between two lines over the same places.
 * @param {Points} from
 * @param {Points} to
 */
export const ribbonPath = (from, to) =>
  area(
    (/** @type {[number, number]} */ [x]) => round(x),
    (_, i) => round(from[i]?.[1] ?? 0),
    ([, y]) => round(y),
  )(/** @type {[number, number][]} */ (to)) ?? "";

// Lines and areas through a series, as the path data of an SVG: those of d3-shape's `line` and `area` for straight lines, to which a
// test holds them. That module comes as one file of eighteen kilobytes.

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
const through = (points) => points.map(([x, y]) => `${round(x)},${round(y)}`).join("L");

/**
 * One point is a line of no length, which has its ends where it is closed.
 * @param {Points} points
 */
export const linePath = (points) => (points.length === 0 ? "" : `M${through(points)}${points.length === 1 ? "Z" : ""}`);

/**
 * @param {Points} points
 * @param {number} floor
 */
export const areaPath = (points, floor) => ribbonPath(points.map(([x]) => [x, floor]), points);

/**
 * The area between two lines over the same places.
 * @param {Points} from
 * @param {Points} to
 */
export function ribbonPath(from, to) {
  if (to.length === 0) return "";
  /** @type {[number, number][]} */
  const back = to.map(([x], i) => [x, from[i]?.[1] ?? 0]);
  return `M${through(to)}L${through(back.reverse())}Z`;
}

// A curve over the values of a quantity, as it was scanned: it breaks where there is no value, and at a jump, whose two ends are known.
import { linear } from "./scale.js";
import { valueScale } from "./plot.js";

/** @import { Box } from "./plot.js" */

/** @typedef {{ at: readonly number[], value: readonly (number | null)[] }} Scanned ascending */
/** @typedef {{ at: number, before: number, after: number }} Jump the value is `before` below `at`, and `after` from there */

/**
 * The stretches of a curve, each a list of points.
 * @param {Scanned} scanned
 * @param {readonly Jump[]} jumps ascending
 * @returns {[number, number][][]}
 */
export function stretches({ at, value }, jumps) {
  /** @type {[number, number][][]} */
  const found = [[]];
  const add = (/** @type {[number, number]} */ point) => found.at(-1)?.push(point);
  let next = 0;
  at.forEach((x, i) => {
    for (let jump = jumps[next]; jump !== undefined && jump.at <= x; jump = jumps[next]) {
      add([jump.at, jump.before]);
      found.push([[jump.at, jump.after]]);
      next += 1;
    }
    const y = value[i] ?? null;
    if (y === null) found.push([]);
    else if (found.at(-1)?.at(-1)?.[0] !== x) add([x, y]);
  });
  return found.filter((points) => points.length > 0);
}

/**
 * The frame of the curve: both scales, with their ticks.
 * @param {object} options
 * @param {readonly [number, number]} options.interval along the bottom
 * @param {readonly (number | null)[]} options.values that are to be in sight
 * @param {Box} options.box
 * @param {{ x: number, y: number }} options.ticks about so many
 */
export function curveScales({ interval, values, box, ticks: count }) {
  const x = linear([...interval], [box.left, box.right]);
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = low === high ? Math.abs(low) || 1 : 0;
  const air = (high - low || room) * 0.06;
  const { scale: y, ticks } = valueScale([low - room - air, high + room + air], box, count.y);
  return { x, y, xTicks: x.ticks(count.x).map((value) => ({ value, at: x(value) })), yTicks: ticks };
}

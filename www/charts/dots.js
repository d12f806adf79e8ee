// Dots stacked over an axis of values, each for the same part of all draws. Many stand where much is likely, and they can be counted.
import { linear } from "./scale.js";

/** @typedef {{ x: number, y: number, value: number }} Dot */

/** The part of the width that stays free at either end. */
const AIR = 0.02;

/**
 * The scale that several stacks share.
 * @param {object} options
 * @param {readonly (number | null)[]} options.values that are to be in sight
 * @param {boolean} options.zero whether zero is, too
 * @param {number} options.left
 * @param {number} options.right
 * @param {number} options.ticks about so many
 */
export function dotScale({ values, zero, left, right, ticks: count }) {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known, ...(zero ? [0] : [])), Math.max(...known, ...(zero ? [0] : []))];
  const air = (high - low) * AIR || Math.abs(low) * AIR || 1;
  const scale = linear([low - air, high + air], [left, right]);
  return { scale, ticks: scale.ticks(count).map((value) => ({ value, at: scale(value) })) };
}

/**
 * Which column each value falls into.
 * @param {readonly number[]} values
 * @param {(value: number) => number} scale
 * @param {number} size of a dot
 * @param {number} left where a column starts
 */
const columnsOf = (values, scale, size, left) => values.map((value) => Math.floor((scale(value) - left) / size));

/**
 * How many there are in the fullest column.
 * @param {readonly number[]} columns
 */
function highest(columns) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/**
 * The size with which all stacks stay below a height.
 * @param {object} options
 * @param {readonly (readonly number[])[]} options.stacks the values of each
 * @param {(value: number) => number} options.scale
 * @param {number} options.left where a column starts; there may be others before it
 * @param {number} options.height
 * @param {number} options.most the largest a dot may be
 */
export function dotSize({ stacks, scale, left, height, most }) {
  for (let size = most; size > 1; size -= 0.25) {
    if (stacks.every((values) => highest(columnsOf(values, scale, size, left)) * size <= height)) return size;
  }
  return 1;
}

/**
 * @param {object} options
 * @param {readonly number[]} options.values ascending
 * @param {(value: number) => number} options.scale
 * @param {number} options.left
 * @param {number} options.size
 * @param {number} options.floor on which the dots stand
 * @returns {Dot[]}
 */
export function stackedDots({ values, scale, left, size, floor }) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  return columnsOf(values, scale, size, left).map((column, i) => {
    const below = counts.get(column) ?? 0;
    counts.set(column, below + 1);
    return { x: left + (column + 0.5) * size, y: floor - (below + 0.5) * size, value: values[i] ?? 0 };
  });
}

/**
 * The outline of stacked dots, as path data: over every column of the range a step as high as its stack.
 * @param {Parameters<typeof stackedDots>[0]} options
 */
export function dotOutline({ values, scale, left, size, floor }) {
  const columns = columnsOf(values, scale, size, left);
  if (columns.length === 0) return "";
  const [first, last] = [Math.min(...columns), Math.max(...columns)];
  let path = `M${left + first * size},${floor}`;
  for (let column = first; column <= last; column += 1) {
    const count = columns.filter((each) => each === column).length;
    path += `V${floor - count * size}H${left + (column + 1) * size}`;
  }
  return `${path}V${floor}`;
}

// A tornado: for each row a bar from the common base line to either end. Where both ends lie on one side of it, each has half of the
// row's height, so that the longer does not hide the shorter.
import { linear } from "./scale.js";

/** @typedef {{ low: number | null, high: number | null }} Ends of the metric, null where it is undefined */
/** @typedef {{ x: number, width: number, end: number, part: "whole" | "upper" | "lower" }} Bar */

/** The part of the width that stays free beyond the outermost end. */
const AIR = 0.02;

/**
 * @param {object} options
 * @param {readonly Ends[]} options.rows
 * @param {number} options.base
 * @param {readonly (number | null)[]} options.marks further values that are to be in sight
 * @param {number} options.left
 * @param {number} options.right
 * @param {number} options.ticks about so many
 */
export function tornadoBars({ rows, base, marks, left, right, ticks: count }) {
  const values = [base, ...marks, ...rows.flatMap(({ low, high }) => [low, high])].filter((value) => value !== null);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const air = (most - least) * AIR || 1;
  const scale = linear([least - air, most + air], [left, right]);
  const zero = scale(base);
  /**
   * @param {number | null} value
   * @param {Bar["part"]} part
   * @returns {Bar | null}
   */
  const bar = (value, part) => {
    if (value === null) return null;
    const end = scale(value);
    return { x: Math.min(zero, end), width: Math.abs(end - zero), end, part };
  };
  return {
    scale,
    zero,
    ticks: scale.ticks(count).map((value) => ({ value, at: scale(value) })),
    bars: rows.map(({ low, high }) => {
      const same = low !== null && high !== null && (low - base) * (high - base) > 0;
      return { low: bar(low, same ? "upper" : "whole"), high: bar(high, same ? "lower" : "whole") };
    }),
  };
}

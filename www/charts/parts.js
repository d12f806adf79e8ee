// Bars from zero for parts of a whole that are estimated, each with the interval in which the part lies.
import { linear } from "./scale.js";
import { extentWithZero } from "./plot.js";

/** @typedef {{ value: number, error: number, was: number | null }} Part */
/** @typedef {{ x: number, width: number, from: number, to: number, was: number | null }} PartBar a bar, its whisker, and where it ended before */

/**
 * @param {object} options
 * @param {readonly (readonly Part[])[]} options.rows
 * @param {number} options.left
 * @param {number} options.right
 * @param {number} options.ticks about so many
 */
export function partBars({ rows, left, right, ticks: count }) {
  const ends = rows.flat().flatMap(({ value, error, was }) => [value - error, value + error, was]);
  const scale = linear(extentWithZero(ends), [left, right]);
  const zero = scale(0);
  return {
    zero,
    ticks: scale.ticks(count).map((value) => ({ value, at: scale(value) })),
    bars: rows.map((row) =>
      row.map(({ value, error, was }) => {
        const end = scale(value);
        return {
          x: Math.min(zero, end),
          width: Math.abs(end - zero),
          from: scale(value - error),
          to: scale(value + error),
          was: was === null ? null : scale(was),
        };
      }),
    ),
  };
}

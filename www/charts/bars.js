// Horizontal bars from a common zero, for things that are compared by size.
import { linear } from "./scale.js";
import { extentWithZero } from "./plot.js";

/**
 * @param {object} options
 * @param {readonly { value: number, base: number | null }[]} options.bars
 * @param {number} options.left
 * @param {number} options.right
 * @param {number} [options.ticks] about so many
 */
export function horizontalBars({ bars, left, right, ticks: count = 5 }) {
  const scale = linear(extentWithZero(bars.flatMap(({ value, base }) => [value, base])), [left, right]);
  const zero = scale(0);
  return {
    zero,
    ticks: scale.ticks(count).map((value) => ({ value, at: scale(value) })),
    bars: bars.map(({ value, base }) => {
      const end = scale(value);
      return { x: Math.min(zero, end), width: Math.abs(end - zero), end, base: base === null ? null : scale(base) };
    }),
  };
}

// The frame of a chart: where the plot lies in the picture, and the scales along its sides. Geometry alone, without a document.
import { linear } from "./scale.js";

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box edges in pixels */
/** @typedef {{ value: number, at: number }} Tick */

/**
 * @param {readonly (number | null | undefined)[]} values
 * @returns {[number, number]} from the least to the greatest, zero always between them
 */
export function extentWithZero(values) {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value === null || value === undefined) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low === high ? [0, 1] : [low, high];
}

/** The part of the height that stays free beyond the outermost value. */
const AIR = 0.04;

/**
 * A vertical scale that ends just beyond its values: round ends would leave a third of a small picture empty.
 * @param {readonly [number, number]} domain
 * @param {Pick<Box, "top" | "bottom">} box
 * @param {number} count about so many ticks
 */
export function valueScale(domain, { top, bottom }, count) {
  const [low, high] = domain;
  const air = (high - low) * AIR;
  const scale = linear([low < 0 ? low - air : low, high > 0 ? high + air : high], [bottom, top]);
  const ticks = scale.ticks(count).map((value) => ({ value, at: scale(value) }));
  return { scale, ticks };
}

/**
 * The scale of time, on which calendar years are equally wide.
 * @param {readonly number[]} years consecutive calendar years
 * @param {Pick<Box, "left" | "right">} box
 */
export function yearScale(years, { left, right }) {
  const first = years[0] ?? 0;
  const last = years.at(-1) ?? first;
  const scale = linear([first, last + 1], [left, right]);
  const step = (right - left) / Math.max(1, years.length);
  return { scale, step };
}

/**
 * Where the greatest or the least value stands; the first of several.
 * @param {ArrayLike<number | null>} values
 * @param {"greatest" | "least"} which
 */
export function indexOf(values, which) {
  let found = 0;
  for (let i = 1; i < values.length; i += 1) {
    const [value, best] = [values[i] ?? 0, values[found] ?? 0];
    if (which === "greatest" ? value > best : value < best) found = i;
  }
  return found;
}

/**
 * Which of the years are written out, so that the labels keep apart.
 * @param {readonly number[]} years
 * @param {number} step pixels for a year
 * @param {number} labelWidth pixels that a label needs
 */
export function labelledYears(years, step, labelWidth) {
  const every = Math.max(1, Math.ceil(labelWidth / Math.max(step, 1)));
  return years.filter((_, i) => i % every === 0);
}

/**
 * The index of the year at a horizontal position, held inside the chart.
 * @param {number} x
 * @param {number} left
 * @param {number} step
 * @param {number} count
 */
export const indexAt = (x, left, step, count) => Math.min(count - 1, Math.max(0, Math.floor((x - left) / step)));

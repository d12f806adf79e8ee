// What the figures of draws have in common: how many paths there are, and how a share of them is said.

/** @import { Statistics } from "../engine/draws/types.d.ts" */

/** @typedef {{ more?: boolean }} MorePicks whether the reader wants more paths than are drawn unasked */
/** @typedef {{ part: number, value: number }} Quantile in so many of 100 draws it is at most this */

/** How many paths, step by step: the last is the command line's default, so that both say the same to the last bit. */
export const ROUGH_TO_FINE = [1024, 4096, 16_384];
/** How many there are where the reader asks for more. */
export const MORE = 65_536;

/** @param {MorePicks} picks */
export const stepsOf = ({ more = false }) => (more ? [...ROUGH_TO_FINE, MORE] : ROUGH_TO_FINE);

/**
 * How many of 100 draws a part of all is, as far as it can be said: fewer than one, and more than 99, are neither none nor all.
 * @param {number} part
 * @returns {{ kind: "none" | "few" | "some" | "most" | "all", count: number }}
 */
export function outOfHundred(part) {
  const count = Math.round(100 * part);
  if (part === 0) return { kind: "none", count };
  if (part === 1) return { kind: "all", count };
  if (count === 0) return { kind: "few", count };
  return { kind: count === 100 ? "most" : "some", count };
}

/**
 * The quantiles of a metric, ascending: one for each of 99 parts of 100.
 * @param {Statistics | undefined} statistics
 * @returns {Quantile[]}
 */
export const quantilesOf = (statistics) =>
  Array.from(statistics?.percentiles ?? [], (value, i) => ({ part: i + 1, value }));

/**
 * The values of the dots: the middle of each of 50 equal parts of all draws, which are every other of the 99 quantiles.
 * @param {readonly Quantile[]} quantiles
 */
export const dotsOf = (quantiles) => quantiles.filter(({ part }) => part % 2 === 1).map(({ value }) => value);

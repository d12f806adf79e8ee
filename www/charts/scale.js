// A straight line from values to pixels, with round ticks along it: what nearly every picture needs of d3-scale, whose formats, colours
// and calendars are four times the size of everything else in an embed's picture. The ticks are those of d3.
import { ticks } from "./ticks.js";

/** @typedef {ReturnType<typeof linear>} Linear */

/**
 * @param {readonly [number, number]} domain
 * @param {readonly [number, number]} range in pixels
 */
export function linear([low, high], [from, to]) {
  const scale = (/** @type {number} */ value) => {
    // All values being one, it stands in the middle.
    const part = high === low ? 0.5 : (value - low) / (high - low);
    return from * (1 - part) + to * part;
  };
  /** @type {[number, number]} */
  const domain = [low, high];
  return Object.assign(scale, {
    domain: () => domain,
    /** Round values, about so many. */
    ticks: (/** @type {number} */ count) => ticks(low, high, count),
  });
}

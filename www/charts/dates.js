// A scale of dates that ends in "never": a point of its own to the right of the last date, beyond a gap.
import { linear } from "./scale.js";

/**
 * @param {object} options
 * @param {number} options.from the first date, a decimal year
 * @param {number} options.to the last
 * @param {number} options.left
 * @param {number} options.right
 * @param {number} options.never the width that "never" takes
 * @param {number} options.apart what keeps it apart from the dates
 */
export function dateScale({ from, to, left, right, never: room, apart }) {
  const end = right - room - apart;
  const scale = linear([from, to], [left, end]);
  const never = right - room / 2;
  /** @param {number | null} date null is never */
  const place = (date) => (date === null ? never : scale(Math.min(to, Math.max(from, date))));
  const years = Array.from({ length: Math.floor(to) - Math.ceil(from) + 1 }, (_, i) => Math.ceil(from) + i);
  return { place, end, never, years, gap: { from: end, to: right - room } };
}

/**
 * The date whose place is nearest to a horizontal position.
 * @param {readonly (number | null)[]} dates
 * @param {(date: number | null) => number} place
 * @param {number} x
 */
export function nearest(dates, place, x) {
  let found = 0;
  let distance = Infinity;
  dates.forEach((date, i) => {
    const away = Math.abs(place(date) - x);
    if (away < distance) [found, distance] = [i, away];
  });
  return found;
}

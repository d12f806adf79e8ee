// One year can dwarf all others: the year in which the stake is sold brings twenty times what the clauses bring in any other.
// Drawn to scale it would flatten the rest, so such a column is cut just above the second highest, and the picture says so.

/** A column is cut where it is more than this many times the next highest. */
const OUTLIER = 2.5;
/** A cut column still towers over the next by this much. */
const HEADROOM = 1.3;

/**
 * @param {readonly number[]} heights of the columns, all of one sign
 * @returns {{ limit: number, cut: number | null }} how far the scale must reach, and the index of the column that is cut
 */
export function clipAt(heights) {
  let highest = -1;
  let first = 0;
  let second = 0;
  heights.forEach((height, i) => {
    const size = Math.abs(height);
    if (size > first) {
      second = first;
      first = size;
      highest = i;
    } else if (size > second) {
      second = size;
    }
  });
  if (second > 0 && first > OUTLIER * second) return { limit: second * HEADROOM, cut: highest };
  return { limit: first, cut: null };
}

/**
 * How far the scale must reach for columns and for values that are marked in them. Marks stretch it as far as columns would; one
 * that dwarfs the columns does not.
 * @param {readonly number[]} heights of the columns
 * @param {readonly (readonly (number | null)[])[]} marks one for each column in each list; negative ones are another scale's
 * @returns {{ limit: number, cut: number | null, beyond: boolean }} `beyond` where a mark lies outside
 */
export function reachOf(heights, marks) {
  const { limit, cut } = clipAt(heights);
  const values = marks.flatMap((list) => list.filter((value, i) => value !== null && value > 0 && i !== cut));
  const within = values.filter((value) => value !== null && (limit === 0 || value <= OUTLIER * limit));
  return { limit: Math.max(limit, ...within.map((value) => value ?? 0)), cut, beyond: within.length < values.length };
}

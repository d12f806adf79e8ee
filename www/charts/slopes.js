// A slope graph: a column for each thing compared, a line for each series, its values beside its points.
import { extentWithZero, valueScale } from "./plot.js";

/** @import { Box } from "./plot.js" */

/** @typedef {{ x: number, y: number }} Point */

/**
 * @param {object} options
 * @param {readonly (readonly (number | null)[])[]} options.series the values of each, one for each column
 * @param {readonly (number | null)[]} options.marks further values that are to be in sight
 * @param {number} options.columns
 * @param {Box} options.box
 * @param {number} options.ticks about so many
 */
export function slopes({ series, marks, columns, box, ticks: count }) {
  const { scale, ticks } = valueScale(extentWithZero([...series.flat(), ...marks]), box, count);
  const step = (box.right - box.left) / columns;
  const x = (/** @type {number} */ column) => box.left + step * (column + 0.5);
  const lines = series.map((values) =>
    values.map((value, i) => (value === null ? null : { x: x(i), y: scale(value) })),
  );
  return { x, y: scale, ticks, step, lines };
}

/**
 * The middles of the segments between neighbours that both have a point.
 * @param {readonly (Point | null)[]} points
 * @returns {(Point | null)[]}
 */
export const middles = (points) =>
  points.slice(1).map((to, i) => {
    const from = points[i] ?? null;
    return from === null || to === null ? null : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  });

// Stacked columns that diverge from zero, one for each calendar year: what is positive grows upwards, what is negative downwards.
import { stack, stackOffsetDiverging } from "d3-shape";
import { reachOf } from "./clip.js";
import { extentWithZero, valueScale, yearScale } from "./plot.js";

/** @import { Box } from "./plot.js" */

/**
 * @typedef {object} Layer
 * @property {string} id
 * @property {readonly (number | null)[]} values one for each year
 */
/** @typedef {{ id: string, y: number, height: number }} Segment */
/** @typedef {readonly (number | null)[]} Marks values to be marked in the columns, one for each year */
/**
 * @typedef {object} Column
 * @property {number} x
 * @property {number} width
 * @property {number} middle
 * @property {Segment[]} segments
 * @property {{ y: number, value: number, id: string } | null} cut where the column goes on beyond the picture: the layer that does
 */

/** The part of a year's width that stays empty between columns. */
const GAP = 0.22;

/**
 * @param {readonly Layer[]} layers
 * @param {readonly number[]} years
 * @param {readonly Marks[]} marks
 */
function stacked(layers, years, marks) {
  const rows = years.map((_, i) => Object.fromEntries(layers.map(({ id, values }) => [id, values[i] ?? 0])));
  const series = stack()
    .keys(layers.map(({ id }) => id))
    .offset(stackOffsetDiverging)(rows);
  // d3 gives each segment as [from, to]; the ends of a column are the furthest of them.
  const tops = years.map((_, i) => Math.max(0, ...series.map((layer) => layer[i]?.[1] ?? 0)));
  const bottoms = years.map((_, i) => Math.max(0, ...series.map((layer) => -(layer[i]?.[0] ?? 0))));
  const below = marks.map((values) => values.map((value) => (value === null ? null : -value)));
  return { series, up: reachOf(tops, marks), down: reachOf(bottoms, below) };
}

/**
 * Whether something goes on beyond the top of the picture, and needs room for its figure.
 * @param {{ layers: readonly Layer[], years: readonly number[], marks: readonly Marks[] }} options
 */
export function hasCut({ layers, years, marks }) {
  const { up } = stacked(layers, years, marks);
  return up.cut !== null || up.beyond;
}

/**
 * @param {object} options
 * @param {readonly Layer[]} options.layers from the zero line outwards
 * @param {readonly number[]} options.years
 * @param {Box} options.box
 * @param {number} options.ticks about so many
 * @param {readonly Marks[]} [options.marks]
 */
export function stackedColumns({ layers, years, box, ticks: count, marks = [] }) {
  const { series, up, down } = stacked(layers, years, marks);
  const { scale, ticks } = valueScale(extentWithZero([up.limit, -down.limit]), box, count);
  const [floor = 0, ceiling = 0] = scale.domain();
  const { scale: x, step } = yearScale(years, box);
  const place = (/** @type {number} */ value) => scale(Math.min(ceiling, Math.max(floor, value)));

  /** @type {Column[]} */
  const columns = years.map((year, i) => {
    const segments = series.flatMap((layer) => {
      const [from, to] = layer[i] ?? [0, 0];
      const y = place(to);
      const height = place(from) - y;
      return height > 0 ? [{ id: layer.key, y, height }] : [];
    });
    const left = x(year) + (step * GAP) / 2;
    return { x: left, width: step * (1 - GAP), middle: x(year) + step / 2, segments, cut: cutOf(i) };
  });

  /** @param {number} i */
  function cutOf(i) {
    const above = i === up.cut;
    if (!above && i !== down.cut) return null;
    // The marks may have stretched the picture until the column fits.
    if (series.every((layer) => (layer[i]?.[1] ?? 0) <= ceiling && (layer[i]?.[0] ?? 0) >= floor)) return null;
    const outermost = layers.reduce((most, layer) => {
      const size = (/** @type {Layer} */ candidate) => (candidate.values[i] ?? 0) * (above ? 1 : -1);
      return size(layer) > size(most) ? layer : most;
    });
    return { y: scale(above ? ceiling : floor), value: outermost.values[i] ?? 0, id: outermost.id };
  }

  const beyond = (/** @type {number} */ value) => value > ceiling || value < floor;
  return { columns, ticks, zero: scale(0), step, place, beyond, top: scale(ceiling) };
}

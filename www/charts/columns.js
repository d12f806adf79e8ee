// Stacked columns that diverge from zero, one for each calendar year: what is positive grows upwards, what is negative downwards.
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
 * Each layer on top of those before it that have its sign: the segments of d3-shape's `stack` with `stackOffsetDiverging`, to which a
 * test holds them.
 * @param {readonly Layer[]} layers
 * @param {number} count of the columns
 * @returns {{ key: string, spans: [from: number, to: number][] }[]}
 */
export function diverging(layers, count) {
  /** @type {[below: number, above: number][]} */
  const ends = Array.from({ length: count }, () => [0, 0]);
  return layers.map(({ id, values }) => {
    const spans = ends.map((end, i) => {
      const [below, above] = end;
      const value = values[i] ?? 0;
      /** @type {[number, number]} */
      const span = value > 0 ? [above, above + value] : value < 0 ? [below + value, below] : [0, value];
      if (value > 0) end[1] = span[1];
      else if (value < 0) end[0] = span[0];
      return span;
    });
    return { key: id, spans };
  });
}

/**
 * @param {readonly Layer[]} layers
 * @param {readonly number[]} years
 * @param {readonly Marks[]} marks
 */
function stacked(layers, years, marks) {
  const series = diverging(layers, years.length);
  // The ends of a column are the furthest of its segments.
  const tops = years.map((_, i) => Math.max(0, ...series.map(({ spans }) => spans[i]?.[1] ?? 0)));
  const bottoms = years.map((_, i) => Math.max(0, ...series.map(({ spans }) => -(spans[i]?.[0] ?? 0))));
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
    const segments = series.flatMap(({ key, spans }) => {
      const [from, to] = spans[i] ?? [0, 0];
      const y = place(to);
      const height = place(from) - y;
      return height > 0 ? [{ id: key, y, height }] : [];
    });
    const left = x(year) + (step * GAP) / 2;
    return { x: left, width: step * (1 - GAP), middle: x(year) + step / 2, segments, cut: cutOf(i) };
  });

  /** @param {number} i */
  function cutOf(i) {
    const above = i === up.cut;
    if (!above && i !== down.cut) return null;
    // The marks may have stretched the picture until the column fits.
    if (series.every(({ spans }) => (spans[i]?.[1] ?? 0) <= ceiling && (spans[i]?.[0] ?? 0) >= floor)) return null;
    const outermost = layers.reduce((most, layer) => {
      const size = (/** @type {Layer} */ candidate) => (candidate.values[i] ?? 0) * (above ? 1 : -1);
      return size(layer) > size(most) ? layer : most;
    });
    return { y: scale(above ? ceiling : floor), value: outermost.values[i] ?? 0, id: outermost.id };
  }

  const beyond = (/** @type {number} */ value) => value > ceiling || value < floor;
  return { columns, ticks, zero: scale(0), step, place, beyond, top: scale(ceiling) };
}

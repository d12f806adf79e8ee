// A plane of cells, a value in each: where the cells are, in which class of colour each falls, and the lines along which the value
// is just so much (marching squares, as d3 does them). Rows are counted from below.
import { contours } from "d3-contour";
import { scaleLinear } from "d3-scale";

/** @typedef {readonly (readonly (number | null)[])[]} Cells a row for each value upwards, in it a cell for each value across */
/** @typedef {{ from: number, to: number, mix: number, sign: -1 | 0 | 1 }} Bin `mix` from 0 to 1 says how strong its colour is */

/** About so many classes of colour: more cannot be told apart. */
const CLASSES = 9;

/** How strong the classes beside zero are, so that they can be told apart. */
const FAINTEST = 0.1;

/**
 * Classes of equal width with round borders. Of those that part at zero, equal distances from it have equal strengths.
 * @param {number} low
 * @param {number} high
 * @param {boolean} diverging
 * @returns {Bin[]}
 */
export function bins(low, high, diverging) {
  const room = low === high ? Math.abs(low) || 1 : 0;
  const scale = scaleLinear()
    .domain([low - room, high + room])
    .nice(CLASSES);
  const borders = scale.ticks(CLASSES);
  const [first = 0, last = 0] = [borders[0], borders.at(-1)];
  const furthest = Math.max(Math.abs(first), Math.abs(last));
  return borders.slice(1).map((to, i) => {
    const from = borders[i] ?? 0;
    const middle = (from + to) / 2;
    if (!diverging) return { from, to, mix: (middle - first) / (last - first), sign: 0 };
    return { from, to, mix: FAINTEST + (1 - FAINTEST) * (Math.abs(middle) / furthest), sign: middle < 0 ? -1 : 1 };
  });
}

/**
 * @param {readonly Bin[]} classes
 * @param {number} value
 */
export const binOf = (classes, value) => classes.find(({ to }) => value < to) ?? classes.at(-1) ?? null;

/**
 * The scale from values to places: values lie in the middle of their cells, which are all equally wide.
 * @param {readonly number[]} at ascending
 * @param {number} start of the first cell, in pixels
 * @param {number} end of the last cell
 */
export function cellScale(at, start, end) {
  const size = (end - start) / Math.max(1, at.length);
  const middles = at.map((_, i) => start + size * (i + 0.5));
  const inner = scaleLinear().domain([...at]).range(middles);
  const [low = 0, high = 0] = [at[0], at.at(-1)];
  return {
    size,
    /** @param {number} i */
    edge: (i) => start + size * i,
    /** @param {number} value */
    place: (value) => (at.length > 1 ? inner(value) : (middles[0] ?? start)),
    /** @param {number} value */
    inside: (value) => value >= low && value <= high,
    /** @param {number} count */
    ticks: (count) =>
      (at.length <= count ? [...at] : scaleLinear().domain([low, high]).ticks(count)).map((value) => ({ value, at: inner(value) })),
    /** @param {number} pixel */
    indexAt: (pixel) => Math.min(at.length - 1, Math.max(0, Math.floor((pixel - start) / size))),
    /** @param {number} value */
    nearest: (value) => at.reduce((best, each, i) => (Math.abs(each - value) < Math.abs((at[best] ?? 0) - value) ? i : best), 0),
  };
}

/**
 * Where the value is just so much, as lines in counts of cells: the middle of the first cell is at 0.5. Lines end at the rim, and
 * where there is no value.
 * @param {Cells} cells
 * @param {number} value
 * @returns {[number, number][][]}
 */
export function isolines(cells, value) {
  const [width, height] = [cells[0]?.length ?? 0, cells.length];
  if (width < 2 || height < 2) return [];
  const flat = cells.flatMap((row) => row.map((each) => each ?? NaN));
  const { coordinates } = contours().size([width, height]).contour(flat, value);
  /** @type {[number, number][][]} */
  const lines = [];
  for (const ring of coordinates.flat()) {
    /** @type {[number, number][][]} */
    const pieces = [[]];
    for (const [x = 0, y = 0] of ring) {
      if (known(cells, x, y)) pieces.at(-1)?.push([x, y]);
      else if (pieces.at(-1)?.length) pieces.push([]);
    }
    // A ring starts anywhere: where it was not broken at its start, its end goes on there.
    const [first, last] = [pieces[0], pieces.at(-1)];
    const [from = []] = ring;
    if (first && last && first !== last && last.length > 0 && known(cells, from[0] ?? 0, from[1] ?? 0)) {
      pieces[0] = [...last, ...first.slice(1)];
      pieces.pop();
    }
    lines.push(...pieces.filter((points) => points.length > 1));
  }
  return lines;
}

/**
 * Whether a point lies between cells that all have a value.
 * @param {Cells} cells
 * @param {number} x
 * @param {number} y
 */
function known(cells, x, y) {
  const around = (/** @type {number} */ at) => [Math.floor(at - 0.5), Math.ceil(at - 0.5)];
  return around(y).every((row) => around(x).every((column) => (cells[row]?.[column] ?? null) !== null));
}

// Reading a figure year by year: a native slider under the picture, as wide as the columns, so that a finger, a keyboard and a
// screen reader all read the same values.
import { html } from "lit";
import { indexAt } from "../../charts/plot.js";
import { properties } from "../properties.js";
import { strings } from "../../strings/index.js";

/** The width of a slider's thumb, which overhangs the middle of the first and the last column. */
const THUMB = 16;

/**
 * @param {object} options
 * @param {readonly number[]} options.years
 * @param {number} options.index
 * @param {number} options.left where the columns start, in pixels
 * @param {number} options.step the width of a year
 * @param {string} options.title of the figure
 * @param {string} options.text the values of the year, as they are spoken
 * @param {(index: number) => void} options.read
 */
export const scrubber = ({ years, index, left, step, title, text, read }) => html`
  <input
    class="scrubber"
    type="range"
    min="0"
    max=${years.length - 1}
    step="1"
    .value=${String(index)}
    aria-label=${strings.figures.read(title)}
    aria-valuetext=${text}
    ${properties({
      "margin-left": `${left + step / 2 - THUMB / 2}px`,
      width: `${step * (years.length - 1) + THUMB}px`,
    })}
    @input=${(/** @type {InputEvent & { target: HTMLInputElement }} */ event) => read(event.target.valueAsNumber)}
  />
`;

/**
 * The year under the pointer.
 * @param {PointerEvent & { currentTarget: SVGElement }} event
 * @param {{ left: number, step: number, count: number }} columns
 */
export function pointedIndex(event, { left, step, count }) {
  const bounds = event.currentTarget.getBoundingClientRect();
  return indexAt(event.clientX - bounds.left, left, step, count);
}

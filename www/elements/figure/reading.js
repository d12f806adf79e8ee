// Reading a figure point by point: a native slider under the picture, as wide as what is read, so that a finger, a keyboard and a
// screen reader all read the same values.
import { html } from "lit";
import { live } from "lit/directives/live.js";
import { indexAt } from "../../charts/plot.js";
import { properties } from "../properties.js";
import { strings } from "../../strings/index.js";

/** The width of a slider's thumb, which overhangs the middle of the first and the last column. */
const THUMB = 16;

/**
 * @param {object} options
 * @param {number} options.max the last position; the first is 0
 * @param {number} options.value
 * @param {number} options.left where the first position is, in pixels
 * @param {number} options.width from the first to the last
 * @param {string} options.label
 * @param {string} options.text the values that are read, as they are spoken
 * @param {(position: number) => void} options.read
 */
export const readingSlider = ({ max, value, left, width, label, text, read }) => html`
  <input
    class="scrubber"
    type="range"
    min="0"
    max=${max}
    step="1"
    .value=${live(String(value))}
    aria-label=${label}
    aria-valuetext=${text}
    ${properties({ "margin-left": `${left - THUMB / 2}px`, width: `${width + THUMB}px` })}
    @input=${(/** @type {InputEvent & { target: HTMLInputElement }} */ event) => read(event.target.valueAsNumber)}
  />
`;

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
export const scrubber = ({ years, index, left, step, title, text, read }) =>
  readingSlider({
    max: years.length - 1,
    value: index,
    left: left + step / 2,
    width: step * (years.length - 1),
    label: strings.figures.read(title),
    text,
    read,
  });

/**
 * The year under the pointer.
 * @param {PointerEvent & { currentTarget: SVGElement }} event
 * @param {{ left: number, step: number, count: number }} columns
 */
export function pointedIndex(event, { left, step, count }) {
  const bounds = event.currentTarget.getBoundingClientRect();
  return indexAt(event.clientX - bounds.left, left, step, count);
}

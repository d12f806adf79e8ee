// A short scale by itself, as under the name of a quantity.
import { scaleLinear } from "d3-scale";

/**
 * @param {object} options
 * @param {number} options.low
 * @param {number} options.high
 * @param {number} options.left
 * @param {number} options.right
 */
export const scaleOver = ({ low, high, left, right }) =>
  scaleLinear().domain([low, high]).range([left, right]).clamp(true);

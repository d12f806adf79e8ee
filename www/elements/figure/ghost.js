// The mark of the base case: a dashed line, on a strip of paper so that it can be seen across any colour.
import { svg } from "lit";

/**
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 */
export const ghost = (x1, y1, x2, y2) => svg`
  <line class="ghost-ground" x1=${x1} y1=${y1} x2=${x2} y2=${y2} />
  <line class="ghost" x1=${x1} y1=${y1} x2=${x2} y2=${y2} />`;

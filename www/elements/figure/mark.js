// The mark of a side in a picture, which differs from the other's in shape as well as in colour: a square for the backer, a
// diamond for the lab.
import { svg } from "lit";

/** @import { Side } from "../../strings/en.js" */

const SIZE = 8;

/**
 * @param {Side} side
 * @param {number} x of its middle
 * @param {number} y of its middle
 */
export const sideMark = (side, x, y) => svg`
  <rect
    class="mark"
    x=${x - SIZE / 2}
    y=${y - SIZE / 2}
    width=${SIZE}
    height=${SIZE}
    transform=${side === "lab" ? `rotate(45 ${x} ${y})` : "rotate(0)"}
  />`;

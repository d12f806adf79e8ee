// Rows of bars with names: beside the bar where there is room, above it where there is not.
import { wrapped } from "../../charts/wrap.js";

/** From one line of a name to the next. */
export const LINE = 15;
const BETWEEN = 16;

/**
 * Where each row stands.
 * @param {readonly string[]} names
 * @param {object} room
 * @param {number} room.width for the names
 * @param {boolean} room.narrow whether the names stand above
 * @param {number} room.bar the height of a bar
 */
export function namedRows(names, { width, narrow, bar: thick }) {
  let height = 0;
  const rows = names.map((name) => {
    const lines = wrapped(name, { width, size: 13, lines: 2 });
    const text = lines.length * LINE;
    const top = height;
    height += narrow ? text + thick + BETWEEN : Math.max(text, thick) + BETWEEN;
    const bar = narrow ? top + text + 6 : top + (height - top - thick) / 2;
    const first = narrow ? top + LINE : bar + thick / 2 + 4 - ((lines.length - 1) * LINE) / 2;
    return { top, height: height - top, first, lines, bar };
  });
  return { rows, height };
}

// What the large picture and the small ones have in common: the axis of dates that ends in never, and a line over it.
import { nothing, svg } from "lit";
import { dateScale } from "../../charts/dates.js";
import { linePath, pointsOf } from "../../charts/lines.js";
import { extentWithZero } from "../../charts/plot.js";
import { sideMark } from "../figure/mark.js";

/** @import { Box, Tick } from "../../charts/plot.js" */
/** @import { AgiData, AgiLine } from "../../figures/agi.js" */

/** @param {readonly (number | null)[]} dates */
export const spanOf = (dates) => ({ from: dates[0] ?? 0, to: dates.at(-2) ?? 1 });

/**
 * @param {readonly (number | null)[]} dates
 * @param {number} left
 * @param {number} right
 */
export const scaleOf = (dates, left, right) => dateScale({ ...spanOf(dates), left, right, never: 56, apart: 16 });

/** @param {readonly AgiLine[]} lines */
export const extentOf = (lines) => extentWithZero(lines.flatMap(({ values, base, own }) => [...values, ...(base ?? []), own]));

/**
 * @param {object} plot
 * @param {Box} plot.box
 * @param {readonly Tick[]} plot.ticks
 * @param {ReturnType<typeof dateScale>} plot.scale
 * @param {(value: number) => string} plot.tick
 * @param {readonly string[]} plot.never its label, in lines; the longest may be wider than its place, and ends where that does
 * @param {number} plot.every how many years there are between two labels
 * @param {number} plot.zero
 */
export function axes({ box, ticks, scale, tick, never, every, zero }) {
  const { place, years, gap } = scale;
  return svg`
    ${ticks.map(
      ({ value, at }) => svg`
        <line class="grid" x1=${box.left} x2=${gap.from} y1=${at} y2=${at} />
        <line class="grid" x1=${gap.to} x2=${box.right} y1=${at} y2=${at} />
        <text x=${box.left - 6} y=${at + 4} text-anchor="end">${tick(value)}</text>`,
    )}
    <line class="zero" x1=${box.left} x2=${gap.from} y1=${zero} y2=${zero} />
    <line class="zero" x1=${gap.to} x2=${box.right} y1=${zero} y2=${zero} />
    ${years
      .filter((year, i) => i % every === 0 && place(year) < gap.from - 12)
      .map(
        (year) => svg`
          <line class="grid" x1=${place(year)} x2=${place(year)} y1=${box.bottom} y2=${box.bottom + 4} />
          <text x=${place(year)} y=${box.bottom + 17} text-anchor="middle">${every > 2 ? `’${String(year).slice(-2)}` : year}</text>`,
      )}
    ${never.map((line, i) => svg`<text x=${never.length > 1 ? box.right : scale.never} y=${box.bottom + 17 + 14 * i} text-anchor=${never.length > 1 ? "end" : "middle"}>${line}</text>`)}`;
}

/**
 * A line with the reader's own point on it, and the point for never.
 * @param {AgiLine} line
 * @param {AgiData} data
 * @param {ReturnType<typeof dateScale>} scale
 * @param {(value: number) => number} y
 */
export function curve({ side, values, base, own: ownValue }, { dates, own }, { place, never }, y) {
  const known = dates.filter((date) => date !== null);
  const points = pointsOf(known, values, place, y);
  if (own.date !== null && ownValue !== null) {
    const at = own.date;
    const index = known.findIndex((date) => date > at);
    points.splice(index < 0 ? points.length : index, 0, [place(at), y(ownValue)]);
  }
  const neverY = y(values.at(-1) ?? 0);
  const baseNever = base === null ? null : y(base.at(-1) ?? 0);
  return svg`
    <g class=${side}>
      ${base === null || baseNever === null
        ? nothing
        : svg`
          <path class="ghost" d=${linePath(pointsOf(known, base, place, y))} />
          <line class="ghost" x1=${never - 8} x2=${never + 8} y1=${baseNever} y2=${baseNever} />`}
      <path class="line" d=${linePath(points)} />
      ${sideMark(side, never, neverY)}
      ${own.date === null || ownValue === null ? nothing : sideMark(side, place(own.date), y(ownValue))}
    </g>`;
}

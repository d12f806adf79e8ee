// How sure it is who won what: for each new agreement and each side an interval of its change over all draws, with the median in it.
import { html, nothing, svg } from "lit";
import { dotScale } from "../../charts/dots.js";
import { strings as page } from "../../strings/index.js";
import { strings } from "../../strings/questions.js";
import { sideMark } from "../figure/mark.js";

/** @import { Interval, SpreadData, SpreadRow } from "../../figures/differences.js" */

const words = strings.compare.spread;
const TITLE = 26;
const ROW = 46;
const AXIS = 24;
/** From one agreement to the next. */
const BETWEEN = 14;
/** A line of text that stands below another where there is little room. */
const LINE = 16;

/**
 * @param {SpreadData} data
 * @param {number} width
 * @param {(value: number) => string} tick
 */
export function spreadPicture({ title, steps, changed }, width, tick) {
  const narrow = width < 560;
  const rowHeight = narrow ? ROW + 2 * LINE : ROW;
  const values = steps.flatMap(({ rows }) =>
    rows.flatMap(({ now, was, run }) => [now.low, now.high, ...(was === null ? [] : [was.low, was.high]), run]),
  );
  const { scale, ticks } = dotScale({ values, zero: true, left: 8, right: width - 8, ticks: narrow ? 4 : 8 });
  let height = 0;
  const placed = steps.map(({ name, rows }) => {
    const top = height;
    height += TITLE + rows.length * rowHeight + BETWEEN;
    return { name, top, rows: rows.map((row, i) => ({ row, y: top + TITLE + i * rowHeight })) };
  });
  const description = placed.flatMap(({ name, rows }) => rows.map(({ row }) => `${name}, ${row.name}: ${row.text}, ${row.better}.`)).join(" ");
  return html`
    <p class="unit">${title}</p>
    <ul class="legend">
      <li>
        <svg class="key" viewBox="0 0 20 10" aria-hidden="true"><path class="interval" d="M1,5H19M1,1V9M19,1V9" /><circle class="median" cx="9" cy="5" r="3" /></svg>
        ${words.interval}
      </li>
      <li><span class="swatch run"></span>${words.run}</li>
      ${changed ? html`<li><span class="swatch dashed"></span>${page.figures.baseLegend}</li>` : nothing}
    </ul>
    <div class="spread">
      <svg viewBox="0 0 ${width} ${height + AXIS}" width=${width} height=${height + AXIS} role="img" aria-label=${description}>
        ${ticks.map(
          ({ value, at }) => svg`
            <line class="grid" x1=${at} x2=${at} y1=${TITLE} y2=${height} />
            <text x=${at} y=${height + 16} text-anchor=${at < 20 ? "start" : at > width - 20 ? "end" : "middle"}>${tick(value)}</text>`,
        )}
        <line class="zero" x1=${scale(0)} x2=${scale(0)} y1=${TITLE} y2=${height} />
        ${placed.map(
          ({ name, top, rows }) => svg`
            <text class="strong halo" x="0" y=${top + 15}>${name}</text>
            ${rows.map(({ row, y }) => one(row, y, rowHeight, scale, narrow))}`,
        )}
      </svg>
    </div>
  `;
}

/**
 * @param {SpreadRow} row
 * @param {number} y its top
 * @param {number} height
 * @param {(value: number) => number} scale
 * @param {boolean} narrow
 */
function one({ side, name, now, was, run, text, better }, y, height, scale, narrow) {
  const line = y + height - 12;
  return svg`
    <g class=${side}>
      ${sideMark(side, 6, y + 9)}
      <text class="halo" x="16" y=${y + 13}><tspan class="name">${name}</tspan>${narrow ? nothing : svg`<tspan dx="10">${text}; ${better}</tspan>`}</text>
      ${narrow ? [text, better].map((words, i) => svg`<text class="halo" x="16" y=${y + 13 + (i + 1) * LINE}>${words}</text>`) : nothing}
      ${was === null ? nothing : svg`<path class="ghost" d=${bracket(was, line + 7, scale)} />`}
      ${run === null ? nothing : svg`<line class="run" x1=${scale(run)} x2=${scale(run)} y1=${line - 8} y2=${line + 8} />`}
      <path class="interval" d=${bracket(now, line, scale)} />
      <circle class="median" cx=${scale(now.median)} cy=${line} r="4.5" />
    </g>`;
}

/**
 * @param {Interval} interval
 * @param {number} y
 * @param {(value: number) => number} scale
 */
const bracket = ({ low, high }, y, scale) => `M${scale(low)},${y}H${scale(high)}M${scale(low)},${y - 4}v8M${scale(high)},${y - 4}v8`;

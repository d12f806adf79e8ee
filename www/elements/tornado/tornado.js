// Which assumptions matter most: bars from the value as assumed to what it is at a low and at a high value of each. A low end is
// open and a high end filled, so that colour is not all that tells them apart. Or how much of the variance comes from each.
import { html, nothing, svg, unsafeCSS } from "lit";
import { tornadoBars } from "../../charts/tornado.js";
import { strings as page } from "../../strings/index.js";
import { strings } from "../../strings/questions.js";
import { segments, selection } from "../figure/controls.js";
import controls from "../figure/controls.css?inline";
import { FigureElement } from "../figure/figure.js";
import { readingSlider } from "../figure/reading.js";
import { LINE, namedRows } from "../figure/rows.js";
import { importancePicture } from "./importance.js";
import styles from "./tornado.css?inline";

/** @import { Bar } from "../../charts/tornado.js" */
/** @import { ImportanceData } from "../../figures/importance.js" */
/** @import { TornadoData, TornadoRow } from "../../figures/tornado.js" */

const BAR = 14;
const AXIS = 40;
/** Room for the value of a quantity at the end of its bar. */
const END = 62;

/** @extends {FigureElement<TornadoData | ImportanceData>} */
export class TornadoFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(controls), unsafeCSS(styles)];

  /** @param {TornadoData | ImportanceData} data */
  controls(data) {
    const { metricLabel, groups, metric, legend, views, view } = data;
    return html`
      <div class="controls">
        ${selection({ id: "metric", label: metricLabel, groups, value: metric, pick: (id) => this.choose({ metric: id }) })}
        ${segments({ name: "view", legend, options: views, value: view, pick: (id) => this.choose({ view: id }) })}
      </div>
      ${data.view === "joint" && data.refused !== null
        ? html`
            <p class="refused" role="status">${data.refused.reason}</p>
            <button type="button" class="without" @click=${() => this.choose({ independent: true })}>${data.refused.without}</button>
          `
        : nothing}
    `;
  }

  /** The slopes are asked for when someone looks at them. @param {boolean} open */
  looked(open) {
    this.choose({ table: open });
  }

  /**
   * @param {TornadoData | ImportanceData} data
   * @param {number} width
   */
  picture(data, width) {
    return data.view === "joint" ? importancePicture(data, width) : this.#single(data, width);
  }

  /**
   * @param {TornadoData} data
   * @param {number} width
   */
  #single(data, width) {
    const { rows, base, was, tick, tone } = data;
    if (base === null || rows.length === 0) return nothing;
    const narrow = width < 620;
    const names = narrow ? 0 : 250;
    const end = narrow ? 54 : END;
    const plot = { left: names + end, right: width - end };
    const { scale, zero, bars, ticks } = tornadoBars({
      rows: rows.map(({ low, high }) => ({ low: low.value, high: high.value })),
      base,
      marks: [was, ...rows.flatMap(({ low, high }) => [low.was, high.was])],
      ...plot,
      ticks: narrow ? 3 : 6,
    });
    const layout = namedRows(rows.map(nameOf), { width: narrow ? width - 24 : names - 26, narrow, bar: BAR });
    const height = AXIS + layout.height;
    const index = Math.min(this.reading ?? 0, rows.length - 1);
    const nowAnchor = zero > width * 0.7 ? "end" : zero < width * 0.3 ? "start" : "middle";

    return html`
      ${this.#legend(data)}
      <div class="plot">
        <svg class=${tone} viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-labelledby="heading" aria-describedby="description"
          @pointermove=${(/** @type {PointerEvent & { currentTarget: SVGElement }} */ event) => {
            const y = event.clientY - event.currentTarget.getBoundingClientRect().top - AXIS;
            const row = layout.rows.findLastIndex(({ top }) => top <= y);
            if (row >= 0) this.reading = row;
          }}
        >
          <defs>
            <pattern id="low" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="low-ground" width="5" height="5" />
              <line class="low-line" x1="0" y1="0" x2="0" y2="5" />
            </pattern>
          </defs>
          ${rowMark(layout.rows[index], width)}
          ${ticks.map(
            ({ value, at }) => svg`
              <line class="grid" x1=${at} x2=${at} y1=${AXIS - 4} y2=${height} />
              <text x=${at} y=${AXIS - 9} text-anchor="middle">${tick(value)}</text>`,
          )}
          <text class="strong" x=${zero} y="12" text-anchor=${nowAnchor}>${data.nowText}</text>
          ${was === null ? nothing : svg`<line class="ghost" x1=${scale(was)} x2=${scale(was)} y1=${AXIS - 4} y2=${height} />`}
          <line class="zero" x1=${zero} x2=${zero} y1="18" y2=${height} />
          ${rows.map((row, i) => {
            const { first, lines, bar } = layout.rows[i] ?? { first: 0, lines: [], bar: 0 };
            const y = AXIS + bar;
            const { low = null, high = null } = bars[i] ?? {};
            const ends = [
              { drawn: low, text: row.low.text, was: row.low.was },
              { drawn: high, text: row.high.text, was: row.high.was },
            ].sort((a, b) => (a.drawn?.end ?? zero) - (b.drawn?.end ?? zero));
            return svg`
              ${lines.map((line, k) => svg`<text class="name halo" x="0" y=${AXIS + first + k * LINE}>${line}</text>`)}
              ${row.turns ? wave(narrow ? width - 10 : names - 10, narrow ? AXIS + first - 4 : y + BAR / 2) : nothing}
              ${drawn(low, "low", y)} ${drawn(high, "high", y)}
              ${was === null || row.low.was === null || row.high.was === null ? nothing : span(scale(row.low.was), scale(row.high.was), y + BAR + 5)}
              ${ends.map(({ drawn: bar, text }, k) => {
                if (bar === null) return nothing;
                const x = k === 0 ? Math.min(bar.end, zero) - 6 : Math.max(bar.end, zero) + 6;
                return svg`<text class="end halo" x=${x} y=${y + BAR - 3} text-anchor=${k === 0 ? "end" : "start"}>${text}</text>`;
              })}`;
          })}
        </svg>
        ${readingSlider({
          max: rows.length - 1,
          value: index,
          left: 8,
          width: width - 16,
          label: data.read,
          text: rows[index]?.said ?? "",
          read: (row) => {
            this.reading = row;
          },
        })}
        <div class="readout"><h3>${rows[index]?.said ?? ""}</h3></div>
      </div>
    `;
  }

  /** @param {TornadoData} data */
  #legend({ rows, tone, was }) {
    const words = strings.tornado;
    return html`
      <ul class="legend ${tone}">
        <li><span class="swatch low"></span>${words.low}</li>
        <li><span class="swatch high"></span>${words.high}</li>
        ${rows.some(({ turns }) => turns)
          ? html`<li><svg class="key" viewBox="0 0 18 10" aria-hidden="true">${wave(9, 5)}</svg>${words.turns}</li>`
          : nothing}
        ${was === null ? nothing : html`<li><span class="swatch dashed"></span>${page.figures.baseLegend}</li>`}
      </ul>
    `;
  }
}

/** @param {TornadoRow} row */
const nameOf = ({ label, unit }) => (unit === "" ? label : `${label}, ${unit}`);

/**
 * The mark of the row that is read.
 * @param {{ top: number, height: number } | undefined} row
 * @param {number} width
 */
const rowMark = (row, width) =>
  row ? svg`<rect class="cursor" x="0" y=${AXIS + row.top} width=${width} height=${row.height} />` : nothing;

/**
 * @param {Bar | null} bar
 * @param {"low" | "high"} kind
 * @param {number} y
 */
function drawn(bar, kind, y) {
  if (bar === null) return nothing;
  const half = BAR / 2;
  const [top, height] = bar.part === "whole" ? [y, BAR] : bar.part === "upper" ? [y, half] : [y + half, half];
  return svg`<rect class="bar ${kind}" x=${bar.x} y=${top} width=${Math.max(bar.width, 1)} height=${height} />`;
}

/**
 * How far the row reached in the base case, as a dashed line below its bar.
 * @param {number} from
 * @param {number} to
 * @param {number} y
 */
const span = (from, to, y) => svg`<path class="ghost span" d=${`M${from},${y - 4}V${y}H${to}V${y - 4}`} />`;

/**
 * The sign that a metric does not go one way only: a wave.
 * @param {number} x of its middle
 * @param {number} y of its middle
 */
const wave = (x, y) => svg`<path class="wave" d=${`M${x - 8},${y + 3}q4,-12 8,-3t8,-3`} />`;

customElements.get("cw-tornado") ?? customElements.define("cw-tornado", TornadoFigure);

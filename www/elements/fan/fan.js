// How a series may go: a band in which 80 of 100 draws lie, the median in it, and the run with everything as assumed.
import { html, nothing, svg, unsafeCSS } from "lit";
import { nearest } from "../../charts/dates.js";
import { bandPath, quarterScale } from "../../charts/fan.js";
import { spread } from "../../charts/labels.js";
import { linePath, pointsOf } from "../../charts/lines.js";
import { extentWithZero, labelledYears, valueScale } from "../../charts/plot.js";
import { strings as page } from "../../strings/index.js";
import { strings } from "../../strings/draws.js";
import { selection } from "../figure/controls.js";
import controls from "../figure/controls.css?inline";
import { FigureElement } from "../figure/figure.js";
import { readingSlider } from "../figure/reading.js";
import styles from "./fan.css?inline";

/** @import { FanData } from "../../figures/fan.js" */

const words = strings.fan;
const LEFT = 44;
const TOP = 12;
const LABELS = 22;

/** @extends {FigureElement<FanData>} */
export class FanFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(controls), unsafeCSS(styles)];

  /** @param {FanData} data */
  controls({ label, groups, series }) {
    return html`
      <div class="controls">
        ${selection({ id: "series", label, groups, value: series, pick: (id) => this.choose({ series: id }) })}
      </div>
    `;
  }

  /**
   * @param {FanData} data
   * @param {number} width
   */
  picture(data, width) {
    const { at, band, was, run, side, show, tick } = data;
    const narrow = width < 480;
    const ends = narrow ? 58 : 76;
    const box = { left: LEFT, right: width - ends, top: TOP, bottom: TOP + (narrow ? 210 : 280) };
    const height = box.bottom + LABELS;
    const { scale: x, years, step } = quarterScale(at, box);
    const labelled = labelledYears(years.map(({ year }) => year), step, narrow ? 30 : 40);
    const lists = [band.p10, band.p90, was?.p10 ?? [], was?.p90 ?? [], Array.from(run)];
    const { scale: y, ticks } = valueScale(extentWithZero(lists.flat()), box, narrow ? 4 : 6);
    const index = Math.min(this.reading ?? at.length >> 1, at.length - 1);
    const line = (/** @type {ArrayLike<number | null>} */ values) => linePath(pointsOf(at, values, x, y));
    const last = at.length - 1;
    const marks = [band.p90[last], band.p50[last], band.p10[last]];
    const places = spread(marks.map((value) => y(value ?? 0) + 4), { apart: 15, low: box.top + 8, high: box.bottom });
    const readX = x(at[index] ?? 0);

    return html`
      ${this.#legend(data)}
      <div class="plot">
        <svg
          class=${side}
          viewBox="0 0 ${width} ${height}"
          width=${width}
          height=${height}
          role="img"
          aria-labelledby="heading"
          aria-describedby="description"
          @pointermove=${(/** @type {PointerEvent & { currentTarget: SVGElement }} */ event) => {
            const { left } = event.currentTarget.getBoundingClientRect();
            this.reading = nearest(at, (date) => x(date ?? 0), event.clientX - left);
          }}
          @pointerleave=${() => {
            this.reading = null;
          }}
        >
          ${ticks.map(
            ({ value, at: place }) => svg`
              <line class="grid" x1=${box.left} x2=${box.right} y1=${place} y2=${place} />
              <text x=${box.left - 6} y=${place + 4} text-anchor="end">${tick(value)}</text>`,
          )}
          <path class="band" d=${bandPath(at, band.p10, band.p90, x, y)} />
          <line class="zero" x1=${box.left} x2=${box.right} y1=${y(0)} y2=${y(0)} />
          <line class="reading" x1=${readX} x2=${readX} y1=${box.top} y2=${box.bottom} />
          ${was === null
            ? nothing
            : [was.p10, was.p90, was.p50].map((values) => svg`<path class="ghost" d=${line(values)} />`)}
          <path class="edge" d=${line(band.p10)} />
          <path class="edge" d=${line(band.p90)} />
          <path class="run" d=${line(run)} />
          <path class="line" d=${line(band.p50)} />
          ${marks.map((value, i) =>
            value === null || value === undefined
              ? nothing
              : svg`<text class=${i === 1 ? "strong" : ""} x=${box.right + 6} y=${places[i] ?? 0}>${show(value)}</text>`,
          )}
          ${[band.p10, band.p50, band.p90].map((values) => {
            const value = values[index] ?? null;
            return value === null ? nothing : svg`<circle class="dot" cx=${readX} cy=${y(value)} r="3" />`;
          })}
          ${years.map(
            ({ year, start, middle }) => svg`
              <line class="grid" x1=${start} x2=${start} y1=${box.bottom} y2=${box.bottom + 5} />
              ${labelled.includes(year) ? svg`<text x=${middle} y=${height - 5} text-anchor="middle">${narrow ? `’${String(year).slice(-2)}` : year}</text>` : nothing}`,
          )}
        </svg>
        ${readingSlider({
          max: last,
          value: index,
          left: x(at[0] ?? 0),
          width: x(at[last] ?? 1) - x(at[0] ?? 0),
          label: data.read,
          text: `${data.quarter(index)}: ${data.readings(index).map(({ label, text }) => `${label} ${text}`).join(", ")}`,
          read: (position) => {
            this.reading = position;
          },
        })}
        <div class="readout ${side}">
          <h3>${data.quarter(index)}</h3>
          <ul>
            ${data.readings(index).map(
              ({ label, swatch, text, was: before }) => html`
                <li>
                  <span class="swatch ${swatch}"></span><span class="name">${label}</span>
                  ${before === null ? nothing : html`<span class="was">${page.figures.was(before)}</span>`}
                  <span class="value">${text}</span>
                </li>
              `,
            )}
          </ul>
        </div>
      </div>
    `;
  }

  /** @param {FanData} data */
  #legend({ side, was }) {
    return html`
      <ul class="legend ${side}">
        <li><span class="swatch band"></span>${words.band}</li>
        <li><span class="swatch stroke"></span>${words.p50}</li>
        <li><span class="swatch run"></span>${words.run}</li>
        ${was === null ? nothing : html`<li><span class="swatch dashed"></span>${page.figures.baseLegend}</li>`}
      </ul>
    `;
  }
}

customElements.get("cw-fan") ?? customElements.define("cw-fan", FanFigure);

// What each side has by the date on which AGI is verified: two lines over the dates, "never" as a point of its own, and the
// reader's own date marked on them. Or the same clause by clause, a small chart for each on one common scale.
import { html, nothing, svg, unsafeCSS } from "lit";
import { dateScale, nearest } from "../../charts/dates.js";
import { spread } from "../../charts/labels.js";
import { valueScale } from "../../charts/plot.js";
import { wrapped } from "../../charts/wrap.js";
import { strings } from "../../strings/index.js";
import { viewSwitch } from "../figure/controls.js";
import controls from "../figure/controls.css?inline";
import { FigureElement } from "../figure/figure.js";
import { sideMark } from "../figure/mark.js";
import { readingSlider } from "../figure/reading.js";
import styles from "./agi.css?inline";
import { axes, curve, extentOf, scaleOf, spanOf } from "./lines.js";

/** @import { AgiData, AgiLine } from "../../figures/agi.js" */

const LEFT = 40;
const TOP = 36;
const LABELS = 38;
/** What keeps two small charts apart, and the least that one needs. */
const GUTTER = 22;
const SMALL = 126;
const SMALL_HEIGHT = 92;

/** @extends {FigureElement<AgiData>} */
export class AgiFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(controls), unsafeCSS(styles)];

  /** @param {AgiData} data */
  controls(data) {
    return viewSwitch(data, (view) => this.choose({ view }));
  }

  /**
   * @param {AgiData} data
   * @param {number} width
   */
  picture(data, width) {
    return data.view === "totals" ? this.#totals(data, width) : this.#clauses(data, width);
  }

  /**
   * @param {AgiData} data
   * @param {number} width
   */
  #totals(data, width) {
    const { dates, own, lines, show } = data;
    const narrow = width < 480;
    const box = { left: LEFT, right: width, top: TOP, bottom: TOP + (narrow ? 200 : 270) };
    const height = box.bottom + LABELS;
    const scale = scaleOf(dates, box.left, box.right);
    const { scale: y, ticks } = valueScale(extentOf(lines), box, narrow ? 4 : 6);
    const at = this.#place(data, scale);
    const x = scale.place(at.date);
    const ownX = scale.place(own.date);
    const ownLate = ownX > box.left + (scale.end - box.left) * 0.55;
    const ownPlaces = beside(lines.map((line) => y(line.own ?? 0)));
    const neverPlaces = beside(lines.map((line) => y(line.values.at(-1) ?? 0)));
    // The names stand where the reader's date does not; on a narrow screen the list below has them.
    const namesLate = ownX < box.left + 2 * NAME;
    const nameX = namesLate ? scale.end - NAME : box.left;
    const names = spread(lines.map((line) => nameOver(line, data, scale, y, nameX)), { apart: 18, low: box.top - 4, high: box.bottom - 6 });

    return html`
      <div class="plot">
        <svg
          viewBox="0 0 ${width} ${height}"
          width=${width}
          height=${height}
          role="img"
          aria-labelledby="heading"
          aria-describedby="description"
          @pointermove=${(/** @type {PointerEvent & { currentTarget: SVGElement }} */ event) => {
            const { left } = event.currentTarget.getBoundingClientRect();
            this.reading = nearest(dates, scale.place, event.clientX - left);
          }}
          @pointerleave=${() => {
            this.reading = null;
          }}
        >
          ${axes({ box, ticks, scale, tick: data.tick, never: wrapped(data.never, { width: 72, size: 11, lines: 2 }), every: narrow ? 2 : 1, zero: y(0) })}
          <line class="reading" x1=${x} x2=${x} y1=${box.top} y2=${box.bottom} />
          <line class="own" x1=${ownX} x2=${ownX} y1=${box.top - 14} y2=${box.bottom} />
          <text class="strong" x=${Math.max(ownX, ownLate ? 100 : 0)} y=${box.top - 19} text-anchor=${ownLate ? "end" : "start"}>${own.label}</text>
          ${lines.map((line) => curve(line, data, scale, y))}
          ${narrow
            ? nothing
            : lines.map(
                ({ side, label }, i) => svg`
                  <g class=${side}>
                    ${sideMark(side, nameX + 8, (names[i] ?? 0) - 4)}
                    <text class="name halo" x=${nameX + 17} y=${names[i] ?? 0}>${label}</text>
                  </g>`,
              )}
          ${lines.map(
            ({ side, values, own: value }, i) => svg`
              <g class=${side}>
                ${own.date === null || value === null
                  ? nothing
                  : svg`<text class="strong halo" x=${ownX + (ownLate ? -8 : 8)} y=${ownPlaces[i] ?? 0} text-anchor=${ownLate ? "end" : "start"}>${show(value)}</text>`}
                <text class="strong halo" x=${width} y=${neverPlaces[i] ?? 0} text-anchor="end">${show(values.at(-1))}</text>
              </g>`,
          )}
        </svg>
        ${this.#slider(data, scale)}
        ${this.#readout(data)}
      </div>
    `;
  }

  /**
   * @param {AgiData} data
   * @param {number} width
   */
  #clauses(data, width) {
    const { lines, dates, own, show } = data;
    const most = Math.max(1, Math.floor((width + GUTTER) / (SMALL + GUTTER)));
    // As many in each row as in the others, or one less.
    const count = Math.ceil(lines.length / Math.ceil(lines.length / most));
    const each = Math.floor((width - GUTTER * (count - 1)) / count);
    const box = { left: 26, right: each, top: 38, bottom: 38 + SMALL_HEIGHT };
    const height = box.bottom + 20;
    const scale = dateScale({ ...spanOf(dates), left: box.left, right: box.right, never: 32, apart: 6 });
    const { scale: y, ticks } = valueScale(extentOf(lines), box, 3);
    const x = scale.place(this.#place(data, scale).date);
    const ownX = scale.place(own.date);
    return html`
      <div class="plot">
        <div class="small" role="img" aria-labelledby="heading" aria-describedby="description">
          ${lines.map((line) => {
            const [name = ""] = wrapped(line.label, { width: each, size: 13, lines: 1 });
            return html`
              <svg class="backer" viewBox="0 0 ${each} ${height}" width=${each} height=${height} aria-hidden="true">
                <text class="name" x="0" y="13">${name}</text>
                <text x="0" y="29">${show(line.own)}</text>
                ${axes({ box, ticks, scale, tick: data.tick, never: [data.neverShort.toLowerCase()], every: 5, zero: y(0) })}
                <line class="reading" x1=${x} x2=${x} y1=${box.top} y2=${box.bottom} />
                <line class="own" x1=${ownX} x2=${ownX} y1=${box.top} y2=${box.bottom} />
                ${curve(line, data, scale, y)}
              </svg>
            `;
          })}
        </div>
        ${this.#slider(data, scaleOf(dates, LEFT, width))}
        ${this.#readout(data)}
      </div>
    `;
  }

  /**
   * What is read: the date under the pointer, or the reader's own, which lies between two of the dates and stands in for the nearest.
   * @param {AgiData} data
   * @param {Pick<ReturnType<typeof dateScale>, "place">} scale
   */
  #place({ dates, own }, { place }) {
    const nearOwn = nearest(dates, place, place(own.date));
    const index = Math.min(this.reading ?? nearOwn, dates.length - 1);
    const isOwn = index === nearOwn;
    return { index, isOwn, date: isOwn ? own.date : (dates[index] ?? null) };
  }

  /**
   * @param {AgiData} data
   * @param {ReturnType<typeof scaleOf>} scale
   */
  #slider(data, scale) {
    const { dates, lines, show } = data;
    const { index, isOwn } = this.#place(data, scale);
    const last = dates.length - 2;
    const start = scale.place(dates[0] ?? null);
    const step = (scale.end - start) / Math.max(1, last);
    // "Never" is further from the last date than the dates are from each other, and so it is for the slider.
    const never = last + Math.max(2, Math.round((scale.never - scale.end) / step));
    const at = index > last ? never : index;
    const values = lines.map((line) => `${line.label} ${show(isOwn ? line.own : line.values[index])}`);
    return readingSlider({
      max: never,
      value: at,
      left: start,
      width: step * never,
      label: data.read,
      text: `${data.say(isOwn ? null : index)}: ${values.join(", ")}`,
      read: (position) => {
        const leaving = at === never && position === never - 1;
        this.reading = position <= last ? position : leaving ? last : last + 1;
        this.requestUpdate();
      },
    });
  }

  /** @param {AgiData} data */
  #readout(data) {
    const { lines, show, view } = data;
    const { index, isOwn } = this.#place(data, scaleOf(data.dates, LEFT, this.width));
    return html`
      <div class="readout">
        <h3>${data.say(isOwn ? null : index)}</h3>
        <ul>
          ${lines.map(({ side, label, values, own, base }) => {
            const value = show(isOwn ? own : values[index]);
            const was = base && !isOwn ? show(base[index]) : null;
            return html`
              <li class=${side}>
                ${view === "totals" ? html`<span class="mark ${side}"></span>` : nothing}<span class="name">${label}</span>
                ${was !== null && was !== value ? html`<span class="was">${strings.figures.was(was)}</span>` : nothing}
                <span class="value">${value}</span>
              </li>
            `;
          })}
          ${lines.some(({ base }) => base !== null)
            ? html`<li><span class="swatch dashed"></span><span class="name">${strings.figures.baseLegend}</span></li>`
            : nothing}
        </ul>
      </div>
    `;
  }
}

/**
 * Where the values of points above each other are written: the upper one's above it, the lower one's below.
 * @param {readonly number[]} places
 */
const beside = (places) => places.map((place) => place + (place > Math.min(...places) ? 18 : -10));

/** The width of a line's name, about. */
const NAME = 165;

/**
 * Where the name of a line stands: above all of the line that lies over it.
 * @param {AgiLine} line
 * @param {AgiData} data
 * @param {Pick<ReturnType<typeof dateScale>, "place">} scale
 * @param {(value: number) => number} y
 * @param {number} start
 */
function nameOver({ values }, { dates }, { place }, y, start) {
  const under = values.filter((_, i) => {
    const x = place(dates[i] ?? null);
    return x >= start - 20 && x < start + NAME;
  });
  return Math.min(...under.map(y)) - 8;
}

customElements.get("cw-agi") ?? customElements.define("cw-agi", AgiFigure);

// What each side may come to: fifty dots for all draws, stacked over one axis, with P10, the median and P90 below them and the run with
// everything as assumed above them. A draw below zero is a ring.
import { html, nothing, svg, unsafeCSS } from "lit";
import { nearest } from "../../charts/dates.js";
import { dotOutline, dotScale, dotSize, stackedDots } from "../../charts/dots.js";
import { strings as page } from "../../strings/index.js";
import { strings } from "../../strings/draws.js";
import { selection } from "../figure/controls.js";
import controls from "../figure/controls.css?inline";
import { FigureElement } from "../figure/figure.js";
import { sideMark } from "../figure/mark.js";
import { readingSlider } from "../figure/reading.js";
import styles from "./outcome.css?inline";

/** @import { OutcomeData, Panel } from "../../figures/outcome.js" */

const words = strings.outcome;
/** Room above the dots, for the name and the run; below them, for the marks. */
const ABOVE = 46;
const BELOW = 44;
const AXIS = 20;
const LARGEST = 15;
/** Half of what the words below the marks take, about. */
const HALF = { wide: 150, narrow: 138 };

/** @extends {FigureElement<OutcomeData>} */
export class OutcomeFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(controls), unsafeCSS(styles)];

  /** @param {OutcomeData} data */
  controls({ metricLabel, groups, metric, more }) {
    return html`
      <div class="controls">
        ${selection({ id: "metric", label: metricLabel, groups, value: metric, pick: (id) => this.choose({ metric: id }) })}
        <button type="button" class="more" ?disabled=${!more.offered} @click=${() => this.choose({ more: true })}>${more.text}</button>
      </div>
    `;
  }

  /**
   * @param {OutcomeData} data
   * @param {number} width
   */
  picture(data, width) {
    const { panels, zero, tick } = data;
    const narrow = width < 480;
    const sides = { left: 1, right: width - 1 };
    const seen = panels.flatMap(({ dots, was, marks, run }) => [...dots, ...was, ...marks.map(({ value }) => value), run]);
    if (seen.every((value) => value === null)) return nothing;
    const { scale, ticks } = dotScale({ values: seen, zero, ...sides, ticks: narrow ? 4 : 8 });
    const tall = panels.length === 1;
    const room = panels.some(({ dots }) => dots.length > 0) ? (tall ? 190 : narrow ? 104 : 128) : 0;
    const stacks = panels.flatMap(({ dots, was }) => [dots, was]);
    // A column of dots ends at zero, so that none of them straddles it.
    const left = zero ? scale(0) : sides.left;
    const size = dotSize({ stacks, scale, left, height: room, most: LARGEST });
    const each = ABOVE + room + BELOW;
    const height = each * panels.length + AXIS;
    const floorOf = (/** @type {number} */ i) => each * i + ABOVE + room;
    const index = this.#index(data);

    return html`
      ${this.#legend(data)}
      <div class="plot">
        <svg
          viewBox="0 0 ${width} ${height}"
          width=${width}
          height=${height}
          role="img"
          aria-labelledby="heading"
          aria-describedby="description"
          @pointermove=${(/** @type {PointerEvent & { currentTarget: SVGElement }} */ event) => {
            const bounds = event.currentTarget.getBoundingClientRect();
            const panel = panels[Math.min(panels.length - 1, Math.floor((event.clientY - bounds.top) / each))];
            if (panel === undefined || panel.quantiles.length === 0) return;
            const places = panel.quantiles.map(({ value }) => value);
            this.reading = nearest(places, (value) => scale(value ?? 0), event.clientX - bounds.left);
          }}
          @pointerleave=${() => {
            this.reading = null;
          }}
        >
          ${ticks.map(
            ({ value, at }) => svg`
              <line class="grid" x1=${at} x2=${at} y1=${ABOVE - 4} y2=${height - AXIS} />
              <text x=${at} y=${height - 5} text-anchor=${at < 16 ? "start" : at > width - 16 ? "end" : "middle"}>${tick(value)}</text>`,
          )}
          ${zero ? svg`<line class="zero" x1=${scale(0)} x2=${scale(0)} y1=${ABOVE - 4} y2=${height - AXIS} />` : nothing}
          ${panels.map((panel, i) => this.#panel(panel, { floor: floorOf(i), room, size, scale, width, narrow, left, zero, index }))}
        </svg>
        ${this.#reading(data, index, sides)}
      </div>
    `;
  }

  /**
   * @param {Panel} panel
   * @param {{ floor: number, room: number, size: number, scale: (value: number) => number, width: number, narrow: boolean, left: number, zero: boolean, index: number }} place
   */
  #panel({ side, name, dots, was, marks, run, runText, quantiles }, { floor, room, size, scale, width, narrow, left, zero, index }) {
    const top = floor - room;
    const stack = { scale, left, size, floor };
    const edge = 1;
    const radius = Math.max(0.75, size / 2 - (size > 6 ? 0.75 : 0.25));
    const half = Math.min(narrow ? HALF.narrow : HALF.wide, width / 2);
    const [low, high] = [marks[0], marks.at(-1)];
    const runX = run === null ? null : scale(run);
    const runLate = runX !== null && runX > width * 0.6;
    const read = quantiles[index];
    return svg`
      <g class=${side}>
        ${name === "" ? nothing : svg`${sideMark(side, edge + 6, top - 33)}<text class="name" x=${edge + 16} y=${top - 29}>${name}</text>`}
        ${runX === null
          ? nothing
          : svg`
            <line class="run" x1=${runX} x2=${runX} y1=${top - 8} y2=${floor} />
            <text class="halo" x=${runX + (runLate ? 4 : -4)} y=${top - 11} text-anchor=${runLate ? "end" : "start"}>${words.runAt(runText)}</text>`}
        ${stackedDots({ values: dots, ...stack }).map(
          ({ x, y, value }) => svg`<circle class="draw ${zero && value < 0 ? "loss" : ""}" cx=${x} cy=${y} r=${radius} />`,
        )}
        ${was.length === 0 ? nothing : svg`<path class="ghost-ground" d=${dotOutline({ values: was, ...stack })} /><path class="ghost" d=${dotOutline({ values: was, ...stack })} />`}
        <line class="zero" x1=${edge} x2=${width - 1} y1=${floor} y2=${floor} />
        ${read === undefined ? nothing : svg`<path class="reading" d=${`M${scale(read.value)},${floor - room}V${floor + 10}`} />`}
        ${low && high ? svg`<line class="interval" x1=${scale(low.value)} x2=${scale(high.value)} y1=${floor + 9} y2=${floor + 9} />` : nothing}
        ${marks.map(({ part, value }) =>
          part === 50
            ? svg`<circle class="median" cx=${scale(value)} cy=${floor + 9} r="4.5" />`
            : svg`<line class="interval" x1=${scale(value)} x2=${scale(value)} y1=${floor + 5} y2=${floor + 13} />`,
        )}
        ${low && high
          ? svg`
            <text class="halo" x=${Math.min(width - half, Math.max(half, (scale(low.value) + scale(high.value)) / 2))} y=${floor + 30} text-anchor="middle">
              ${marks.map(({ part, text }, i) => svg`<tspan class=${part === 50 ? "strong" : ""} dx=${i === 0 ? 0 : narrow ? 5 : 10}>${words.mark(part, text)}</tspan>`)}
            </text>`
          : nothing}
      </g>`;
  }

  /** @param {OutcomeData} data */
  #legend({ panels, losses, changed }) {
    const dots = panels.some((panel) => panel.dots.length > 0);
    const tone = panels.length === 1 ? (panels[0]?.side ?? "") : "";
    return html`
      <ul class="legend ${tone}">
        ${dots ? html`<li><svg class="key" viewBox="0 0 10 10" aria-hidden="true"><circle class="draw" cx="5" cy="5" r="4.25" /></svg>${words.dot}</li>` : nothing}
        ${dots && losses
          ? html`<li><svg class="key" viewBox="0 0 10 10" aria-hidden="true"><circle class="draw loss" cx="5" cy="5" r="4.25" /></svg>${words.lossDot}</li>`
          : nothing}
        <li>
          <svg class="key wide" viewBox="0 0 20 10" aria-hidden="true">
            <path class="interval" d="M1,5H19M1,1V9M19,1V9" /><circle class="median" cx="9" cy="5" r="3" />
          </svg>
          ${words.interval}
        </li>
        <li><span class="swatch run"></span>${words.run}</li>
        ${changed && dots ? html`<li><span class="swatch dashed"></span>${page.figures.baseLegend}</li>` : nothing}
      </ul>
    `;
  }

  /**
   * What is read: the reader's quantile, or the median.
   * @param {OutcomeData} data
   */
  #index({ panels }) {
    const count = Math.max(0, ...panels.map(({ quantiles }) => quantiles.length));
    return Math.min(this.reading ?? count >> 1, count - 1);
  }

  /**
   * @param {OutcomeData} data
   * @param {number} index
   * @param {{ left: number, right: number }} sides
   */
  #reading({ panels, show, say, read }, index, { left, right }) {
    const [longest] = panels.map(({ quantiles }) => quantiles).sort((a, b) => b.length - a.length);
    const at = longest?.[index];
    if (longest === undefined || at === undefined) return nothing;
    const texts = panels.map(({ quantiles }) => show(quantiles[index]?.value));
    return html`
      ${readingSlider({
        max: longest.length - 1,
        value: index,
        left: left + 8,
        width: right - left - 16,
        label: read,
        text: `${say(at.part)}: ${panels.map(({ name }, i) => `${name} ${texts[i]}`.trim()).join(", ")}`,
        read: (position) => {
          this.reading = position;
        },
      })}
      <div class="readout">
        <h3>${say(at.part)}</h3>
        <ul>
          ${panels.map(({ side, name, quantiles, quantilesWas }, i) => {
            const was = show(quantilesWas[index]?.value);
            return html`
              <li class=${side}>
                <span class="mark"></span><span class="name">${name}</span>
                ${quantilesWas.length > 0 && quantiles.length > 0 && was !== texts[i] ? html`<span class="was">${page.figures.was(was)}</span>` : nothing}
                <span class="value">${texts[i]}</span>
              </li>
            `;
          })}
        </ul>
      </div>
    `;
  }
}

customElements.get("cw-outcome") ?? customElements.define("cw-outcome", OutcomeFigure);

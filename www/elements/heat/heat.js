// An outcome over two assumptions: a plane of coloured cells with the line along which it breaks even. Two native sliders, one along
// each side, read it cell by cell, as a finger or a pointer does.
import { html, nothing, svg, unsafeCSS } from "lit";
import { live } from "lit/directives/live.js";
import { binOf, bins, cellScale, isolines } from "../../charts/heat.js";
import { linePath } from "../../charts/lines.js";
import { wrapped } from "../../charts/wrap.js";
import { properties } from "../properties.js";
import { selection } from "../figure/controls.js";
import controls from "../figure/controls.css?inline";
import { FigureElement } from "../figure/figure.js";
import { readingSlider } from "../figure/reading.js";
import styles from "./heat.css?inline";

/** @import { Bin } from "../../charts/heat.js" */
/** @import { HeatAxis, HeatData } from "../../figures/heat.js" */

const LEFT = 46;
/** Room for the slider at the right. */
const RIGHT = 32;
const TOP = 24;
const AXIS = 40;

/** @extends {FigureElement<HeatData>} */
export class HeatFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(controls), unsafeCSS(styles)];

  /** @param {HeatData} data */
  controls({ metrics, levers }) {
    const lever = (/** @type {"x" | "y"} */ which, /** @type {"x" | "y"} */ other) =>
      selection({
        id: which,
        label: levers[which].label,
        groups: levers.groups,
        value: levers[which].value,
        // Whoever picks for one what the other is has them change places.
        pick: (path) =>
          this.choose(path === levers[other].value ? { [which]: path, [other]: levers[which].value } : { [which]: path, [other]: levers[other].value }),
      });
    return html`
      <div class="controls">${selection({ id: "metric", ...metrics, pick: (metric) => this.choose({ metric }) })}</div>
      <div class="controls">${lever("x", "y")} ${lever("y", "x")}</div>
    `;
  }

  /**
   * @param {HeatData} data
   * @param {number} width
   */
  picture(data, width) {
    const { x, y, cells, base, range, diverging, now, then, even, you, was } = data;
    if (range === null) return nothing;
    const narrow = width < 480;
    const box = { left: LEFT, right: width - RIGHT, top: TOP, bottom: TOP + (narrow ? 250 : Math.min(380, Math.round(width * 0.5))) };
    const height = box.bottom + AXIS;
    const across = cellScale(x.at, box.left, box.right);
    const up = cellScale(y.at, box.bottom, box.top);
    const classes = bins(range.low, range.high, diverging);
    const [readX, readY] = this.#read(data);
    const lines = (/** @type {HeatData["cells"]} */ of, /** @type {number} */ value) =>
      isolines(of, value).map((points) =>
        points.map(([column, row]) => /** @type {[number, number]} */ ([across.edge(column), up.edge(row)])),
      );
    const evenLines = diverging ? lines(cells, 0) : [];
    const nowLines = now === null ? [] : lines(cells, now.value);
    // What the base case is remembered by: where it broke even, or else where it was what it was.
    const baseEven = base === null || !diverging ? [] : lines(base, 0);
    const baseLines = baseEven.length > 0 || base === null || then === null ? baseEven : lines(base, then.value);
    const baseText = baseEven.length > 0 ? even.baseText : (then?.text ?? "");
    const said = data.say(readX, readY);

    return html`
      ${this.#legend(data, classes, baseLines.length > 0 ? baseText : null)}
      <div class="plot">
        <svg
          viewBox="0 0 ${width} ${height}"
          width=${width}
          height=${height}
          role="img"
          aria-labelledby="heading"
          aria-describedby="description"
          @pointermove=${(/** @type {PointerEvent & { currentTarget: SVGElement }} */ event) => {
            const { left, top } = event.currentTarget.getBoundingClientRect();
            this.#go(data, across.indexAt(event.clientX - left), up.indexAt(event.clientY - top));
          }}
        >
          <defs>
            <clipPath id="inside"><rect x=${box.left} y=${box.top} width=${box.right - box.left} height=${box.bottom - box.top} /></clipPath>
            <pattern id="loss" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line class="loss-line" x1="0" y1="0" x2="0" y2="6" />
            </pattern>
            <pattern id="none" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
              <rect class="none-ground" width="8" height="8" />
              <line class="none-line" x1="0" y1="0" x2="0" y2="8" />
            </pattern>
          </defs>
          ${cells.map((row, j) =>
            row.map((value, i) => {
              const [left, top] = [across.edge(i), up.edge(j + 1)];
              const [wide, tall] = [across.size, -up.size];
              if (value === null) return svg`<rect class="none" x=${left} y=${top} width=${wide} height=${tall} />`;
              const bin = binOf(classes, value);
              return svg`
                <rect class="cell ${signOf(bin)}" x=${left} y=${top} width=${wide} height=${tall} ${properties({ "--mix": mixOf(bin) })} />
                ${bin?.sign === -1 ? svg`<rect class="hatch" x=${left} y=${top} width=${wide} height=${tall} />` : nothing}`;
            }),
          )}
          <g clip-path="url(#inside)">
            ${baseLines.map((points) => svg`<path class="under" d=${linePath(points)} /><path class="ghost" d=${linePath(points)} />`)}
            ${nowLines.map((points) => svg`<path class="under" d=${linePath(points)} /><path class="as-now" d=${linePath(points)} />`)}
            ${evenLines.map((points) => svg`<path class="under" d=${linePath(points)} /><path class="even" d=${linePath(points)} />`)}
          </g>
          ${narrow ? nothing : along(evenLines, even.text, you && [across.place(you.x), up.place(you.y)], width)}
          <rect class="frame-ground" x=${across.edge(readX)} y=${up.edge(readY + 1)} width=${across.size} height=${-up.size} />
          <rect class="frame" x=${across.edge(readX)} y=${up.edge(readY + 1)} width=${across.size} height=${-up.size} />
          ${was === null ? nothing : svg`<circle class="before" cx=${across.place(was.x)} cy=${up.place(was.y)} r="6" />`}
          ${you === null ? nothing : svg`<circle class="you" cx=${across.place(you.x)} cy=${up.place(you.y)} r="6" />`}
          ${across.ticks(narrow ? 4 : 7).map(
            ({ value, at }) => svg`
              <line class="grid" x1=${at} x2=${at} y1=${box.bottom} y2=${box.bottom + 4} />
              <text x=${at} y=${box.bottom + 17} text-anchor="middle">${x.tick(value)}</text>`,
          )}
          ${up.ticks(narrow ? 5 : 7).map(
            ({ value, at }) => svg`
              <line class="grid" x1=${box.left - 4} x2=${box.left} y1=${at} y2=${at} />
              <text x=${box.left - 7} y=${at + 4} text-anchor="end">${y.tick(value)}</text>`,
          )}
          <text class="axis" x="0" y="13">↑ ${nameOf(y, width)}</text>
          <text class="axis" x=${box.right} y=${height - 5} text-anchor="end">${nameOf(x, width)} →</text>
        </svg>
        <input
          class="up"
          type="range"
          min="0"
          max=${y.at.length - 1}
          step="1"
          .value=${live(String(readY))}
          aria-label=${y.read}
          aria-valuetext=${said}
          aria-orientation="vertical"
          ${properties({
            left: `${box.right + 6}px`,
            top: `${box.top - up.size * -0.5 - 8}px`,
            height: `${box.bottom - box.top + up.size + 16}px`,
          })}
          @input=${(/** @type {InputEvent & { target: HTMLInputElement }} */ { target }) => this.#go(data, readX, target.valueAsNumber)}
        />
        ${readingSlider({
          max: x.at.length - 1,
          value: readX,
          left: box.left + across.size / 2,
          width: across.size * (x.at.length - 1),
          label: x.read,
          text: said,
          read: (column) => this.#go(data, column, readY),
        })}
        <div class="readout cell-read">
          <h3>${said}</h3>
          <button type="button" @click=${() => this.#set(data, readX, readY)}>${data.setText}</button>
        </div>
      </div>
    `;
  }

  /**
   * @param {HeatData} data
   * @param {readonly Bin[]} classes
   * @param {string | null} ghostText what the line of the base case is
   */
  #legend({ now, even, baseText, youText, was, diverging, missingText, lossText, tick, range }, classes, ghostText) {
    const key = (/** @type {unknown} */ mark) => html`<svg class="key" viewBox="0 0 24 14" aria-hidden="true">${mark}</svg>`;
    const crosses = diverging && range !== null && range.low < 0 && range.high > 0;
    return html`
      <div class="bins">
        ${classes.map(
          (bin, i) => html`<span>
            <span class="bin ${signOf(bin)}" ${properties({ "--mix": mixOf(bin) })}></span>
            <span class="border">${i % 2 === 0 || classes.length < 7 ? tick(bin.from) : nothing}</span>
          </span>`,
        )}
      </div>
      <ul class="legend">
        ${crosses ? html`<li>${key(svg`<path class="even" d="M1,7H23" />`)}${even.text}</li>` : nothing}
        ${now === null ? nothing : html`<li>${key(svg`<path class="as-now" d="M1,7H23" />`)}${now.text}</li>`}
        <li>${key(svg`<circle class="you" cx="12" cy="7" r="5" />`)}${youText}</li>
        ${was === null ? nothing : html`<li>${key(svg`<circle class="before" cx="12" cy="7" r="5" />`)}${baseText}</li>`}
        ${ghostText === null ? nothing : html`<li><span class="swatch dashed"></span>${ghostText}</li>`}
        ${crosses ? html`<li><span class="swatch bin loss" ${properties({ "--mix": "60%" })}></span>${lossText}</li>` : nothing}
        ${missingText === null ? nothing : html`<li><span class="swatch missing"></span>${missingText}</li>`}
      </ul>
    `;
  }

  /**
   * The cell that is read: the reader's, or the one in which the assumptions are.
   * @param {HeatData} data
   * @returns {[number, number]}
   */
  #read({ x, y, you }) {
    const [wide, tall] = [x.at.length, y.at.length];
    if (this.reading !== null && this.reading < wide * tall) return [this.reading % wide, Math.floor(this.reading / wide)];
    if (you === null) return [wide >> 1, tall >> 1];
    return [cellScale(x.at, 0, wide).nearest(you.x), cellScale(y.at, 0, tall).nearest(you.y)];
  }

  /**
   * @param {HeatData} data
   * @param {number} column
   * @param {number} row
   */
  #go({ x }, column, row) {
    this.reading = row * x.at.length + column;
  }

  /**
   * @param {HeatData} data
   * @param {number} column
   * @param {number} row
   */
  #set(data, column, row) {
    for (const { path, value } of data.set(column, row)) {
      this.dispatchEvent(
        new CustomEvent("quantity-change", { detail: { path, value, settled: true }, bubbles: true, composed: true }),
      );
    }
    this.reading = null;
  }
}

/** @param {Bin | null} bin */
const signOf = (bin) => (bin === null || bin.sign === 0 ? "" : bin.sign < 0 ? "loss" : "gain");

/** @param {Bin | null} bin */
const mixOf = (bin) => `${Math.round((bin?.mix ?? 0) * 100)}%`;

/**
 * @param {HeatAxis} axis
 * @param {number} width
 */
function nameOf({ label, unit }, width) {
  const [line = ""] = wrapped(unit === "" ? label : `${label}, ${unit}`, { width: width - 20, size: 12, lines: 1 });
  return line;
}

/**
 * A name on the longest of the lines, some way along it, where it does not hide the reader's own place.
 * @param {readonly (readonly [number, number][])[]} lines
 * @param {string} text
 * @param {readonly [number, number] | null} taken
 * @param {number} width
 */
function along(lines, text, taken, width) {
  const longest = lines.reduce((best, line) => (line.length > best.length ? line : best), /** @type {readonly [number, number][]} */ ([]));
  const away = (/** @type {readonly [number, number]} */ [x, y]) => (taken === null ? 0 : Math.abs(x - taken[0]) + Math.abs(y - taken[1]));
  const points = [0.25, 0.75].flatMap((part) => {
    const point = longest[Math.floor(longest.length * part)];
    return point ? [point] : [];
  });
  const [point] = points.sort((a, b) => away(b) - away(a));
  if (point === undefined) return nothing;
  const [x, y] = point;
  const late = x > width * 0.6;
  return svg`<text class="strong halo" x=${x + (late ? -8 : 8)} y=${y + (late ? -6 : 16)} text-anchor=${late ? "end" : "start"}>${text}</text>`;
}

customElements.get("cw-heat") ?? customElements.define("cw-heat", HeatFigure);

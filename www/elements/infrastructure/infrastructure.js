// What has to be built and what it uses: a small chart for each, of columns by year, and bars against figures that people know.
import { html, nothing, svg, unsafeCSS } from "lit";
import { stackedColumns } from "../../charts/columns.js";
import { labelledYears, yearScale } from "../../charts/plot.js";
import { strings } from "../../strings/index.js";
import { FigureElement } from "../figure/figure.js";
import { ghost } from "../figure/ghost.js";
import { pointedIndex, readingSlider } from "../figure/reading.js";
import { properties } from "../properties.js";
import styles from "./infrastructure.css?inline";

/** @import { InfrastructureData, Measure, Reference } from "../../figures/infrastructure.js" */

const LEFT = 34;
const RIGHT = 2;
const GAP = 20;
const HEIGHT = 118;
/** The least width of a small chart. */
const SMALL = 128;

/** @extends {FigureElement<InfrastructureData>} */
export class InfrastructureFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(styles)];

  /**
   * @param {InfrastructureData} data
   * @param {number} width
   */
  picture(data, width) {
    const { measures, years } = data;
    if (measures.length === 0) return nothing;
    const columns = Math.max(1, Math.min(3, Math.floor((width + GAP) / (SMALL + GAP))));
    const each = Math.floor((width - GAP * (columns - 1)) / columns);
    const index = this.readIndex(years);
    return html`
      <div class="plot backer">
        <div
          class="panes"
          role="img"
          aria-labelledby="heading"
          aria-describedby="description"
          ${properties({ "--columns": String(columns) })}
        >
          ${measures.map((measure) => this.#pane(data, measure, each, index))}
        </div>
        ${readingSlider({
          max: years.length - 1,
          value: index,
          left: 8,
          width: width - 16,
          label: strings.figures.read(data.heading),
          text: data.say(index),
          read: (read) => {
            this.reading = read;
          },
        })}
        ${this.#readout(data, index)} ${this.#references(data)}
      </div>
    `;
  }

  /**
   * @param {InfrastructureData} data
   * @param {Measure} measure
   * @param {number} width
   * @param {number} index of the year that is read
   */
  #pane({ years, tick }, { id, label, unit, values, base, used, limit, peak }, width, index) {
    const box = { left: LEFT, right: width - RIGHT, top: 6, bottom: HEIGHT - 20 };
    const { columns, ticks, step, place, beyond, zero } = stackedColumns({
      layers: [{ id, values }],
      years,
      box,
      ticks: 3,
      marks: [base ?? []],
    });
    const { scale: x } = yearScale(years, box);
    return html`
      <div class="pane">
        <h3>${label}</h3>
        <p>${unit}<br />${peak}</p>
        <svg
          viewBox="0 0 ${width} ${HEIGHT}"
          width=${width}
          height=${HEIGHT}
          aria-hidden="true"
          @pointermove=${(/** @type {PointerEvent & { currentTarget: SVGElement }} */ event) => {
            this.reading = pointedIndex(event, { left: LEFT, step, count: years.length });
          }}
        >
          <rect class="cursor" x=${box.left + index * step} y=${box.top} width=${step} height=${box.bottom - box.top} />
          ${ticks.map(
            ({ value, at }) => svg`
              <line class="grid" x1=${box.left} x2=${box.right} y1=${at} y2=${at} />
              <text x=${box.left - 5} y=${at + 4} text-anchor="end">${tick(value)}</text>`,
          )}
          ${columns.map(({ x: left, width: wide, segments }, i) => {
            const [was, could, inUse] = [base?.[i] ?? null, limit?.[i] ?? null, used?.[i] ?? null];
            const read = i === index ? "read" : "";
            return svg`
              ${segments.map(({ y, height }) => svg`<rect class="column ${used ? "whole" : read}" x=${left} y=${y} width=${wide} height=${height} />`)}
              ${inUse === null ? nothing : svg`<rect class="column ${read}" x=${left} y=${place(inUse)} width=${wide} height=${zero - place(inUse)} />`}
              ${could === null || beyond(could) ? nothing : svg`<line class="limit" x1=${left - 1} x2=${left + wide + 1} y1=${place(could)} y2=${place(could)} />`}
              ${was === null || was === values[i] || beyond(was) ? nothing : ghost(left - 1, place(was), left + wide + 1, place(was))}`;
          })}
          <line class="zero" x1=${box.left} x2=${box.right} y1=${zero} y2=${zero} />
          ${labelledYears(years, step, 34).map(
            (year) => svg`<text x=${x(year) + step / 2} y=${HEIGHT - 4} text-anchor="middle">${`\u2019${String(year).slice(-2)}`}</text>`,
          )}
        </svg>
      </div>
    `;
  }

  /**
   * @param {InfrastructureData} data
   * @param {number} index
   */
  #readout({ years, measures, changed, show, usedLabel, limitLabel }, index) {
    const at = (/** @type {Measure["base"]} */ values) => show(values?.[index] ?? null);
    return html`
      <div class="readout">
        <h3>${strings.figures.inYear(String(years[index]))}</h3>
        <ul>
          ${measures.map(
            ({ label, say, values, base, used, limit }) => html`
              <li>
                <span class="swatch ${used ? "whole" : "used"}"></span><span class="name">${label}</span>
                ${base && at(base) !== at(values) ? html`<span class="was">${strings.figures.was(say(base[index]))}</span>` : nothing}
                <span class="value">${say(values[index] ?? null)}</span>
              </li>
              ${used
                ? html`<li>
                    <span class="swatch used"></span><span class="name">${usedLabel}</span><span class="value">${at(used)}</span>
                  </li>`
                : nothing}
              ${limit
                ? html`<li>
                    <span class="swatch limit"></span><span class="name">${limitLabel}</span><span class="value">${at(limit)}</span>
                  </li>`
                : nothing}
            `,
          )}
          ${changed ? html`<li><span class="swatch dashed"></span><span class="name">${strings.figures.baseLegend}</span></li>` : nothing}
        </ul>
      </div>
    `;
  }

  /** @param {InfrastructureData} data */
  #references({ references, referencesTitle, missing, sourceLabel }) {
    if (references.length === 0 && missing === "") return nothing;
    return html`
      <div class="references">
        <h3>${referencesTitle}</h3>
        <ul>
          ${references.map(
            ({ text, shareText, wasText, share, base, source }) => html`
              <li>
                ${text} <b>${shareText}</b>${wasText === null ? nothing : html` <span class="was">(${wasText})</span>`}.
                ${source === null
                  ? nothing
                  : html`<span class="source"
                      >${sourceLabel}:
                      ${source.url === null ? source.name : html`<a href=${source.url} target="_blank" rel="noreferrer">${source.name}</a>`}</span
                    >`}
                ${bar(share, base)}
              </li>
            `,
          )}
        </ul>
        ${missing === "" ? nothing : html`<p class="notes">${missing}</p>`}
      </div>
    `;
  }
}

/**
 * The figure that people know as a frame, and the part of it, or what is more than it, as a bar.
 * @param {Reference["share"]} share
 * @param {Reference["base"]} base
 */
function bar(share, base) {
  const longest = Math.max(1, share, base ?? 0);
  const percent = (/** @type {number} */ part) => `${(100 * part) / longest}%`;
  return html`
    <div class="compare" aria-hidden="true">
      <div class="whole-bar" ${properties({ width: percent(1) })}></div>
      <div class="part" ${properties({ width: percent(share) })}></div>
      ${base === null || base === share ? nothing : html`<div class="before" ${properties({ left: percent(base) })}></div>`}
    </div>
  `;
}

customElements.get("cw-infrastructure") ?? customElements.define("cw-infrastructure", InfrastructureFigure);

// What is put into the lab by year, as columns, and below them, over the same years, who owns it: areas that fill the whole height.
// A quarter of distress is a triangle under its column.
import { html, nothing, svg, unsafeCSS } from "lit";
import { stackedColumns } from "../../charts/columns.js";
import { linePath, pointsOf, ribbonPath } from "../../charts/lines.js";
import { labelledYears, yearScale } from "../../charts/plot.js";
import { scaleOver } from "../../charts/track.js";
import { strings } from "../../strings/index.js";
import { FigureElement } from "../figure/figure.js";
import { ghost } from "../figure/ghost.js";
import { pointedIndex, scrubber } from "../figure/reading.js";
import styles from "./funding.css?inline";

/** @import { FundingData } from "../../figures/funding.js" */

const LEFT = 44;
const RIGHT = 8;
const TOP = 12;
const BETWEEN = 52;
const LABELS = 22;
/** The least height in which a name finds room. */
const NAMED = 18;

/** @extends {FigureElement<FundingData>} */
export class FundingFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(styles)];

  /**
   * @param {FundingData} data
   * @param {number} width
   */
  picture(data, width) {
    const { years, layers, net, owners, at, distress } = data;
    const narrow = width < 480;
    const sides = { left: LEFT, right: width - RIGHT };
    const upper = { ...sides, top: TOP, bottom: TOP + (narrow ? 140 : 170) };
    const lower = { ...sides, top: upper.bottom + BETWEEN, bottom: upper.bottom + BETWEEN + (narrow ? 150 : 190) };
    const height = lower.bottom + LABELS;
    const columns = stackedColumns({ layers, years, box: upper, ticks: 4, marks: [net.values, net.base ?? []] });
    const { scale: x } = yearScale(years, upper);
    const y = scaleOver({ low: 0, high: 1, left: lower.bottom, right: lower.top });
    // What came later is measured from above, so that the three fill the height without being added up.
    const down = scaleOver({ low: 0, high: 1, left: lower.top, right: lower.bottom });
    const tones = new Map(layers.map(({ id, tone }) => [id, tone]));
    const index = this.readIndex(years);
    const column = columns.columns[index];

    const [backer, , later] = owners;
    const ceiling = at.map(() => 1);
    const lines = (/** @type {"quarters" | "base"} */ which) => ({
      floor: pointsOf(at, at.map(() => 0), x, y),
      backer: pointsOf(at, backer?.[which], x, y),
      later: pointsOf(at, later?.[which], x, down),
      top: pointsOf(at, ceiling, x, y),
    });
    const now = lines("quarters");
    const areas = [
      { id: "backer", from: now.floor, to: now.backer },
      { id: "holders", from: now.backer, to: now.later },
      { id: "later", from: now.later, to: now.top },
    ];
    const was = data.changed ? lines("base") : null;

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
            this.reading = pointedIndex(event, { left: LEFT, step: columns.step, count: years.length });
          }}
        >
          <defs>
            <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="hatch-ground" width="6" height="6" />
              <line class="hatch-line" x1="0" y1="0" x2="0" y2="6" />
            </pattern>
            <pattern id="later" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
              <rect class="hatch-ground" width="6" height="6" />
              <line class="later-line" x1="0" y1="0" x2="0" y2="6" />
            </pattern>
          </defs>
          ${column
            ? svg`<rect class="cursor" x=${column.middle - columns.step / 2} y=${TOP} width=${columns.step} height=${lower.bottom - TOP} />`
            : nothing}
          ${columns.ticks.map(
            ({ value, at: place }) => svg`
              <line class="grid" x1=${sides.left} x2=${sides.right} y1=${place} y2=${place} />
              <text x=${sides.left - 6} y=${place + 4} text-anchor="end">${data.tick(value)}</text>`,
          )}
          ${columns.columns.map(({ x: left, width: wide, middle, segments }, i) => {
            const [value, base] = [net.values[i] ?? null, net.base?.[i] ?? null];
            const troubled = (distress[i] ?? 0) > 0;
            return svg`
              ${segments.map(
                ({ id, y: top, height: tall }) =>
                  svg`<rect class="segment tone-${tones.get(id)}" x=${left} y=${top} width=${wide} height=${tall} />`,
              )}
              ${base === null || base === value ? nothing : ghost(left - 2, columns.place(base), left + wide + 2, columns.place(base))}
              ${troubled ? triangle(middle, columns.zero + 4) : nothing}`;
          })}
          <line class="zero" x1=${sides.left} x2=${sides.right} y1=${columns.zero} y2=${columns.zero} />
          <text class="pane" x="0" y=${lower.top - 12}>${data.ownersUnit}</text>
          ${areas.map(({ id, from, to }) => svg`<path class="area ${id}" d=${ribbonPath(from, to)} />`)}
          ${was === null
            ? nothing
            : [was.backer, was.later].map(
                (points) => svg`<path class="ghost-ground" d=${linePath(points)} /><path class="ghost" d=${linePath(points)} />`,
              )}
          ${[0, 0.25, 0.5, 0.75, 1].map(
            (part) => svg`<text x=${sides.left - 6} y=${y(part) + 4} text-anchor="end">${data.tick(part * 100)}</text>`,
          )}
          ${owners.map(({ id, short }, i) => {
            const { from = [], to = [] } = areas[i] ?? {};
            const [low, high] = [from[0]?.[1] ?? 0, to[0]?.[1] ?? 0];
            const [endLow, endHigh] = [from.at(-2)?.[1] ?? 0, to.at(-2)?.[1] ?? 0];
            const start = (from[0]?.[0] ?? 0) + 8;
            if (low - high >= NAMED) return svg`<text class="inside ${id}" x=${start} y=${(low + high) / 2 + 4}>${short}</text>`;
            if (endLow - endHigh < NAMED) return nothing;
            return svg`<text class="inside ${id}" x=${sides.right - 8} y=${(endLow + endHigh) / 2 + 4} text-anchor="end">${short}</text>`;
          })}
          ${column ? svg`<path class="reading" d=${`M${column.middle + columns.step / 2},${lower.top}V${lower.bottom}`} />` : nothing}
          ${labelledYears(years, columns.step, narrow ? 30 : 40).map(
            (year) =>
              svg`<text x=${x(year) + columns.step / 2} y=${height - 5} text-anchor="middle">${narrow ? `\u2019${String(year).slice(-2)}` : year}</text>`,
          )}
        </svg>
        ${scrubber({
          years,
          index,
          left: LEFT,
          step: columns.step,
          title: data.heading,
          text: this.#spoken(data, index),
          read: (read) => {
            this.reading = read;
          },
        })}
        ${this.#readout(data, index)}
      </div>
    `;
  }

  /**
   * @param {FundingData} data
   * @param {number} index
   */
  #readout({ years, layers, net, owners, distress, distressText, distressLegend, changed, show, percent }, index) {
    /**
     * @param {string} swatch
     * @param {string} label
     * @param {string} value
     * @param {string} was
     */
    const item = (swatch, label, value, was) => html`
      <li>
        <span class="swatch ${swatch}"></span><span class="name">${label}</span>
        ${changed && was !== value ? html`<span class="was">${strings.figures.was(was)}</span>` : nothing}
        <span class="value">${value}</span>
      </li>
    `;
    const at = (/** @type {readonly (number | null)[] | null} */ values) => values?.[index] ?? null;
    const quarters = distress[index] ?? 0;
    return html`
      <div class="readout">
        <h3>${strings.figures.inYear(String(years[index]))}</h3>
        <ul>
          ${layers.map(({ label, tone, values, base }) => item(`tone-${tone}`, label, show(at(values)), show(at(base))))}
          ${layers.length > 1 ? item("blank", net.label, show(at(net.values)), show(at(net.base))) : nothing}
          ${owners.map(({ id, label, years: values, baseYears }) => item(id, label, percent(at(values)), percent(at(baseYears))))}
          ${distress.some((count) => count > 0)
            ? html`<li>
                <svg class="key" viewBox="-6 0 12 10" aria-hidden="true">${triangle(0, 0)}</svg>
                <span class="name">${quarters > 0 ? distressText(quarters) : distressLegend}</span>
              </li>`
            : nothing}
          ${changed ? html`<li><span class="swatch dashed"></span><span class="name">${strings.figures.baseLegend}</span></li>` : nothing}
        </ul>
      </div>
    `;
  }

  /**
   * @param {FundingData} data
   * @param {number} index
   */
  #spoken({ years, net, owners, distress, distressText, show, percent }, index) {
    const quarters = distress[index] ?? 0;
    return [
      `${years[index]}: ${net.label} ${show(net.values[index] ?? null)}`,
      ...owners.map(({ label, years: values }) => `${label} ${percent(values[index] ?? null)}`),
      ...(quarters > 0 ? [distressText(quarters)] : []),
    ].join(", ");
  }
}

/**
 * @param {number} x of its top
 * @param {number} y
 */
const triangle = (x, y) => svg`<path class="distress" d=${`M${x},${y}l5,9h-10z`} />`;

customElements.get("cw-funding") ?? customElements.define("cw-funding", FundingFigure);

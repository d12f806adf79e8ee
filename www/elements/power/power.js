// The backer's capacity for the lab in gigawatts, its electricity in terawatt-hours, and both against figures that people know.
import { html, nothing, svg, unsafeCSS } from "lit";
import { stackedColumns } from "../../charts/columns.js";
import { areaPath, linePath, pointsOf } from "../../charts/lines.js";
import { extentWithZero, labelledYears, valueScale, yearScale } from "../../charts/plot.js";
import { properties } from "../properties.js";
import { strings } from "../../strings/index.js";
import { FigureElement } from "../figure/figure.js";
import { ghost } from "../figure/ghost.js";
import { pointedIndex, scrubber } from "../figure/reading.js";
import styles from "./power.css?inline";

/** @import { Box, Tick } from "../../charts/plot.js" */
/** @import { PowerData } from "../../figures/power.js" */

const LEFT = 36;
const RIGHT = 8;
const GAP = 32;

/** @extends {FigureElement<PowerData>} */
export class PowerFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(styles)];

  /**
   * @param {PowerData} data
   * @param {number} width
   */
  picture(data, width) {
    const two = width >= 620;
    const paneWidth = two ? Math.floor((width - GAP) / 2) : width;
    const box = { left: LEFT, right: paneWidth - RIGHT, top: 8, bottom: 168 };
    const index = this.readIndex(data.years);
    const { step } = yearScale(data.years, box);
    return html`
      <div class="plot">
        <div class="panes ${two ? "two" : ""}">
          <div class="pane">
            <h3>${strings.power.gw}</h3>
            ${this.#power(data, box, paneWidth, index)}
          </div>
          <div class="pane">
            <h3>${strings.power.twh}</h3>
            ${this.#energy(data, box, paneWidth, index)}
          </div>
        </div>
        ${scrubber({
          years: data.years,
          index,
          left: LEFT,
          step,
          title: data.heading,
          text: this.#spoken(data, index),
          read: (read) => {
            this.reading = read;
          },
        })}
        ${this.#readout(data, index)}
        <ul class="references">
          ${data.references.map(
            ({ text, shareText, share }) => html`
              <li>
                ${text} <b>${shareText}</b>
                <div class="compare">
                  <div class="whole" ${properties({ width: `${100 / Math.max(1, share)}%` })}></div>
                  <div class="part" ${properties({ width: `${100 * Math.min(1, share)}%` })}></div>
                </div>
              </li>
            `,
          )}
        </ul>
      </div>
    `;
  }

  /**
   * @param {PowerData} data
   * @param {Box} box
   * @param {number} width
   * @param {number} index
   */
  #power({ years, at, installed, used, limit, baseInstalled, tick }, box, width, index) {
    const [low, high] = extentWithZero([...installed, ...(baseInstalled ?? [])]);
    const { scale: y, ticks } = valueScale([low, high], box, 4);
    const { scale: x, step } = yearScale(years, box);
    const points = (/** @type {ArrayLike<number> | null} */ values) => pointsOf(at, values, x, y);
    const clip = `M${box.left},${box.top}H${box.right}V${box.bottom}H${box.left}Z`;
    return this.#frame({ years, box, width, step, ticks, tick, index, x }, [
      svg`<clipPath id="inside"><path d=${clip} /></clipPath>`,
      svg`<path class="used" d=${areaPath(points(used), box.bottom)} />`,
      svg`<path class="limit" clip-path="url(#inside)" d=${linePath(points(limit))} />`,
      baseInstalled ? svg`<path class="ghost" d=${linePath(points(baseInstalled))} />` : nothing,
      svg`<path class="installed" d=${linePath(points(installed))} />`,
    ]);
  }

  /**
   * @param {PowerData} data
   * @param {Box} box
   * @param {number} width
   * @param {number} index
   */
  #energy({ years, energy, baseEnergy, tick }, box, width, index) {
    const { columns, ticks, step, place } = stackedColumns({
      layers: [{ id: "energy", values: energy }],
      years,
      box,
      ticks: 4,
      marks: [baseEnergy ?? []],
    });
    const { scale: x } = yearScale(years, box);
    return this.#frame({ years, box, width, step, ticks, tick, index, x }, [
      columns.map(({ x: left, width: columnWidth, segments }, i) =>
        segments.map(
          ({ y, height }) =>
            svg`<rect class="energy ${i === index ? "read" : ""}" x=${left} y=${y} width=${columnWidth} height=${height} />`,
        ),
      ),
      columns.map(({ x: left, width: columnWidth }, i) => {
        const base = baseEnergy?.[i] ?? null;
        if (base === null) return nothing;
        return ghost(left - 2, place(base), left + columnWidth + 2, place(base));
      }),
    ]);
  }

  /**
   * @param {object} plot
   * @param {readonly number[]} plot.years
   * @param {Box} plot.box
   * @param {number} plot.width
   * @param {number} plot.step
   * @param {readonly Tick[]} plot.ticks
   * @param {(value: number) => string} plot.tick
   * @param {number} plot.index
   * @param {(year: number) => number} plot.x
   * @param {unknown} content
   */
  #frame({ years, box, width, step, ticks, tick, index, x }, content) {
    const height = box.bottom + 22;
    return html`
      <svg
        class="backer"
        viewBox="0 0 ${width} ${height}"
        width=${width}
        height=${height}
        role="img"
        aria-labelledby="heading"
        aria-describedby="description"
        @pointermove=${(/** @type {PointerEvent & { currentTarget: SVGElement }} */ event) => {
          this.reading = pointedIndex(event, { left: LEFT, step, count: years.length });
        }}
      >
        <rect class="cursor" x=${box.left + index * step} y=${box.top} width=${step} height=${box.bottom - box.top} />
        ${ticks.map(
          ({ value, at }) => svg`
            <line class="grid" x1=${box.left} x2=${box.right} y1=${at} y2=${at} />
            <text x=${box.left - 6} y=${at + 4} text-anchor="end">${tick(value)}</text>`,
        )}
        ${content}
        <line class="zero" x1=${box.left} x2=${box.right} y1=${box.bottom} y2=${box.bottom} />
        ${labelledYears(years, step, 40).map(
          (year) => svg`<text x=${x(year) + step / 2} y=${height - 5} text-anchor="middle">${year}</text>`,
        )}
      </svg>
    `;
  }

  /**
   * @param {PowerData} data
   * @param {number} index
   */
  #readout({ years, energy, baseEnergy, installedByYear, show }, index) {
    const value = (/** @type {readonly (number | null)[]} */ values) => show(values[index] ?? null);
    return html`
      <div class="readout backer">
        <h3>${strings.figures.inYear(String(years[index]))}</h3>
        <ul>
          <li>
            <span class="swatch stroke"></span><span class="name">${strings.power.installed}</span>
            <span class="value">${strings.units.gigawattsOf(value(installedByYear))}</span>
          </li>
          <li>
            <span class="swatch energy-swatch"></span><span class="name">${strings.power.energy}</span>
            ${baseEnergy ? html`<span class="was">${strings.figures.was(value(baseEnergy))}</span>` : nothing}
            <span class="value">${strings.units.terawattHoursOf(value(energy))}</span>
          </li>
          <li><span class="swatch used-swatch"></span><span class="name">${strings.power.used}</span></li>
          <li><span class="swatch limit-swatch"></span><span class="name">${strings.power.limit}</span></li>
          ${baseEnergy ? html`<li><span class="swatch dashed"></span><span class="name">${strings.figures.baseLegend}</span></li>` : nothing}
        </ul>
      </div>
    `;
  }

  /**
   * @param {PowerData} data
   * @param {number} index
   */
  #spoken({ years, energy, installedByYear, show }, index) {
    const [gw, twh] = [installedByYear, energy].map((values) => show(values[index] ?? null));
    return strings.power.inYear(String(years[index]), strings.units.terawattHoursOf(twh ?? ""), strings.units.gigawattsOf(gw ?? ""));
  }
}

customElements.define("cw-power", PowerFigure);

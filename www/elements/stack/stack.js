// Stacked columns by calendar year, and below them, over the same years, the line that they lead to: flows and what they add up
// to, earnings and the cash that is left.
import { html, nothing, svg, unsafeCSS } from "lit";
import { hasCut, stackedColumns } from "../../charts/columns.js";
import { areaPath, linePath, pointsOf } from "../../charts/lines.js";
import { extentWithZero, indexOf, labelledYears, valueScale, yearScale } from "../../charts/plot.js";
import { strings } from "../../strings/index.js";
import { FigureElement } from "../figure/figure.js";
import { ghost } from "../figure/ghost.js";
import { pointedIndex, scrubber } from "../figure/reading.js";
import styles from "./stack.css?inline";

/** @import { Column } from "../../charts/columns.js" */
/** @import { Tick } from "../../charts/plot.js" */
/** @import { StackData } from "../../figures/stack.js" */

const LEFT = 44;
const RIGHT = 8;
const TOP = 10;
/** Room above the columns for the figure of one that is cut. */
const CUT_LABEL = 22;
const LABELS = 22;
const BETWEEN = 44;

/** @extends {FigureElement<StackData>} */
export class StackFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(styles)];

  /**
   * @param {StackData} data
   * @param {number} width
   */
  picture(data, width) {
    const { years, layers, net, line } = data;
    const narrow = width < 480;
    const [columnsHeight, lineHeight] = narrow ? [190, 84] : [240, 104];
    const sides = { left: LEFT, right: width - RIGHT };
    const marks = [net.values, net.base ?? []];
    const top = TOP + (hasCut({ layers, years, marks }) ? CUT_LABEL : 0);
    const upper = { ...sides, top, bottom: top + columnsHeight };
    const lower = { ...sides, top: upper.bottom + BETWEEN, bottom: upper.bottom + BETWEEN + lineHeight };
    const height = lower.bottom + LABELS;

    const columns = stackedColumns({ layers, years, box: upper, ticks: narrow ? 4 : 6, marks });
    const { scale: x } = yearScale(years, upper);
    const { scale: y, ticks } = valueScale(extentWithZero([...line.values, ...(line.base ?? [])]), lower, 3);
    const points = pointsOf(line.at, line.values, x, y);
    const basePoints = pointsOf(line.at, line.base, x, y);
    const index = this.readIndex(years);
    const column = columns.columns[index];

    return html`
      <div class="plot">
        <svg
          class=${data.tone}
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
          </defs>
          ${column
            ? svg`<rect class="cursor" x=${column.middle - columns.step / 2} y=${top} width=${columns.step}
                height=${lower.bottom - top} />`
            : nothing}
          ${grid(columns.ticks, sides, data.tick)}
          ${columns.columns.map((each) => this.#column(data, each))}
          <line class="zero" x1=${sides.left} x2=${sides.right} y1=${columns.zero} y2=${columns.zero} />
          ${columns.columns.map((each, i) => netMarks(each, net, i, columns, data.show))}
          ${columns.columns.map((each) => this.#cut(data, each, width))}
          <text class="pane" x="0" y=${lower.top - 14}>${line.unit}</text>
          ${grid(ticks, sides, data.tick)}
          <line class="zero" x1=${sides.left} x2=${sides.right} y1=${y(0)} y2=${y(0)} />
          <path class="wash" d=${areaPath(points, y(0))} />
          ${basePoints.length > 0 ? svg`<path class="ghost" d=${linePath(basePoints)} />` : nothing}
          <path class="line" d=${linePath(points)} />
          ${ends(line.values, points, lower.bottom, data.show)}
          ${labelledYears(years, columns.step, narrow ? 30 : 40).map(
            (year) =>
              svg`<text x=${x(year) + columns.step / 2} y=${height - 5} text-anchor="middle">${yearLabel(year, narrow)}</text>`,
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
   * @param {StackData} data
   * @param {Column} column
   */
  #column({ layers }, { x, width, segments }) {
    const tones = new Map(layers.map(({ id, tone }) => [id, tone]));
    return segments.map(
      ({ id, y, height }) =>
        svg`<rect class="segment tone-${tones.get(id)}" x=${x} y=${y} width=${width} height=${height} />`,
    );
  }

  /**
   * The sign that a column goes on beyond the picture, with the figure that it would reach.
   * @param {StackData} data
   * @param {Column} column
   * @param {number} width
   */
  #cut(data, { x, width: columnWidth, middle, cut }, width) {
    if (cut === null) return nothing;
    const label = data.layers.find(({ id }) => id === cut.id)?.label ?? "";
    const above = cut.value >= 0;
    const tear = cut.y + (above ? 12 : -12);
    const steps = [0, 1, 2, 3, 4].map((i) => [x - 2 + ((columnWidth + 4) * i) / 4, tear + (i % 2 === 0 ? 3 : -3)]);
    const late = middle > width * 0.6;
    return svg`
      <path class="tear" d=${`M${steps.map((point) => point.join(",")).join("L")}`} />
      <text class="strong halo" x=${late ? x + columnWidth : x} y=${cut.y + (above ? -8 : 16)} text-anchor=${late ? "end" : "start"}>
        ${strings.figures.clipped(label, data.show(cut.value))} ${above ? "↑" : "↓"}
      </text>`;
  }

  /**
   * @param {StackData} data
   * @param {number} index
   */
  #readout({ years, layers, net, line, show, tone }, index) {
    const changed = net.base !== null;
    /**
     * @param {string} swatch
     * @param {string} label
     * @param {readonly (number | null)[]} values
     * @param {readonly (number | null)[] | null} base
     */
    const item = (swatch, label, values, base) => {
      const [value, was] = [show(values[index] ?? null), show(base?.[index] ?? null)];
      return html`
        <li>
          <span class="swatch ${swatch}"></span><span class="name">${label}</span>
          ${changed && base && was !== value ? html`<span class="was">${strings.figures.was(was)}</span>` : nothing}
          <span class="value">${value}</span>
        </li>
      `;
    };
    return html`
      <div class="readout ${tone}">
        <h3>${strings.figures.inYear(String(years[index]))}</h3>
        <ul>
          ${layers.map(({ label, tone: layerTone, values, base }) => item(`tone-${layerTone}`, label, values, base))}
          ${item("net", net.label, net.values, net.base)}
          ${item("stroke", line.label, line.byYear, line.baseByYear)}
          ${changed ? html`<li><span class="swatch dashed"></span><span class="name">${strings.figures.baseLegend}</span></li>` : nothing}
        </ul>
      </div>
    `;
  }

  /**
   * @param {StackData} data
   * @param {number} index
   */
  #spoken({ years, layers, net, show }, index) {
    const parts = [net, ...layers].map(({ label, values }) => `${label} ${show(values[index] ?? null)}`);
    return `${years[index]}: ${parts.join(", ")}`;
  }
}

/**
 * @param {readonly Tick[]} ticks
 * @param {{ left: number, right: number }} sides
 * @param {(value: number) => string} tick
 */
const grid = (ticks, { left, right }, tick) =>
  ticks.map(
    ({ value, at }) => svg`
      <line class="grid" x1=${left} x2=${right} y1=${at} y2=${at} />
      <text x=${left - 6} y=${at + 4} text-anchor="end">${tick(value)}</text>`,
  );

/**
 * The lowest and the last value of the line, written beside it.
 * @param {StackData["line"]["values"]} values
 * @param {readonly [number, number][]} points
 * @param {number} floor under which the years are written
 * @param {(value: number) => string} show
 */
function ends(values, points, floor, show) {
  const last = points.length - 1;
  const lowest = indexOf(values, "least");
  return [...new Set([lowest, last])].map((i) => {
    const [x, y] = points[i] ?? [0, 0];
    const below = i === lowest && i !== last && y + 20 < floor;
    const anchor = x > 0 && i === last ? "end" : i === 0 ? "start" : "middle";
    return svg`
      <circle class="dot" cx=${x} cy=${y} r="3.5" />
      <text class="strong halo" x=${x} y=${below ? y + 16 : y - 8} text-anchor=${anchor}>${show(values[i] ?? 0)}</text>`;
  });
}

/**
 * What the column comes to: a ring, and a dashed line where it stood in the base case.
 * @param {Column} column
 * @param {StackData["net"]} net
 * @param {number} i
 * @param {Pick<ReturnType<typeof stackedColumns>, "place" | "beyond" | "top">} scale
 * @param {(value: number) => string} show
 */
function netMarks({ x, width, middle, cut }, net, i, { place, beyond, top }, show) {
  const value = net.values[i] ?? null;
  const base = net.base?.[i] ?? null;
  if (cut !== null) return nothing;
  if (base !== null && beyond(base)) {
    return svg`<text class="halo" x=${x + width} y=${top - 8} text-anchor="end">${strings.figures.was(show(base))} ↑</text>`;
  }
  return svg`
    ${base === null ? nothing : ghost(x - 2, place(base), x + width + 2, place(base))}
    ${value === null ? nothing : svg`<circle class="net" cx=${middle} cy=${place(value)} r=${Math.min(4, width / 4)} />`}`;
}

/**
 * @param {number} year
 * @param {boolean} short
 */
const yearLabel = (year, short) => (short ? `\u2019${String(year).slice(-2)}` : String(year));

customElements.get("cw-stack") ?? customElements.define("cw-stack", StackFigure);

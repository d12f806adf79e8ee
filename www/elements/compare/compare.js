// Old terms, new terms: what each agreement is worth to each side, joined by lines whose middles say who won what, and below them the
// figures and the clauses of all agreements side by side, or how sure it is who won what.
import { html, nothing, svg, unsafeCSS } from "lit";
import { linePath } from "../../charts/lines.js";
import { middles, slopes } from "../../charts/slopes.js";
import { strings } from "../../strings/index.js";
import { viewSwitch } from "../figure/controls.js";
import controls from "../figure/controls.css?inline";
import { FigureElement } from "../figure/figure.js";
import { sideMark } from "../figure/mark.js";
import styles from "./compare.css?inline";
import { spreadPicture } from "./spread.js";

/** @import { Point } from "../../charts/slopes.js" */
/** @import { CompareData } from "../../figures/compare.js" */

const LEFT = 36;
const TOP = 40;

/** @extends {FigureElement<CompareData>} */
export class CompareFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(controls), unsafeCSS(styles)];

  /**
   * @param {CompareData} data
   * @param {number} width
   */
  picture(data, width) {
    return html`
      ${this.#slopes(data, width)} ${viewSwitch(data, (view) => this.choose({ view }))}
      ${data.spread === null ? this.#table(data) : spreadPicture(data.spread, width, data.tick)}
    `;
  }

  /**
   * @param {CompareData} data
   * @param {number} width
   */
  #slopes({ deals, lines, tick }, width) {
    const narrow = width < 480;
    const box = { left: LEFT, right: width, top: TOP, bottom: TOP + (narrow ? 220 : 260) };
    const height = box.bottom + 10;
    const { x, y, ticks, step, lines: drawn } = slopes({
      series: lines.map(({ values }) => values),
      marks: lines.flatMap(({ base }) => base ?? []),
      columns: deals.length,
      box,
      ticks: narrow ? 4 : 6,
    });
    const known = (/** @type {readonly (Point | null)[]} */ points) =>
      points.filter((point) => point !== null).map((point) => /** @type {[number, number]} */ ([point.x, point.y]));
    const changed = lines.some(({ base }) => base !== null);
    return html`
      <ul class="legend">
        ${lines.map(({ side, name }) => html`<li class=${side}><span class="mark"></span>${name}</li>`)}
        ${changed ? html`<li><span class="swatch dashed"></span>${strings.figures.baseLegend}</li>` : nothing}
      </ul>
      <div class="plot">
        <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-labelledby="heading" aria-describedby="description">
          ${deals.map(({ name, chosen }, i) => {
            const line = `M${x(i) - step / 2 + 6},20h${step - 12}`;
            return svg`
              <text class=${chosen ? "strong" : ""} x=${x(i)} y="14" text-anchor="middle">${name}</text>
              ${chosen ? svg`<path class="chosen" d=${line} />` : nothing}`;
          })}
          ${ticks.map(
            ({ value, at }) => svg`
              <line class="grid" x1=${box.left} x2=${box.right} y1=${at} y2=${at} />
              <text x=${box.left - 6} y=${at + 4} text-anchor="end">${tick(value)}</text>`,
          )}
          <line class="zero" x1=${box.left} x2=${box.right} y1=${y(0)} y2=${y(0)} />
          ${lines.map(({ base }) =>
            base === null
              ? nothing
              : svg`<path class="ghost" d=${linePath(base.flatMap((value, i) => (value === null ? [] : [[x(i), y(value)]])))} />`,
          )}
          ${lines.map(({ side }, k) => svg`<path class="line ${side}" d=${linePath(known(drawn[k] ?? []))} />`)}
          ${lines.map(({ side, texts, changes, shortChanges }, k) => {
            const points = drawn[k] ?? [];
            const other = drawn[1 - k] ?? [];
            return svg`
              <g class=${side}>
                ${middles(points).map((middle, i) =>
                  middle === null
                    ? nothing
                    : svg`<text class="change halo" x=${middle.x} y=${middle.y + 4} text-anchor="middle">${narrow ? shortChanges[i] : changes[i]}</text>`,
                )}
                ${points.map((point, i) => {
                  if (point === null) return nothing;
                  const below = point.y > (other[i]?.y ?? Infinity);
                  return svg`
                    ${sideMark(side, point.x, point.y)}
                    <text class="strong halo" x=${point.x} y=${point.y + (below ? 20 : -11)} text-anchor="middle">${texts[i]}</text>`;
                })}
              </g>`;
          })}
        </svg>
      </div>
    `;
  }

  /** @param {CompareData} data */
  #table(data) {
    const { deals, head, rows, region } = data;
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${region}>
        <table class="side-by-side">
          <thead>
            <tr>
              <th scope="col">${head}</th>
              ${deals.map(({ name, chosen }) => html`<th scope="col" class=${chosen ? "chosen" : ""}>${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ label, cells, strong, metric }) => html`
                <tr class=${strong ? "strong" : ""}>
                  <th scope="row">
                    ${metric === null
                      ? label
                      : html`<button type="button" class="explain" aria-haspopup="dialog" @click=${() => this.explain(metric)}>${label}</button>`}
                  </th>
                  ${cells.map(
                    ({ value, change }, i) =>
                      html`<td class=${deals[i]?.chosen ? "chosen" : ""}>
                        ${value}${change === "" ? nothing : html`<span class="was">${change}</span>`}
                      </td>`,
                  )}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}

customElements.get("cw-compare") ?? customElements.define("cw-compare", CompareFigure);

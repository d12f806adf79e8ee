// Old terms, new terms: what each agreement is worth to each side, joined by lines whose middles say who won what, and below them the
// figures and the clauses of all agreements side by side, or how sure it is who won what. Scenarios, which do not follow each other,
// stand side by side unjoined. What is compared is chosen above.
import { html, nothing, svg, unsafeCSS } from "lit";
import { live } from "lit/directives/live.js";
import { linePath } from "../../charts/lines.js";
import { middles, slopes } from "../../charts/slopes.js";
import { wrapped } from "../../charts/wrap.js";
import { strings } from "../../strings/index.js";
import { viewSwitch } from "../figure/controls.js";
import controls from "../figure/controls.css?inline";
import { FigureElement } from "../figure/figure.js";
import { ghost } from "../figure/ghost.js";
import { sideMark } from "../figure/mark.js";
import styles from "./compare.css?inline";
import { spreadPicture } from "./spread.js";

/** @import { Point } from "../../charts/slopes.js" */
/** @import { CompareData, SideLine } from "../../figures/compare.js" */

const LEFT = 36;
/** The names of what is compared stand above, in up to so many lines. */
const NAME_LINES = 3;
const LINE = 14;
/** How far the two sides stand apart where nothing joins them. */
const APART = 0.17;

/** @extends {FigureElement<CompareData>} */
export class CompareFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(controls), unsafeCSS(styles)];

  /** @param {CompareData} data */
  controls({ choice }) {
    const { legend, summary, hint, groups, toggle, reset } = choice;
    return html`
      <details class="choice">
        <summary>${summary}</summary>
        <fieldset aria-describedby="choice-hint">
          <legend class="visually-hidden">${legend}</legend>
          ${groups.map(
            ({ label, options }, g) => html`
              <div role="group" aria-labelledby="choice-${g}">
                <p class="group" id="choice-${g}">${label}</p>
                ${options.map(
                  ({ id, title, picked, disabled }) => html`
                    <label class=${disabled ? "off" : ""}>
                      <input
                        type="checkbox"
                        value=${id}
                        .checked=${live(picked)}
                        aria-disabled=${disabled ? "true" : nothing}
                        @click=${(/** @type {Event} */ event) => disabled && event.preventDefault()}
                        @change=${() => disabled || this.choose({ with: toggle(id) })}
                      /><span>${title}</span>
                    </label>
                  `,
                )}
              </div>
            `,
          )}
          <p class="hint" id="choice-hint" role="status">${hint}</p>
          ${reset === null ? nothing : html`<button type="button" class="link" @click=${() => this.choose({ with: undefined })}>${reset}</button>`}
        </fieldset>
      </details>
    `;
  }

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
  #slopes({ deals, lines, joined, tick }, width) {
    const narrow = width < 480;
    const names = deals.map(({ name }) => wrapped(name, { width: (width - LEFT) / deals.length - 8, size: narrow ? 12 : 13, lines: NAME_LINES }));
    const rows = Math.max(1, ...names.map((all) => all.length));
    const top = 26 + rows * LINE;
    const box = { left: LEFT, right: width, top, bottom: top + (narrow ? 220 : 260) };
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
          ${deals.map(({ chosen }, i) => {
            const line = `M${x(i) - step / 2 + 6},${rows * LINE + 6}h${step - 12}`;
            return svg`
              ${(names[i] ?? []).map((text, k) => svg`<text class=${chosen ? "strong" : ""} x=${x(i)} y=${LINE * (k + 1)} text-anchor="middle">${text}</text>`)}
              ${chosen ? svg`<path class="chosen" d=${line} />` : nothing}`;
          })}
          ${ticks.map(
            ({ value, at }) => svg`
              <line class="grid" x1=${box.left} x2=${box.right} y1=${at} y2=${at} />
              <text x=${box.left - 6} y=${at + 4} text-anchor="end">${tick(value)}</text>`,
          )}
          <line class="zero" x1=${box.left} x2=${box.right} y1=${y(0)} y2=${y(0)} />
          ${joined ? nothing : unjoined(lines, { x, y, apart: step * APART, narrow })}
          ${lines.map(({ base }) =>
            base === null || !joined
              ? nothing
              : svg`<path class="ghost" d=${linePath(base.flatMap((value, i) => (value === null ? [] : [[x(i), y(value)]])))} />`,
          )}
          ${joined ? lines.map(({ side }, k) => svg`<path class="line ${side}" d=${linePath(known(drawn[k] ?? []))} />`) : nothing}
          ${(joined ? lines : []).map(({ side, texts, changes, shortChanges }, k) => {
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
        <table class="side-by-side of-${deals.length}">
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

/**
 * Both sides' values of each thing compared, on stems from zero beside each other.
 * @param {readonly SideLine[]} lines
 * @param {{ x: (column: number) => number, y: (value: number) => number, apart: number, narrow: boolean }} scale
 */
function unjoined(lines, { x, y, apart, narrow }) {
  return lines.map(({ side, values, texts, shortTexts, base }, k) => {
    const at = (/** @type {number} */ i) => x(i) + (k === 0 ? -apart : apart);
    return svg`
      <g class=${side}>
        ${values.map((value, i) => {
          if (value === null) return nothing;
          const was = base?.[i] ?? null;
          return svg`
            <line class="stem" x1=${at(i)} x2=${at(i)} y1=${y(0)} y2=${y(value)} />
            ${was === null || was === value ? nothing : ghost(at(i) - 8, y(was), at(i) + 8, y(was))}
            ${sideMark(side, at(i), y(value))}
            <text class="amount halo" x=${at(i)} y=${y(value) + (value < 0 ? 20 : -11)} text-anchor="middle">${(narrow ? shortTexts : texts)[i]}</text>`;
        })}
      </g>`;
  });
}

customElements.get("cw-compare") ?? customElements.define("cw-compare", CompareFigure);

// What each clause is worth to each side: a pair of bars for every clause or bundle, from a common zero, with the base case as a
// dashed line across each.
import { html, nothing, svg, unsafeCSS } from "lit";
import { horizontalBars } from "../../charts/bars.js";
import { wrapped } from "../../charts/wrap.js";
import { strings } from "../../strings/index.js";
import { viewSwitch } from "../figure/controls.js";
import controls from "../figure/controls.css?inline";
import { FigureElement } from "../figure/figure.js";
import { ghost } from "../figure/ghost.js";
import { sideMark } from "../figure/mark.js";
import styles from "./clauses.css?inline";

/** @import { ClausePairs, PairRow } from "../../figures/clauses.js" */

const BAR = 15;
const BETWEEN = 3;
const AXIS = 22;
/** The height of a line of letters. */
const LINE = 16;

/** @extends {FigureElement<ClausePairs>} */
export class ClausesFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(controls), unsafeCSS(styles)];

  /** @param {ClausePairs} data */
  controls(data) {
    return viewSwitch(data, (view) => this.choose({ view }));
  }

  /**
   * @param {ClausePairs} data
   * @param {number} width
   */
  picture(data, width) {
    const narrow = width < 560;
    const { rows, changed, tick } = data;
    const left = narrow ? 0 : 190;
    const right = width - (narrow ? 86 : changed ? 180 : 96);
    const { zero, bars, ticks } = horizontalBars({
      bars: rows.flatMap((row) => row.bars),
      left,
      right,
      ticks: narrow ? 3 : 6,
    });
    const layout = rowsOf(rows, narrow ? width : left - 16, narrow);
    const height = AXIS + layout.height;

    return html`
      ${this.#legend(data)}
      <div class="plot">
        <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-labelledby="heading" aria-describedby="description">
          ${ticks.map(
            ({ value, at }) => svg`
              <line class="grid" x1=${at} x2=${at} y1=${AXIS - 4} y2=${height} />
              <text x=${at} y=${AXIS - 9} text-anchor=${at < 14 ? "start" : "middle"}>${tick(value)}</text>`,
          )}
          ${rows.map((row, i) => {
            const { top, lines, holds, barsTop } = layout.rows[i] ?? { top: 0, lines: [], holds: [], barsTop: 0 };
            return svg`
              ${i > 0 ? svg`<line class="rule" x1="0" x2=${width} y1=${AXIS + top} y2=${AXIS + top} />` : nothing}
              ${lines.map((line, k) => svg`<text class="name halo ${this.still ? "" : "explained"}" x="0" y=${AXIS + top + 17 + k * LINE}>${line}</text>`)}
              ${holds.map((line, k) => svg`<text class="halo" x="0" y=${AXIS + top + 17 + (lines.length + k) * LINE}>${line}</text>`)}
              ${row.bars.map(({ side, text, baseText }, k) => {
                const { x = 0, width: length = 0, base = null } = bars[i * 2 + k] ?? {};
                const y = AXIS + barsTop + k * (BAR + BETWEEN);
                const amount = right + 82;
                return svg`
                  <g class=${side}>
                    <rect class="bar" x=${x} y=${y} width=${Math.max(length, 1)} height=${BAR} />
                    ${base === null ? nothing : ghost(base, y - 1, base, y + BAR + 1)}
                    ${sideMark(side, right + 10, y + BAR / 2)}
                    <text class="amount" x=${amount} y=${y + 12} text-anchor="end">${text}</text>
                    ${baseText !== null && !narrow ? svg`<text x=${amount + 8} y=${y + 12}>${baseText}</text>` : nothing}
                  </g>`;
              })}`;
          })}
          <line class="zero" x1=${zero} x2=${zero} y1=${AXIS - 4} y2=${height} />
        </svg>
        ${this.still
          ? nothing
          : rows.map(({ label, price }, i) => {
              const { top, lines, holds } = layout.rows[i] ?? { top: 0, lines: [], holds: [] };
              const height = Math.max(24, (lines.length + holds.length) * LINE + 6);
              const place = `inset-block-start:${AXIS + top + 2}px;block-size:${height}px;inline-size:${narrow ? width : left - 16}px`;
              return html`
                <button type="button" class="over" aria-haspopup="dialog" aria-label=${strings.clauses.explain(label)} .style=${place} @click=${() => this.explain(price)}></button>
              `;
            })}
      </div>
      ${this.#totals(data)}
    `;
  }

  /** @param {ClausePairs} data */
  #legend({ sides, changed }) {
    return html`
      <ul class="legend">
        ${sides.map(
          ({ side, name }) => html`<li class=${side}><span class="mark"></span>${name}</li>`,
        )}
        ${changed ? html`<li><span class="swatch dashed"></span>${strings.figures.baseLegend}</li>` : nothing}
      </ul>
    `;
  }

  /** @param {ClausePairs} data */
  #totals({ totals, sides }) {
    return html`
      <table class="totals">
        <thead>
          <tr>
            <th scope="col">${totals.title}</th>
            ${sides.map(({ side, name }) => html`<th scope="col" class=${side}><span class="mark"></span>${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${totals.rows.map(
            ({ label, cells, strong }) => html`
              <tr class=${strong ? "strong" : ""}>
                <th scope="row">${label}</th>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr>
            `,
          )}
        </tbody>
      </table>
    `;
  }
}

/**
 * Where each row stands: its name beside the bars where there is room, above them where there is not.
 * @param {readonly PairRow[]} rows
 * @param {number} width for the names
 * @param {boolean} narrow
 */
function rowsOf(rows, width, narrow) {
  const pair = 2 * BAR + BETWEEN;
  let height = 0;
  const placed = rows.map(({ label, holds }) => {
    const top = height;
    const lines = wrapped(label, { width, size: 13, lines: 2 });
    const below = holds === "" ? [] : wrapped(holds, { width, size: 12, lines: 2 });
    const names = (lines.length + below.length) * LINE;
    const barsTop = top + (narrow ? names + 8 : 8);
    height = Math.max(barsTop + pair, narrow ? 0 : top + names + 4) + 10;
    return { top, lines, holds: below, barsTop };
  });
  return { rows: placed, height };
}

customElements.get("cw-clauses") ?? customElements.define("cw-clauses", ClausesFigure);

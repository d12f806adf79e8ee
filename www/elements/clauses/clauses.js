// What each clause is worth, as bars from a common zero, with the base case as a dashed line across each.
import { html, nothing, svg, unsafeCSS } from "lit";
import { horizontalBars } from "../../charts/bars.js";
import { FigureElement } from "../figure/figure.js";
import { ghost } from "../figure/ghost.js";
import styles from "./clauses.css?inline";

/** @import { ClauseBars } from "../../figures/clauses.js" */

/** @extends {FigureElement<ClauseBars>} */
export class ClausesFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(styles)];

  /**
   * @param {ClauseBars} data
   * @param {number} width
   */
  picture({ bars }, width) {
    const narrow = width < 480;
    const row = narrow ? 40 : 28;
    const thickness = 16;
    const changed = bars.some(({ baseText }) => baseText !== null);
    const left = narrow ? 0 : 172;
    const right = width - (changed && !narrow ? 172 : 72);
    const { zero, bars: drawn } = horizontalBars({ bars, left, right: Math.max(left + 40, right) });
    const height = bars.length * row + 4;
    const ends = Math.max(...drawn.map(({ x, width: length, base }) => Math.max(x + length, base ?? 0)));

    return html`
      <div class="plot">
        <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-labelledby="heading" aria-describedby="description">
          ${bars.map(({ tone, label, text, baseText }, i) => {
            const { x = 0, width: length = 0, base = null } = drawn[i] ?? {};
            const top = i * row + (narrow ? 20 : 6);
            const amountX = narrow ? width : Math.max(ends, zero) + 8;
            const was = baseText !== null ? svg`<tspan class="was"> ${baseText}</tspan>` : nothing;
            return svg`
              <text class="name" x=${narrow ? 0 : left - 12} y=${narrow ? top - 5 : top + 13} text-anchor=${narrow ? "start" : "end"}>${label}</text>
              <rect class="bar tone-${tone}" x=${x} y=${top} width=${Math.max(length, 1)} height=${thickness} />
              <line class="zero" x1=${zero} x2=${zero} y1=${narrow ? top - 2 : i * row} y2=${narrow ? top + thickness + 2 : (i + 1) * row} />
              ${base === null ? nothing : ghost(base, top - 3, base, top + thickness + 3)}
              <text class="amount" x=${amountX} y=${narrow ? top - 5 : top + 13} text-anchor=${narrow ? "end" : "start"}>${text}${was}</text>`;
          })}
        </svg>
      </div>
    `;
  }
}

customElements.define("cw-clauses", ClausesFigure);

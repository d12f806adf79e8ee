// Who pays whom in a year: streams from payers through the lab to payees, with a slider of years. Where there is room what the
// backer is paid comes together at its right; on a narrow screen each part of it stands for itself, with the backer's mark.
import { html, nothing, svg, unsafeCSS } from "lit";
import { live } from "lit/directives/live.js";
import { streams } from "../../charts/sankey.js";
import { strings } from "../../strings/index.js";
import controls from "../figure/controls.css?inline";
import { FigureElement } from "../figure/figure.js";
import { sideMark } from "../figure/mark.js";
import styles from "./payments.css?inline";

/** @import { PlacedNode } from "../../charts/sankey.js" */
/** @import { PaymentNode, PaymentsData, Place } from "../../figures/payments.js" */

const WIDE = 640;
const TOP = 22;
const NODE = 10;
/** The height of a line of letters. */
const LINE = 15;

/** @type {Record<"wide" | "narrow", Record<Place, number>>} */
const COLUMNS = {
  wide: { payer: 0, lab: 1, purpose: 2, payee: 3 },
  narrow: { payer: 0, lab: 1, purpose: 2, payee: 2 },
};

/** @extends {FigureElement<PaymentsData>} */
export class PaymentsFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(controls), unsafeCSS(styles)];

  /** @param {PaymentsData} data */
  controls({ years, year, yearLabel, spoken }) {
    return html`
      <div class="controls">
        <div class="year">
          <label for="year">${yearLabel}</label>
          <output for="year">${year}</output>
          <div>
            <input
              id="year"
              type="range"
              min=${years[0] ?? 0}
              max=${years.at(-1) ?? 0}
              step="1"
              .value=${live(String(year))}
              aria-valuetext=${spoken}
              @input=${(/** @type {InputEvent & { target: HTMLInputElement }} */ { target }) =>
                this.choose({ year: target.valueAsNumber })}
            />
          </div>
          <div aria-hidden="true"><span>${years[0]}</span><span>${years.at(-1)}</span></div>
        </div>
      </div>
    `;
  }

  /**
   * @param {PaymentsData} data
   * @param {number} width
   */
  picture(data, width) {
    const wide = width >= WIDE;
    const columns = COLUMNS[wide ? "wide" : "narrow"];
    // Where the backer's parts stand for themselves, they are not gathered once more.
    const nodes = data.nodes.filter(({ id }) => wide || id !== "backer");
    const links = data.links.filter(({ to }) => wide || to !== "backer");
    const most = Math.max(...[0, 1, 2, 3].map((column) => nodes.filter(({ place }) => columns[place] === column).length));
    const lines = wide ? 1 : 2;
    const apart = lines * LINE + 4;
    const height = TOP + (wide ? Math.max(440, most * (apart + 16)) : Math.max(420, most * (apart + 26)));
    const box = { left: 0, right: width, top: TOP, bottom: height - 8 };
    const { nodes: places, links: paths } = streams({
      nodes: nodes.map(({ id, place, value, base }) => ({ id, column: columns[place], value, base })),
      links,
      box,
      thickness: NODE,
      apart,
    });
    return html`
      <ul class="legend">
        ${data.legend.map(
          ({ side, label }) => html`<li class=${side ?? ""}><span class="swatch stream"></span>${side ? html`<span class="mark"></span>` : nothing}${label}</li>`,
        )}
        ${data.changed ? html`<li><span class="swatch dashed"></span>${strings.figures.baseLegend}</li>` : nothing}
      </ul>
      <div class="plot">
        <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-labelledby="heading" aria-describedby="description">
          ${links.map(({ side }, i) => {
            const { d = "", width: thick = 0 } = paths[i] ?? {};
            return thick > 0 ? svg`<path class="stream ${side ?? ""}" d=${d} stroke-width=${Math.max(thick, 0.75)} />` : nothing;
          })}
          ${nodes.map((node, i) => {
            const placed = places[i];
            return placed ? drawn(node, placed, wide, width) : nothing;
          })}
        </svg>
        ${this.#lists(data)}
      </div>
    `;
  }

  /** @param {PaymentsData} data */
  #lists({ lists, totalLabel }) {
    return html`
      <div class="readout lists">
        ${lists.map(
          ({ title, total, rows }) => html`
            <div>
              <h3>${title}</h3>
              <ul>
                ${rows.map(
                  ({ label, side, text, was }) => html`
                    <li class=${side ?? ""}>
                      ${side ? html`<span class="mark"></span>` : nothing}<span class="name">${label}</span>
                      ${was === null ? nothing : html`<span class="was">${was}</span>`}
                      <span class="value">${text}</span>
                    </li>
                  `,
                )}
                <li class="total"><span class="name">${totalLabel}</span><span class="value">${total}</span></li>
              </ul>
            </div>
          `,
        )}
      </div>
    `;
  }
}

/**
 * A node with its name, on the side where its streams are, or above it in the middle.
 * @param {PaymentNode} node
 * @param {PlacedNode} placed
 * @param {boolean} wide
 * @param {number} width
 */
function drawn({ place, side, label, text }, { x, y, width: thick, height, middle, baseHeight }, wide, width) {
  const left = x > width * 0.75;
  const at = left ? x - 6 : x + thick + 6;
  const anchor = left ? "end" : "start";
  const marked = side === "backer" && place !== "lab";
  const mark = marked ? 13 : 0;
  const words = at + (left ? -mark : mark);
  const first = wide ? middle + 4 : middle - 3;
  return svg`
    <g class="${place} ${side ?? ""}">
      ${height > 0 ? svg`<rect class="node" x=${x} y=${y} width=${thick} height=${Math.max(height, 1)} />` : nothing}
      ${baseHeight === null ? nothing : svg`<rect class="was" x=${x - 1} y=${y} width=${thick + 2} height=${Math.max(baseHeight, 1)} />`}
      ${
        place === "lab"
          ? svg`
            ${sideMark("lab", x + thick / 2, y - 12)}
            <text class="name halo" x=${wide ? x + thick + 6 : x - 4} y=${y - 8} text-anchor=${wide ? "start" : "end"}>${label} <tspan class="amount">${text}</tspan></text>`
          : svg`
            ${marked ? sideMark("backer", left ? at - 4 : at + 4, first - 4) : nothing}
            <text class="name halo" x=${words} y=${first} text-anchor=${anchor}>${label}${wide ? svg` <tspan class="amount">${text}</tspan>` : nothing}</text>
            ${wide ? nothing : svg`<text class="amount halo" x=${words} y=${first + LINE - 1} text-anchor=${anchor}>${text}</text>`}`
      }
    </g>`;
}

customElements.get("cw-payments") ?? customElements.define("cw-payments", PaymentsFigure);

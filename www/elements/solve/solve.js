// What would it take? A question asked backwards: an outcome, a target and a lever to pick, the curve of the outcome over the lever
// with the target and where the two meet, and a button that sets the lever there.
import { html, nothing, unsafeCSS } from "lit";
import { numberField, searchField, segments, selection } from "../figure/controls.js";
import controls from "../figure/controls.css?inline";
import { FigureElement } from "../figure/figure.js";
import { curvePicture } from "./curve.js";
import { evenPicture } from "./even.js";
import styles from "./solve.css?inline";

/** @import { PropertyValues } from "lit" */
/** @import { EvenData } from "../../figures/even.js" */
/** @import { NumberPick, Offer, SolveData } from "../../figures/solve.js" */

/** @extends {FigureElement<SolveData | EvenData>} */
export class SolveFigure extends FigureElement {
  static styles = [...FigureElement.styles, unsafeCSS(controls), unsafeCSS(styles)];

  static properties = { ...FigureElement.properties, find: { state: true } };

  /** What a screen reader is told: the answer to what the reader asks anew, but not to every movement of a slider. */
  #said = "";

  constructor() {
    super();
    /** What the levers in the list must contain. */
    this.find = "";
  }

  /** @param {PropertyValues} changed */
  willUpdate(changed) {
    const before = /** @type {SolveData | EvenData | null | undefined} */ (changed.get("data"));
    if (before && this.data && before.question !== this.data.question) this.#said = this.data.heading;
  }

  /** @param {SolveData | EvenData} data */
  controls(data) {
    const { legend, modes, mode } = data;
    return html`
      <p class="visually-hidden" role="status">${this.#said}</p>
      <div class="controls">
        ${segments({ name: "mode", legend, options: modes, value: mode, pick: (id) => this.choose({ mode: id }) })}
      </div>
      ${data.mode === "even"
        ? html`
            <div class="controls">
              ${selection({ id: "metric", ...data.metrics, pick: (id) => this.choose({ evenMetric: id }) })}
            </div>
          `
        : this.#question(data)}
    `;
  }

  /** @param {SolveData} data */
  #question(data) {
    const { metrics, goals, lever, interval, mode } = data;
    const number = (/** @type {NumberPick} */ field, /** @type {string} */ id) =>
      numberField({ id, ...field, pick: (typed) => this.choose({ ...field.picks(typed) }) });
    const wanted = this.find.trim().toLowerCase();
    const groups = lever.groups
      .map(({ label, options }) => ({
        label,
        options: options.filter(({ id, title }) => id === lever.value || `${label} ${title}`.toLowerCase().includes(wanted)),
      }))
      .filter(({ options }) => options.length > 0);
    return html`
      <div class="controls">
        ${metrics === null
          ? nothing
          : selection({ id: "metric", ...metrics, pick: (id) => this.choose({ metric: id }) })}
        ${goals.map((goal, i) => number(goal, i === 0 ? "goal" : "chance"))}
      </div>
      <div class="controls">
        ${selection({
          id: "lever",
          label: lever.label,
          groups,
          value: lever.value,
          pick: (id) => {
            this.find = "";
            this.choose({ [mode === "fair" ? "fairLever" : "lever"]: id });
          },
        })}
      </div>
      <details class="more">
        <summary>${lever.more}</summary>
        <div class="controls">
          ${searchField({
            id: "find",
            label: lever.find,
            value: this.find,
            pick: (text) => {
              this.find = text;
            },
          })}
          <div class="interval">
            ${interval.map((end, i) => number(end, i === 0 ? "from" : "to"))}
          </div>
        </div>
      </details>
      ${data.offers.length > 0
        ? html`<div class="offers">${data.offers.map((offer) => this.#offer(offer))}</div>`
        : nothing}
    `;
  }

  /** @param {Offer} offer */
  #offer({ path, value, text, name, done }) {
    const set = () =>
      this.dispatchEvent(
        new CustomEvent("quantity-change", { detail: { path, value, settled: true }, bubbles: true, composed: true }),
      );
    return html`<button type="button" class="offer" title=${name} ?disabled=${done} @click=${set}>${text}</button>`;
  }

  /**
   * @param {SolveData | EvenData} data
   * @param {number} width
   */
  picture(data, width) {
    if (data.mode === "even") return evenPicture(data, width);
    return curvePicture(data, width, {
      reading: this.reading,
      read: (index) => {
        this.reading = index;
      },
    });
  }
}

customElements.get("cw-solve") ?? customElements.define("cw-solve", SolveFigure);

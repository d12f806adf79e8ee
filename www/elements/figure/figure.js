// The frame that every figure shares: heading, unit, picture, notes, and the same thing in words and as a table. A figure draws
// its picture for the width that it really has, so that its letters keep their size from a phone to a wide screen.
import { html, nothing, unsafeCSS } from "lit";
import { strings } from "../../strings/index.js";
import shared from "../../styles/shared.css?inline";
import styles from "./figure.css?inline";
import { SaveMenu, figureKinds } from "./menu.js";
import menu from "./menu.css?inline";
import { NearElement } from "./near.js";

/** @import { FigureData } from "../../figures/context.js" */
/** @import { TemplateResult } from "lit" */

/** @typedef {CustomEvent<Record<string, unknown>>} Choose */

/** In less than this no picture has room for its axis, in pixels: the page is still being laid out, or hides the figure. */
const LEAST = 120;

/**
 * @template {FigureData} Data
 * @extends {NearElement<Data>}
 */
export class FigureElement extends NearElement {
  static styles = [unsafeCSS(shared), unsafeCSS(styles), unsafeCSS(menu)];

  static properties = {
    ...NearElement.properties,
    width: { state: true },
    reading: { state: true },
    open: { state: true },
    still: { type: Boolean, reflect: true },
  };

  /** What else can be done with a figure where it stands, by kind: its page says so. @type {Readonly<Record<string, string>>} */
  static offers = {};

  /** @type {ResizeObserver | undefined} */
  #observer;
  #menu = new SaveMenu(this);

  constructor() {
    super();
    /** The width of the picture in pixels; 0 until it is known. */
    this.width = 0;
    /** The index of the year that is read, or null for the one that the figure proposes. @type {number | null} */
    this.reading = null;
    /** Whether the table is in sight. */
    this.open = false;
    /** Whether it is only to be looked at: what can be done with it, and the table, are left out. */
    this.still = false;
  }

  connectedCallback() {
    super.connectedCallback();
    // Known at once, the first drawing has its picture, and nothing below it moves when it comes.
    this.width = this.clientWidth;
    this.#observer = new ResizeObserver(([entry]) => {
      if (entry) this.width = Math.floor(entry.contentRect.width);
    });
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  render() {
    const { data } = this;
    if (data === null) return nothing;
    return html`
      <figure aria-labelledby="heading">
        <p class="kicker" part="kicker">${data.kicker}</p>
        <h2 id="heading" part="heading">${data.heading}</h2>
        ${this.still ? nothing : this.controls(data)}
        <p class="unit" part="unit">${data.unit}</p>
        ${this.width >= LEAST ? this.picture(data, this.width) : nothing}
        ${data.notes.length > 0 ? html`<p class="notes" part="notes">${data.notes.join(" ")}</p>` : nothing}
        ${this.still ? nothing : this.#foot(data)}
      </figure>
    `;
  }

  /** @param {Data} data */
  #foot(data) {
    return html`
      <div class="foot" part="foot">
        ${this.#menu.template({ text: strings.save.title, name: strings.save.of(data.kicker), items: { ...figureKinds, ...FigureElement.offers } })}
        <details
          @toggle=${(/** @type {Event & { target: HTMLDetailsElement }} */ event) => {
            this.open = event.target.open;
            this.looked(this.open);
          }}
        >
          <summary>${strings.figures.table}</summary>
          <p class="description" id="description">${data.description}</p>
          ${this.open ? table(data) : nothing}
        </details>
      </div>
    `;
  }

  /**
   * What the reader can choose in the figure.
   * @param {Data} _data
   * @returns {TemplateResult | typeof nothing}
   */
  controls(_data) {
    return nothing;
  }

  /**
   * Called when the table is opened or closed.
   * @param {boolean} _open
   */
  looked(_open) {}

  /**
   * Tells the page, by a `choose` event, what the reader chose in the figure.
   * @param {Record<string, unknown>} picks
   */
  choose(picks) {
    /** @type {Choose} */
    const event = new CustomEvent("choose", { detail: picks, bubbles: true, composed: true });
    this.dispatchEvent(event);
  }

  /**
   * The picture, drawn by each figure.
   * @param {Data} _data
   * @param {number} _width
   * @returns {TemplateResult | typeof nothing}
   */
  picture(_data, _width) {
    return nothing;
  }

  /**
   * The year that is read: the reader's, or the middle of the period, when the agreement is in full swing.
   * @param {readonly number[]} years
   */
  readIndex(years) {
    return Math.min(this.reading ?? years.length >> 1, years.length - 1);
  }
}

/** @param {FigureData} data */
function table({ heading, table: make }) {
  const { head, rows } = make();
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${strings.figures.tableOf(heading)}>
      <table>
        <thead>
          <tr>
            ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ label, cells }) =>
              html`<tr>
                <th scope="row">${label}</th>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

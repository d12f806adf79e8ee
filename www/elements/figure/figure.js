// The frame that every figure shares: heading, unit, picture, notes, and the same thing in words and as a table. A figure draws
// its picture for the width that it really has, so that its letters keep their size from a phone to a wide screen.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import { strings } from "../../strings/index.js";
import shared from "../../styles/shared.css?inline";
import styles from "./figure.css?inline";

/** @import { FigureData } from "../../figures/context.js" */
/** @import { PropertyValues, TemplateResult } from "lit" */

/** @template {FigureData} Data */
export class FigureElement extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(styles)];

  static properties = {
    data: { attribute: false },
    width: { state: true },
    reading: { state: true },
  };

  /** @type {ResizeObserver | undefined} */
  #observer;

  constructor() {
    super();
    /** @type {Data | null} */
    this.data = null;
    /** The width of the picture in pixels; 0 until it is known. */
    this.width = 0;
    /** The index of the year that is read, or null for the one that the figure proposes. @type {number | null} */
    this.reading = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#observer = new ResizeObserver(([entry]) => {
      if (entry) this.width = Math.floor(entry.contentRect.width);
    });
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  /** @param {PropertyValues} changed */
  shouldUpdate(changed) {
    return this.data !== null && changed.size > 0;
  }

  render() {
    const { data } = this;
    if (data === null) return nothing;
    return html`
      <figure aria-labelledby="heading">
        <h2 id="heading">${data.heading}</h2>
        <p class="unit">${data.unit}</p>
        ${this.width > 0 ? this.picture(data, this.width) : nothing}
        ${data.notes.length > 0 ? html`<p class="notes">${data.notes.join(" ")}</p>` : nothing}
        <details>
          <summary>${strings.figures.table}</summary>
          <p class="description" id="description">${data.description}</p>
          <div class="scroll" tabindex="0" role="region" aria-label=${strings.figures.tableOf(data.heading)}>
            <table>
              <thead>
                <tr>
                  ${data.table.head.map((cell) => html`<th scope="col">${cell}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${data.table.rows.map(
                  ({ label, cells }) =>
                    html`<tr>
                      <th scope="row">${label}</th>
                      ${cells.map((cell) => html`<td>${cell}</td>`)}
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>
        </details>
      </figure>
    `;
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

// The ledger by calendar year: a table, and so its own twin. A row that is a metric by year asks for its explanation by an `explain`
// event.
import { html, nothing, unsafeCSS } from "lit";
import shared from "../../styles/shared.css?inline";
import { strings } from "../../strings/index.js";
import frame from "../figure/figure.css?inline";
import { SaveMenu, figureKinds } from "../figure/menu.js";
import menu from "../figure/menu.css?inline";
import { NearElement } from "../figure/near.js";
import styles from "./ledger.css?inline";

/** @import { Group, Ledger } from "../../figures/ledger.js" */

/** @extends {NearElement<Ledger>} */
export class LedgerTable extends NearElement {
  static styles = [unsafeCSS(shared), unsafeCSS(frame), unsafeCSS(menu), unsafeCSS(styles)];

  static properties = { ...NearElement.properties, still: { type: Boolean, reflect: true } };

  #menu = new SaveMenu(this);

  constructor() {
    super();
    /** Whether it is only to be looked at, as a picture. */
    this.still = false;
  }

  render() {
    const { data } = this;
    if (data === null) return nothing;
    return html`
      <figure aria-labelledby="heading">
        <h2 id="heading" part="heading">${data.heading}</h2>
        <p class="unit" part="unit">${data.unit}</p>
        <p class="visually-hidden">${data.description}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=${data.region}>
          <table>
            <thead>
              <tr>
                <td></td>
                ${data.years.map((year) => html`<th scope="col">${year}</th>`)}
              </tr>
            </thead>
            ${data.groups.map((group) => this.#group(group, data.years.length))}
          </table>
        </div>
        <div class="foot" part="foot">
          ${this.still ? nothing : this.#menu.template({ text: strings.save.title, name: strings.save.of(data.heading), items: figureKinds })}
          ${data.notes.length > 0 ? html`<p class="notes" part="notes">${data.notes.join(" ")}</p>` : nothing}
        </div>
      </figure>
    `;
  }

  /**
   * The name of a row that can be explained.
   * @param {string} label
   * @param {string} metric
   */
  #named(label, metric) {
    return html`<button type="button" class="explain" aria-haspopup="dialog" @click=${() => this.explain(metric)}>${label}</button>`;
  }

  /**
   * @param {Group} group
   * @param {number} years
   */
  #group({ label, side, rows }, years) {
    return html`
      <tbody>
        <tr class="group ${side ?? ""}">
          <th scope="rowgroup">${label}</th>
          <td colspan=${years}></td>
        </tr>
        ${rows.map(
          (row) => html`
            <tr class=${row.was ? "before" : row.strong ? "strong" : ""}>
              <th scope="row">${row.metric === null || this.still ? row.label : this.#named(row.label, row.metric)}</th>
              ${row.cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>
          `,
        )}
      </tbody>
    `;
  }
}

customElements.get("cw-ledger") ?? customElements.define("cw-ledger", LedgerTable);

// The ledger by calendar year: a table, and so its own twin.
import { html, nothing, unsafeCSS } from "lit";
import shared from "../../styles/shared.css?inline";
import frame from "../figure/figure.css?inline";
import { NearElement } from "../figure/near.js";
import styles from "./ledger.css?inline";

/** @import { Group, Ledger } from "../../figures/ledger.js" */

/** @extends {NearElement<Ledger>} */
export class LedgerTable extends NearElement {
  static styles = [unsafeCSS(shared), unsafeCSS(frame), unsafeCSS(styles)];

  render() {
    const { data } = this;
    if (data === null) return nothing;
    return html`
      <figure aria-labelledby="heading">
        <h2 id="heading">${data.heading}</h2>
        <p class="unit">${data.unit}</p>
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
        ${data.notes.length > 0 ? html`<p class="notes">${data.notes.join(" ")}</p>` : nothing}
      </figure>
    `;
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
              <th scope="row">${row.label}</th>
              ${row.cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>
          `,
        )}
      </tbody>
    `;
  }
}

customElements.define("cw-ledger", LedgerTable);

// Texts that the reader takes away: each in a field of its own, with a button that copies it. A native dialog, so that Escape closes it
// and the keyboard goes back to where it was. Closed, it is gone.
import { LitElement, html, unsafeCSS } from "lit";
import { strings } from "../../strings/export.js";
import sheet from "../../styles/dialog.css?inline";
import shared from "../../styles/shared.css?inline";
import styles from "./copy.css?inline";

export class CopyDialog extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(sheet), unsafeCSS(styles)];

  static properties = {
    heading: { type: String },
    texts: { attribute: false },
    said: { state: true },
  };

  constructor() {
    super();
    this.heading = "";
    /** @type {readonly { label: string, text: string }[]} */
    this.texts = [];
    this.said = "";
  }

  firstUpdated() {
    this.renderRoot.querySelector("dialog")?.showModal();
  }

  render() {
    const { cite: words } = strings;
    return html`
      <dialog aria-labelledby="heading" @close=${() => this.remove()} @click=${this.#outside}>
        <form method="dialog">
          <h2 id="heading">${this.heading}</h2>
          ${this.texts.map(
            ({ label, text }, i) => html`
              <div class="text">
                <label for="text-${i}">${label}</label>
                <button
                  type="button"
                  aria-label=${words.copy(label)}
                  @click=${() => this.#copy(i, label)}
                >
                  ${words.copyShort}
                </button>
                <textarea id="text-${i}" readonly rows=${Math.max(3, text.split("\n").length)} .value=${text}></textarea>
              </div>
            `,
          )}
          <p class="said" role="status">${this.said}</p>
          <button class="close">${words.close}</button>
        </form>
      </dialog>
    `;
  }

  /**
   * @param {number} index
   * @param {string} label
   */
  async #copy(index, label) {
    const { cite: words } = strings;
    const field = /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector(`#text-${index}`));
    try {
      await navigator.clipboard.writeText(field.value);
      this.said = words.copied(label);
    } catch {
      // Where the clipboard is closed to the page, the reader's own keys open it.
      field.focus();
      field.select();
      this.said = words.selected(label);
    }
  }

  /** A press on what lies behind closes it. @param {MouseEvent} event */
  #outside(event) {
    if (event.target instanceof HTMLDialogElement) event.target.close();
  }
}

customElements.get("cw-copy") ?? customElements.define("cw-copy", CopyDialog);

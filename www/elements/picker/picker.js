// A choice from a list. It tells the page by a `pick` event with what was chosen.
import { LitElement, html, unsafeCSS } from "lit";
import { live } from "lit/directives/live.js";
import shared from "../../styles/shared.css?inline";
import styles from "./picker.css?inline";

/** @typedef {CustomEvent<string>} Pick */

export class PickerElement extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(styles)];

  static properties = {
    label: { type: String },
    options: { attribute: false },
    value: { type: String },
  };

  constructor() {
    super();
    this.label = "";
    /** @type {readonly { id: string, title: string }[]} */
    this.options = [];
    this.value = "";
  }

  render() {
    return html`
      <label>
        ${this.label}
        <select
          @change=${(/** @type {Event & { target: HTMLSelectElement }} */ event) => this.#pick(event.target.value)}
        >
          ${this.options.map(
            ({ id, title }) => html`<option value=${id} .selected=${live(id === this.value)}>${title}</option>`,
          )}
        </select>
      </label>
    `;
  }

  /** @param {string} id */
  #pick(id) {
    this.value = id;
    /** @type {Pick} */
    const event = new CustomEvent("pick", { detail: id, bubbles: true, composed: true });
    this.dispatchEvent(event);
  }
}

customElements.get("cw-picker") ?? customElements.define("cw-picker", PickerElement);

// The scenarios of the agreement and the reader's own, each a button that applies it. It tells the page by a `pick` event which one, and
// by a `manage` event that the reader wants to save, rename or take away.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import shared from "../../styles/shared.css?inline";
import { strings } from "../../strings/page.js";
import styles from "./scenarios.css?inline";

/** @typedef {{ id: string, title: string, pressed: boolean }} ScenarioButton */

export class ScenariosElement extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(styles)];

  static properties = { given: { attribute: false }, own: { attribute: false } };

  constructor() {
    super();
    /** Those of the agreement. @type {readonly ScenarioButton[]} */
    this.given = [];
    /** The reader's own. @type {readonly ScenarioButton[]} */
    this.own = [];
  }

  render() {
    const words = strings.scenarios;
    return html`
      <div class="row" role="group" aria-label=${words.given}>${this.given.map((each) => this.#button(each))}</div>
      <div class="row" role="group" aria-label=${words.own}>
        ${this.own.length === 0 ? nothing : html`<span class="label" aria-hidden="true">${words.own}</span>`}
        ${this.own.map((each) => this.#button(each))}
        <button type="button" class="manage" aria-haspopup="dialog" @click=${() => this.#tell("manage")}>
          ${this.own.length === 0 ? words.save : words.manage}
        </button>
      </div>
    `;
  }

  /** @param {ScenarioButton} button */
  #button({ id, title, pressed }) {
    return html`
      <button type="button" class="scenario" data-id=${id} aria-pressed=${pressed} @click=${() => this.#tell("pick", id)}>${title}</button>
    `;
  }

  /**
   * @param {"pick" | "manage"} name
   * @param {string} [detail]
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

customElements.get("cw-scenarios") ?? customElements.define("cw-scenarios", ScenariosElement);

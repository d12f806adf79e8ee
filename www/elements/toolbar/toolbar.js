// Undo, redo, reset and the colours, and what can be taken away of the page as a whole. Each button tells the page by an `act` event
// with its name; what is to be saved or shared, by a `save` event.
import { LitElement, html, nothing, svg, unsafeCSS } from "lit";
import { strings } from "../../strings/index.js";
import { strings as words } from "../../strings/page.js";
import shared from "../../styles/shared.css?inline";
import { SaveMenu } from "../figure/menu.js";
import menu from "../figure/menu.css?inline";
import styles from "./toolbar.css?inline";

/** @typedef {"undo" | "redo" | "reset" | "theme"} Action */
/** @typedef {CustomEvent<Action>} Act */

const ICONS = {
  undo: svg`<path d="M3 6h7a3.5 3.5 0 0 1 0 7H6M6 3 3 6l3 3" />`,
  redo: svg`<path d="M13 6H6a3.5 3.5 0 0 0 0 7h4m0-10 3 3-3 3" />`,
  reset: svg`<path d="M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3" />`,
  theme: svg`<circle cx="8" cy="8" r="5.5" /><path d="M8 2.5v11a5.5 5.5 0 0 0 0-11" fill="currentColor" stroke="none" />`,
  save: svg`<path d="M8 2.5v7.5M5 7l3 3 3-3M3 10.5V13h10v-2.5" />`,
};

const { share: _shared, ...here } = words.save.all;
const pageKinds = "share" in navigator ? words.save.all : here;

export class ToolbarElement extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(menu), unsafeCSS(styles)];

  static properties = {
    canUndo: { type: Boolean },
    canRedo: { type: Boolean },
    canReset: { type: Boolean },
    theme: { type: String },
  };

  #menu = new SaveMenu(this);

  constructor() {
    super();
    this.canUndo = false;
    this.canRedo = false;
    this.canReset = false;
    /** @type {"auto" | "light" | "dark"} */
    this.theme = "auto";
  }

  render() {
    const { actions } = words;
    return html`
      <div class="bar" role="group">
        ${this.#button("undo", actions.undo, actions.undo, !this.canUndo)}
        ${this.#button("redo", actions.redo, actions.redo, !this.canRedo)}
        ${this.#button("reset", strings.actions.reset, actions.resetAll, !this.canReset)}
        ${this.#button("theme", "", `${actions.theme}: ${actions.themes[this.theme]}`, false)}
        ${this.#menu.template({
          text: html`<svg viewBox="0 0 16 16" aria-hidden="true">${ICONS.save}</svg><span class="text">${strings.save.title}</span>`,
          name: words.save.page,
          items: pageKinds,
        })}
      </div>
    `;
  }

  /**
   * @param {Action} action
   * @param {string} text
   * @param {string} name begins with the text, so that someone who speaks the button by what they see is understood
   * @param {boolean} disabled
   */
  #button(action, text, name, disabled) {
    const act = () => {
      /** @type {Act} */
      const event = new CustomEvent("act", { detail: action, bubbles: true, composed: true });
      this.dispatchEvent(event);
    };
    return html`
      <button type="button" id=${action} title=${name} aria-label=${name} ?disabled=${disabled} @click=${act}>
        <svg viewBox="0 0 16 16" aria-hidden="true">${ICONS[action]}</svg>
        ${text === "" ? nothing : html`<span class="text">${text}</span>`}
      </button>
    `;
  }
}

customElements.get("cw-toolbar") ?? customElements.define("cw-toolbar", ToolbarElement);

// One quantity or term of a group, to be moved: `<clause-lever path="agi.year">`. It is a slider, a switch or a list, as the quantity is.
import { html, nothing, unsafeCSS } from "lit";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import "../elements/lever/lever.js";
import { leverOf, wordOf } from "../figures/lever.js";
import { strings as words } from "../strings/embed.js";
import { strings } from "../strings/index.js";
import { format } from "./engine.js";
import styles from "./lever.css?inline";
import { MemberElement } from "./member.js";

/** @import { QuantityChange } from "../elements/lever/lever.js" */
/** @import { Value } from "../state/state.js" */

export class LeverMember extends MemberElement {
  static styles = [...MemberElement.styles, unsafeCSS(styles)];

  static properties = { ...MemberElement.properties, path: { type: String } };

  constructor() {
    super();
    /** Which quantity or term of the deal file. */
    this.path = "";
  }

  render() {
    const session = this.joined?.session ?? null;
    const { path } = this;
    if (session === null) return html`${this.problems([path === "" ? words.nothingNamed("path") : null])}<slot></slot>`;
    const { info, store, fault } = session;
    const state = store.state.deal === info.id ? store.state : (session.shown?.state ?? store.state);
    const context = { info, state, format, strings, fault };
    const lever = leverOf(path, context);
    const word = lever === null ? wordOf(path, context) : null;
    if (lever === null && word === null) {
      return html`${this.problems([path === "" ? words.nothingNamed("path") : words.noQuantity(path, info.title)])}<slot></slot>`;
    }
    return html`
      ${this.problems([])}
      <div
        part="lever"
        @quantity-change=${(/** @type {QuantityChange} */ event) => this.#move(event)}
        @about=${this.#tell}
        @find-assumption=${this.#leave}
      >
        ${lever ? html`<cw-lever data-path=${lever.path} .data=${guard(lever.parts, lever.data)}></cw-lever>` : nothing}
        ${word ? this.#word(word) : nothing}
      </div>
      ${this.spoken()}
    `;
  }

  /** @param {NonNullable<ReturnType<typeof wordOf>>} word */
  #word({ label, options, value }) {
    if (options === null) {
      const pick = (/** @type {Event & { target: HTMLInputElement }} */ { target }) => this.#pick(target.checked);
      return html`<label class="choice">
        ${label} <input type="checkbox" role="switch" .checked=${live(value === true)} @change=${pick} />
      </label>`;
    }
    const pick = (/** @type {Event & { target: HTMLSelectElement }} */ { target }) => this.#pick(target.value);
    return html`<label class="choice">
      ${label}
      <select @change=${pick}>
        ${options.map(({ id, title }) => html`<option value=${id} .selected=${live(id === value)}>${title}</option>`)}
      </select>
    </label>`;
  }

  /** @param {Value} value */
  #pick(value) {
    this.joined?.move(this.path, value, { by: this, settled: true });
  }

  /** @param {QuantityChange} event */
  #move(event) {
    event.stopPropagation();
    const { path, value, settled } = event.detail;
    this.joined?.move(path, value, { by: this, settled });
  }

  #tell = (/** @type {Event} */ event) => {
    event.stopPropagation();
    void this.joined?.words();
  };

  /** The table of all assumptions is on the whole page. */
  #leave = (/** @type {Event} */ event) => {
    event.stopPropagation();
    if (this.joined) window.open(this.joined.link, "_blank", "noopener");
  };
}

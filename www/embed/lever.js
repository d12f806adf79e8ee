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

/**
 * A slider, a switch or a list for one assumption or term.
 * @element clause-lever
 * @attr {string} path - Which, by its path in the deal file: agi.year, clauses.revenue-share.rate, clauses.hosting.enabled.
 * @attr {string} group - The name of the shared state; elements of one name share one.
 * @attr {string} deal - Where the group begins, if this is its first element: the id of the agreement.
 * @attr {string} scenario - Where the group begins: the id of a scenario.
 * @attr {string} state - Where the group begins, in the grammar of links.
 * @attr {"auto"|"light"|"dark"} theme - Its colours; `auto` follows the color-scheme of the page around.
 * @slot - What is shown until the engine has answered, and where it cannot.
 * @csspart lever - All of it.
 * @csspart problems - What is wrong, in words.
 * @cssprop --clauseworth-backer - The colour of the backer.
 * @cssprop --clauseworth-lab - The colour of the lab.
 * @cssprop --clauseworth-ink - Text.
 * @cssprop --clauseworth-paper - The ground on which it stands.
 * @cssprop --clauseworth-accent - The outline of what has the keyboard.
 * @cssprop --clauseworth-changed - What differs from the base case.
 * @cssprop --clauseworth-font - The type.
 * @cssprop --clauseworth-heading-font - The type of sentences and headings, where it is another.
 */
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
        @find-assumption=${this.leave}
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
}

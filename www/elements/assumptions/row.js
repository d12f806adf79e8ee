// One assumption: its value to change where it stands, how it is uncertain, and where it comes from. A change of the value is told
// by a `quantity-change` event, one of the distribution by a `spread-change` event, both with the path.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import { live } from "lit/directives/live.js";
import { dayOf, decimalYear } from "../../format/dates.js";
import { fromDisplay, toDisplay } from "../../format/format.js";
import { strings } from "../../strings/assumptions.js";
import { strings as page } from "../../strings/index.js";
import shared from "../../styles/shared.css?inline";
import styles from "./row.css?inline";
import { spreadEditor } from "./spread.js";

/** @import { PropertyValues } from "lit" */
/** @import { Spread } from "../../engine/types.d.ts" */
/** @import { AssumptionData } from "../../figures/assumptions.js" */
/** @import { Value } from "../../state/state.js" */

/** @typedef {CustomEvent<{ path: string, spread: Spread }>} SpreadChange */
/** @typedef {Event & { target: HTMLInputElement }} InputChange */
/** @typedef {Event & { target: HTMLSelectElement }} SelectChange */

const NEVER = "never";

export class AssumptionRow extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(styles)];

  static properties = {
    data: { attribute: false },
    complaint: { state: true },
    editing: { state: true },
    draft: { state: true },
  };

  constructor() {
    super();
    /** @type {AssumptionData | null} */
    this.data = null;
    /** What is wrong with what was typed. @type {string | null} */
    this.complaint = null;
    /** Whether the distribution is being changed. */
    this.editing = false;
    /** The distribution as far as it is typed, where that cannot be taken yet. @type {Spread | null} */
    this.draft = null;
  }

  /** @param {PropertyValues} changed */
  willUpdate(changed) {
    if (changed.has("data")) {
      // What the row itself has told the page says nothing against what is being typed.
      if (this.data?.value !== this.#told) this.complaint = null;
      this.draft = null;
    }
  }

  render() {
    const { data } = this;
    if (data === null) return nothing;
    const changed = data.value !== data.reference || data.spreadWas !== null;
    return html`
      <div class="row ${changed ? "changed" : ""}">
        <div class="name" role="rowheader">
          <span class="label">${data.label}</span>${data.phrase === "" ? nothing : html` <span class="unit">${data.phrase}</span>`}
          ${data.note === "" ? nothing : html`<p class="note">${data.note}</p>`}
          <p class="path">${data.path}</p>
        </div>
        <div class="value" role="cell">${this.#field(data)} ${this.#was(data, changed)}</div>
        <div class="spread" role="cell">${this.#spread(data)}</div>
        <div class="source" role="cell">${source(data)}</div>
        ${this.editing && data.spread !== null
          ? html`<div class="editor" role="cell" id="editor">
              ${spreadEditor(data, this.draft ?? data.spread, {
                draft: (spread) => (this.draft = spread),
                change: (spread) => this.#respread(spread),
              })}
              ${data.spreadFault === null ? nothing : html`<p class="fault" role="alert">${data.spreadFault}</p>`}
            </div>`
          : nothing}
      </div>
    `;
  }

  /** Brings the row into view, and the keyboard to its field. */
  async visit() {
    this.editing = (this.data?.kinds.length ?? 0) > 0;
    await this.updateComplete;
    this.scrollIntoView({ block: "center" });
    const field = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(".value input, .value select"));
    field?.focus({ preventScroll: true });
  }

  /** @param {AssumptionData} data */
  #field(data) {
    const complaint = this.complaint ?? data.fault;
    const name = strings.value(data.label, [data.sign, data.phrase].filter((text) => text !== "").join(" "));
    const described = complaint === null ? nothing : "fault";
    const invalid = complaint === null ? "false" : "true";
    const never = data.value === NEVER;
    const box = () => {
      switch (data.form) {
        case "flag":
          return html`<label class="check"
            ><input
              type="checkbox"
              aria-label=${name}
              aria-invalid=${invalid}
              aria-describedby=${described}
              .checked=${live(data.value === true || data.value === 1)}
              @change=${(/** @type {InputChange} */ { target }) => this.#tell(data.truth ? target.checked : Number(target.checked))}
            /><span aria-hidden="true">${data.show(data.value)}</span></label
          >`;
        case "choice":
          return html`<select
            aria-label=${name}
            aria-invalid=${invalid}
            aria-describedby=${described}
            @change=${(/** @type {SelectChange} */ { target }) => this.#tell(target.value)}
          >
            ${data.choices.map(({ id, title }) => html`<option value=${id} .selected=${live(id === data.value)}>${title}</option>`)}
          </select>`;
        case "date":
          return html`<input
            type="date"
            aria-label=${name}
            aria-invalid=${invalid}
            aria-describedby=${described}
            .value=${live(typeof data.value === "number" ? isoOf(data.value) : "")}
            @change=${(/** @type {InputChange} */ { target }) => this.#date(data, target)}
          />`;
        default:
          return html`<input
              type="number"
              inputmode="decimal"
              step=${data.whole ? 1 : "any"}
              aria-label=${name}
              aria-invalid=${invalid}
              aria-describedby=${described}
              .value=${live(this.complaint === null && typeof data.value === "number" ? String(toDisplay(data.value, data.factor)) : this.#typed)}
              @input=${(/** @type {InputChange} */ { target }) => this.#number(data, target, false)}
              @change=${(/** @type {InputChange} */ { target }) => this.#number(data, target, true)}
            />${data.sign === "" ? nothing : html`<span class="sign" aria-hidden="true">${data.sign}</span>`}`;
      }
    };
    return html`
      <div class="field">
        ${box()}
        ${data.never
          ? html`<label class="check never"
              ><input
                type="checkbox"
                aria-label=${strings.never(data.label)}
                .checked=${live(never)}
                @change=${(/** @type {InputChange} */ { target }) => this.#tell(target.checked ? NEVER : this.#someDay(data))}
              /><span aria-hidden="true">${page.levers.never}</span></label
            >`
          : nothing}
      </div>
      ${complaint === null ? nothing : html`<p class="fault" id="fault">${complaint}</p>`}
    `;
  }

  /**
   * @param {AssumptionData} data
   * @param {boolean} changed
   */
  #was({ label, value, reference, show }, changed) {
    if (!changed) return nothing;
    return html`<p class="was">
      ${value === reference ? nothing : html`<span>${strings.was(show(reference))}</span>`}
      <button type="button" class="link" aria-label=${strings.reset(label)} @click=${() => this.#tell(reference)}>
        ${page.actions.reset}
      </button>
    </p>`;
  }

  /** @param {AssumptionData} data */
  #spread({ label, kinds, spread, spreadText, spreadWas, spreadFault }) {
    if (spread === null || kinds.length === 0) return nothing;
    return html`
      <p class=${spread.kind === "none" ? "soft" : ""}>${spreadText}</p>
      ${spreadWas === null ? nothing : html`<p class="was">${strings.was(spreadWas)}</p>`}
      ${spreadFault === null || this.editing ? nothing : html`<p class="fault">${spreadFault}</p>`}
      <button
        type="button"
        class="link"
        aria-expanded=${this.editing ? "true" : "false"}
        aria-label=${this.editing ? strings.doneOf(label) : strings.editOf(label)}
        @click=${() => (this.editing = !this.editing)}
      >
        ${this.editing ? strings.done : strings.edit}
      </button>
    `;
  }

  /** What stands in the box while it cannot be taken. */
  #typed = "";
  /** What held before the reader began to type. @type {{ value: Value } | null} */
  #held = null;
  /** The last value that was told the page. @type {Value | null} */
  #told = null;

  /**
   * @param {AssumptionData} data
   * @param {HTMLInputElement} box
   * @param {boolean} settled
   */
  #number(data, box, settled) {
    const number = fromDisplay(box.valueAsNumber, data.factor);
    this.#typed = box.value;
    this.#held ??= { value: data.value };
    const { value } = this.#held;
    if (settled) this.#held = null;
    if (Number.isNaN(number)) {
      // An empty box is someone about to type. Left empty, it goes back to the value that held.
      if (settled) this.#tell(value);
      else if (box.validity.badInput) this.complaint = page.levers.notANumber;
      return;
    }
    if (data.allows(number)) {
      this.#tell(number, settled);
      return;
    }
    // What was typed on the way there is nobody's choice.
    if (settled) this.#tell(value);
    this.complaint = data.whole && !Number.isInteger(number) ? strings.notWhole : data.bounds;
  }

  /**
   * @param {AssumptionData} data
   * @param {HTMLInputElement} box
   */
  #date(data, box) {
    const year = box.value === "" ? null : decimalYear(box.value);
    // A date that is being typed passes through the first centuries.
    if (year === null) this.requestUpdate();
    else if (data.allows(year)) this.#tell(year);
    else this.complaint = data.bounds;
  }

  /** Where a date that was never begins. @param {AssumptionData} data */
  #someDay({ reference, spread }) {
    const middle = spread?.points?.at(-1)?.[0];
    return typeof reference === "number" ? reference : (middle ?? SOME_DAY);
  }

  /**
   * @param {Value} value
   * @param {boolean} [settled]
   */
  #tell(value, settled = true) {
    this.complaint = null;
    this.#told = value;
    const detail = { path: this.data?.path ?? "", value, settled };
    this.dispatchEvent(new CustomEvent("quantity-change", { detail, bubbles: true, composed: true }));
  }

  /** @param {Spread} spread */
  #respread(spread) {
    this.draft = spread;
    const detail = { path: this.data?.path ?? "", spread };
    this.dispatchEvent(new CustomEvent("spread-change", { detail, bubbles: true, composed: true }));
  }
}

const SOME_DAY = 2035;

/** @param {number} year */
const isoOf = (year) => dayOf(year).toISOString().slice(0, 10);

/** @param {AssumptionData} data */
const source = ({ status, source: from, truth }) => html`
  ${status === null
    ? nothing
    : html`<span class="badge ${status.id}" title=${status.meaning}>${status.text}<span class="visually-hidden">: ${status.meaning}</span></span>`}
  ${from === null
    ? status === null && !truth
      ? html`<span class="soft">${strings.noSource}</span>`
      : nothing
    : from.url === null
      ? html`<span class="from">${from.title}</span>`
      : html`<a class="from" href=${from.url} target="_blank" rel="noreferrer">${from.title}<span class="visually-hidden">, ${strings.newTab}</span></a>`}
  ${from === null || from.by === "" ? nothing : html`<span class="by">${from.by}</span>`}
`;

customElements.get("cw-assumption") ?? customElements.define("cw-assumption", AssumptionRow);

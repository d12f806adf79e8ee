// One quantity to move: a native slider, and a number box for those who know the number. The slider says its value with its unit
// to a screen reader, and a year may be "never". Where the value comes from, and how uncertain it is, is folded away below.
//
// It shows what is being done to it at once, and tells the page by a `quantity-change` event with the path, the value and whether
// the movement has settled.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import { live } from "lit/directives/live.js";
import { fromDisplay, toDisplay } from "../../format/format.js";
import { properties } from "../properties.js";
import { strings } from "../../strings/index.js";
import shared from "../../styles/shared.css?inline";
import styles from "./lever.css?inline";

/** @import { PropertyValues } from "lit" */
/** @import { LeverData } from "../../figures/levers.js" */
/** @import { Value } from "../../state/state.js" */

/** @typedef {CustomEvent<{ path: string, value: Value, settled: boolean }>} QuantityChange */
/** @typedef {InputEvent & { target: HTMLInputElement }} FieldEvent */

const NEVER = "never";

export class LeverElement extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(styles)];

  static properties = {
    data: { attribute: false },
    value: { state: true },
    complaint: { state: true },
    open: { state: true },
  };

  constructor() {
    super();
    /** @type {LeverData | null} */
    this.data = null;
    /** What the reader sees now, which may be ahead of what the page has heard. @type {Value} */
    this.value = 0;
    /** What is wrong with what was typed. @type {string | null} */
    this.complaint = null;
    /** Whether is in sight where the value comes from. */
    this.open = false;
  }

  /** @param {PropertyValues} changed */
  willUpdate(changed) {
    if (changed.has("data") && this.data !== null) {
      if (this.data.value !== this.value) this.complaint = null;
      this.value = this.data.value;
    }
  }

  render() {
    const { data } = this;
    if (data === null) return nothing;
    const changed = this.value !== data.reference || data.respread;
    return html`
      <div class="lever ${changed ? "changed" : ""}">
        ${data.form === "switch" ? this.#switch(data) : this.#slider(data)} ${this.#meta(data, changed)}
      </div>
    `;
  }

  /** @param {LeverData} data */
  #slider(data) {
    const { label, about, sign, phrase, year, track, spread, reference, show } = data;
    const never = this.value === NEVER;
    const shown = typeof this.value === "number" ? this.#display(this.value) : null;
    const part = (/** @type {number} */ value) =>
      Math.min(1, Math.max(0, (value - track.min) / (track.max - track.min)));
    const name = strings.levers.valueWithUnit(label, [sign, phrase].filter((text) => text !== "").join(" "));
    const complaint = this.complaint ?? data.fault;
    // A decimal year is also said as a month.
    const unit = year && !never && !Number.isInteger(shown) ? show(this.value) : phrase;
    return html`
      <div class="head">
        <label class="label" for="slider" title=${about}
          >${label}${unit === "" ? nothing : html` <span class="unit">${unit}</span>`}</label
        >
        <span class="value">
          <input
            class="box"
            type="number"
            inputmode="decimal"
            step="any"
            aria-label=${name}
            aria-invalid=${complaint === null ? "false" : "true"}
            aria-describedby=${complaint === null ? nothing : "fault"}
            placeholder=${never ? strings.levers.never : nothing}
            .value=${live(shown === null ? "" : this.complaint === null ? String(shown) : this.#typed)}
            @input=${(/** @type {FieldEvent} */ event) => this.#type(event.target, false)}
            @change=${(/** @type {FieldEvent} */ event) => this.#type(event.target, true)}
          />
          ${sign === "" ? nothing : html`<span class="suffix" aria-hidden="true">${sign}</span>`}
        </span>
      </div>
      <div class="track">
        <input
          id="slider"
          class="slider"
          type="range"
          min=${track.min}
          max=${track.max}
          step=${track.step}
          .value=${live(String(shown ?? track.max))}
          aria-valuetext=${show(this.value)}
          ${properties({
            "--from": `${spread ? part(spread.low) * 100 : 0}%`,
            "--to": `${spread ? part(spread.high) * 100 : 0}%`,
          })}
          @input=${(/** @type {FieldEvent} */ event) => this.#move(this.#read(event.target), false)}
          @change=${(/** @type {FieldEvent} */ event) => this.#move(this.#read(event.target), true)}
        />
        ${typeof reference === "number"
          ? html`<span class="notch" ${properties({ "--at": String(part(this.#display(reference))) })}></span>`
          : nothing}
      </div>
      ${complaint === null ? nothing : html`<p class="fault" id="fault">${complaint}</p>`}
    `;
  }

  /** @param {LeverData} data */
  #switch({ label, about, show }) {
    const on = this.value !== 0 && this.value !== NEVER;
    return html`
      <label class="head" title=${about}>
        <span class="label">${label}</span>
        <span class="switch">
          <input
            type="checkbox"
            role="switch"
            .checked=${live(on)}
            @change=${(/** @type {FieldEvent} */ event) => this.#move(event.target.checked ? 1 : 0, true)}
          />
          <span aria-hidden="true">${show(this.value)}</span>
        </span>
      </label>
    `;
  }

  /**
   * @param {LeverData} data
   * @param {boolean} changed
   */
  #meta(data, changed) {
    const { label, never, status, source, spread, reference, track, show } = data;
    return html`
      <div class="meta">
        ${never
          ? html`<label class="never">
              <input
                type="checkbox"
                .checked=${live(this.value === NEVER)}
                @change=${(/** @type {FieldEvent} */ event) =>
                  this.#move(
                    event.target.checked ? NEVER : typeof reference === "number" ? reference : fromDisplay(track.max, 1),
                    true,
                  )}
              />${strings.levers.never}</label
            >`
          : nothing}
        ${this.value === reference ? nothing : html`<span>${strings.levers.was(show(reference))}</span>`}
        ${status
          ? html`<span class="badge ${status.id}" title=${strings.statusMeanings[status.id] ?? nothing}>${status.text}</span>`
          : nothing}
        ${source === null
          ? nothing
          : source.url === null
            ? html`<span class="source" title=${source.text}>${source.name}</span>`
            : html`<a class="source" href=${source.url} target="_blank" rel="noreferrer" title=${source.text}
                >${source.name}</a
              >`}
        ${spread && !changed ? html`<span>${spread.text}</span>` : nothing}
        <span class="acts">
          ${changed
            ? html`<button
                class="plain"
                type="button"
                aria-label=${strings.levers.reset(label)}
                @click=${() => this.#move(reference, true)}
              >
                ${strings.actions.reset}
              </button>`
            : nothing}
          <button
            class="plain"
            type="button"
            aria-label="${strings.levers.about}: ${label}"
            aria-expanded=${this.open ? "true" : "false"}
            @click=${() => this.#ask()}
          >
            ${strings.levers.about}
          </button>
        </span>
      </div>
      ${this.open ? this.#about(data) : nothing}
    `;
  }

  /** What is known of the value. @param {LeverData} data */
  #about({ path, label, about, status, source, uncertainty }) {
    const find = () => this.dispatchEvent(new CustomEvent("find-assumption", { detail: path, bubbles: true, composed: true }));
    return html`
      <div class="about">
        ${about === "" ? nothing : html`<p>${about}</p>`}
        ${status ? html`<p>${strings.firstUpper(status.text)}: ${strings.statusMeanings[status.id]}</p>` : nothing}
        ${source === null
          ? nothing
          : html`<p>
              ${strings.levers.source}:
              ${source.url === null
                ? source.title
                : html`<a href=${source.url} target="_blank" rel="noreferrer">${source.title}</a>`}${source.by === "" ? "" : `, ${source.by}`}
            </p>`}
        <p>${uncertainty}</p>
        <button type="button" class="plain" aria-label="${strings.levers.inTable}: ${label}" @click=${find}>${strings.levers.inTable}</button>
      </div>
    `;
  }

  /** Shows where the value comes from, or hides it; an `about` event says so to whoever does not have all of it yet. */
  #ask() {
    this.open = !this.open;
    if (this.open) this.dispatchEvent(new CustomEvent("about", { bubbles: true, composed: true }));
  }

  /** What stands in the box while it cannot be taken. */
  #typed = "";
  /** What held before the reader began to type. @type {{ value: Value } | null} */
  #held = null;

  /** @param {number} value */
  #display(value) {
    return toDisplay(value, this.data?.factor ?? 1);
  }

  /** @param {HTMLInputElement} slider */
  #read(slider) {
    return fromDisplay(slider.valueAsNumber, this.data?.factor ?? 1);
  }

  /**
   * @param {HTMLInputElement} box
   * @param {boolean} settled
   */
  #type(box, settled) {
    if (this.data === null) return;
    const { low, high, text } = this.data.bounds;
    const number = box.valueAsNumber;
    this.#typed = box.value;
    this.#held ??= { value: this.value };
    const { value } = this.#held;
    if (settled) this.#held = null;
    if (Number.isNaN(number)) {
      // An empty box is someone about to type. Left empty, it goes back to the value that held.
      if (settled) this.#move(value, true);
      else if (box.validity.badInput) this.complaint = strings.levers.notANumber;
      return;
    }
    if (number < low || number > high) {
      // What was typed on the way there is nobody's choice.
      if (settled) this.#move(value, true);
      this.complaint = text;
      return;
    }
    this.#move(fromDisplay(number, this.data.factor), settled);
  }

  /**
   * @param {Value} value
   * @param {boolean} settled
   */
  #move(value, settled) {
    if (this.data === null) return;
    this.complaint = null;
    this.value = value;
    /** @type {QuantityChange} */
    const event = new CustomEvent("quantity-change", {
      detail: { path: this.data.path, value, settled },
      bubbles: true,
      composed: true,
    });
    this.dispatchEvent(event);
  }
}

customElements.get("cw-lever") ?? customElements.define("cw-lever", LeverElement);

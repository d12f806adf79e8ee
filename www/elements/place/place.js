// Where a card stands, or will stand: what is below the view is loaded when it comes near. The place keeps the height free, tells
// the page by a `near-change` event when it comes near the view, marks a card that lags behind the figures, and says what is wrong.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import { strings } from "../../strings/index.js";
import shared from "../../styles/shared.css?inline";
import styles from "./place.css?inline";

/** @typedef {CustomEvent<{ near: boolean }>} NearChange */
/** @typedef {CustomEvent<{ stopped: boolean }>} Stop the reader calls off what takes long, or wants it after all */
/** @typedef {{ done: number, of: number, long: boolean } | "stopped"} Wait */

/** What comes within this distance of the view is about to be seen. */
const MARGIN = "250px";

export class PlaceElement extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(styles)];

  static properties = {
    heading: { type: String },
    filled: { type: Boolean },
    settling: { type: Boolean, reflect: true },
    fault: { attribute: false },
    wait: { attribute: false },
  };

  /** @type {IntersectionObserver | undefined} */
  #observer;

  constructor() {
    super();
    /** What the card is about. */
    this.heading = "";
    /** Whether the card is there. */
    this.filled = false;
    /** Whether the card shows another state than the figures. */
    this.settling = false;
    /** Why the card cannot show what it should. @type {{ message: string, missing: boolean } | null} */
    this.fault = null;
    /** What the card waits for, where that takes long: how much of it is done, or that it was called off. @type {Wait | null} */
    this.wait = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#observer = new IntersectionObserver(
      (entries) => this.#tell(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: MARGIN },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#tell(false);
  }

  render() {
    const { fault } = this;
    const failed = this.filled ? strings.cards.failedStays : strings.cards.failed;
    return html`
      ${this.filled ? nothing : html`<div class="empty"><h2>${this.heading}</h2></div>`}
      ${this.#waiting()}
      ${fault === null
        ? nothing
        : html`
            <div class="fault" role="status">
              <p class="title">${fault.missing ? strings.cards.missing : failed}</p>
              <p>${fault.message}</p>
              ${fault.missing
                ? html`<button type="button" @click=${() => this.dispatchEvent(new CustomEvent("retry"))}>
                    ${strings.actions.retry}
                  </button>`
                : nothing}
            </div>
          `}
      <div class="card" aria-busy=${this.settling ? "true" : "false"}><slot></slot></div>
    `;
  }

  /** That the card lags behind the figures or is being refined, how far that has come, and a button where it takes long. */
  #waiting() {
    const { wait, settling } = this;
    const words = strings.cards;
    const stopped = wait === "stopped";
    const { done, of, long } = wait === null || wait === "stopped" ? { done: 0, of: 0, long: false } : wait;
    const text = stopped ? words.stopped : settling || long ? words.progress(done, of) : words.refining(done, of);
    return html`
      <p class="settling ${settling || wait !== null ? "shown" : ""}">
        <span aria-hidden="true">${text}</span>
        ${stopped || long
          ? html`<button
              type="button"
              @click=${() => this.dispatchEvent(new CustomEvent("stop", { detail: { stopped: !stopped } }))}
            >
              ${stopped ? words.start : words.stop}
            </button>`
          : nothing}
      </p>
    `;
  }

  /** @param {boolean} near */
  #tell(near) {
    /** @type {NearChange} */
    const event = new CustomEvent("near-change", { detail: { near } });
    this.dispatchEvent(event);
  }
}

customElements.get("cw-place") ?? customElements.define("cw-place", PlaceElement);

// One stop of the tour: where it is among the others, its question, what there is to know, and the ways on. Its levers and its figure
// are slotted in. It tells the page by a `travel` event where the reader wants to go; null leaves the tour.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import { strings } from "../../strings/tour.js";
import shared from "../../styles/shared.css?inline";
import styles from "./tour.css?inline";

/** @import { TourData, Way } from "../../tour/tour.js" */
/** @import { StopId } from "../../state/tour.js" */

/** @typedef {CustomEvent<StopId | null>} Travel */

export class TourElement extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(styles)];

  static properties = { data: { attribute: false } };

  constructor() {
    super();
    /** @type {TourData | null} */
    this.data = null;
  }

  render() {
    const { data } = this;
    if (data === null) return nothing;
    return html`
      <section class="tour" aria-labelledby="question">
        <div class="head">
          <p class="title">${strings.title}</p>
          ${this.#link({ id: null, href: data.leave }, html`${strings.leave}`, "leave")}
        </div>
        <nav class="list" aria-label=${strings.all}>
          <ol>
            ${data.list.map(
              (way, i) => html`<li>
                ${this.#link(
                  way,
                  html`<span class="number">${i + 1}</span> <span class="name">${way.name}</span>`,
                  "stop",
                  way.id === data.id,
                )}
              </li>`,
            )}
          </ol>
        </nav>
        <div class="body">
          <div class="text">
            <p class="position">${data.position}</p>
            <h2 id="question" tabindex="-1">${data.question}</h2>
            ${data.text.map((paragraph) => html`<p>${paragraph}</p>`)}
            ${data.known.length > 0
              ? html`<p class="known">
                  ${data.known.map((piece) =>
                    typeof piece === "string"
                      ? piece
                      : html`<a href=${piece.url} target="_blank" rel="noreferrer" title=${piece.publisher}>${piece.text}</a>`,
                  )}
                </p>`
              : nothing}
            ${data.dates === null ? nothing : dates(data.dates)}
          </div>
          <section class="levers" aria-labelledby="levers">
            <h3 id="levers">${strings.levers}</h3>
            <slot name="levers"><p>${strings.noLevers}</p></slot>
          </section>
          <div class="figure"><slot name="figure"></slot></div>
        </div>
        <nav class="steps" aria-label=${strings.steps}>
          ${data.back ? this.#link(data.back, html`<span class="arrow" aria-hidden="true"></span>${step(strings.back, data.back)}`, "back") : html`<span></span>`}
          <span class="short" aria-hidden="true">${data.short}</span>
          ${data.next
            ? this.#link(data.next, html`${step(strings.next, data.next)}<span class="arrow" aria-hidden="true"></span>`, "next")
            : this.#link({ id: null, href: data.leave }, html`${strings.leave}`, "next")}
        </nav>
      </section>
    `;
  }

  /** Brings the stop into view, and the keyboard to its question. */
  async visit() {
    await this.updateComplete;
    this.scrollIntoView({ block: "start" });
    /** @type {HTMLElement | null | undefined} */ (this.renderRoot.querySelector("#question"))?.focus({ preventScroll: true });
  }

  /**
   * @param {{ id: StopId | null, href: string }} way
   * @param {import("lit").TemplateResult} content
   * @param {string} kind
   * @param {boolean} [current]
   */
  #link({ id, href }, content, kind, current = false) {
    return html`<a
      class=${kind}
      href=${href}
      aria-current=${current ? "step" : nothing}
      @click=${(/** @type {MouseEvent} */ event) => this.#travel(event, id)}
      >${content}</a
    >`;
  }

  /**
   * @param {MouseEvent} event
   * @param {StopId | null} id
   */
  #travel(event, id) {
    // Opened in another tab or window, a link is a link.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    /** @type {Travel} */
    const travel = new CustomEvent("travel", { detail: id });
    this.dispatchEvent(travel);
  }
}

/**
 * The name of a stop behind the direction in which it lies.
 * @param {string} direction
 * @param {Way} way
 */
const step = (direction, { name }) => html`<span class="way"><span class="direction">${direction}</span> <b>${name}</b></span>`;

/** @param {NonNullable<TourData["dates"]>} dates */
const dates = ({ title, rows }) => html`
  <h3>${title}</h3>
  <dl class="dates">
    ${rows.map(
      ({ label, text, status }) => html`<div>
        <dt>${text}</dt>
        <dd>${label}${status === null ? nothing : html` <span class="status">${status}</span>`}</dd>
      </div>`,
    )}
  </dl>
`;

customElements.get("cw-tour") ?? customElements.define("cw-tour", TourElement);

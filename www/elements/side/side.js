// The headline figures of one side. Each number is a button that asks for its explanation by an `explain` event.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import { strings } from "../../strings/run.js";
import shared from "../../styles/shared.css?inline";
import styles from "./side.css?inline";

/** @import { Figure, SideFigures } from "../../figures/headline.js" */

const ARROWS = { up: "▲", down: "▼", same: "" };

export class SideCard extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(styles)];

  static properties = { data: { attribute: false } };

  constructor() {
    super();
    /** @type {SideFigures | null} */
    this.data = null;
  }

  render() {
    if (this.data === null) return nothing;
    const { side, role, name, main, others } = this.data;
    return html`
      <article class=${side} aria-labelledby="name">
        <p class="role">${role}</p>
        <h2 id="name"><span class="mark"></span>${name}</h2>
        <dl>${figure(main, "main")} ${others.map((other) => figure(other, ""))}</dl>
      </article>
    `;
  }
}

/**
 * @param {Figure} figure
 * @param {string} kind
 */
const figure = ({ id, label, meaning, value, was, direction }, kind) => html`
  <div class="figure ${kind}" title=${meaning} data-metric=${id}>
    <dt>${label}</dt>
    <dd>
      <button
        type="button"
        class="explain"
        aria-haspopup="dialog"
        @click=${(/** @type {Event & { currentTarget: HTMLElement }} */ { currentTarget }) =>
          currentTarget.dispatchEvent(new CustomEvent("explain", { detail: id, bubbles: true, composed: true }))}
      >
        <span class="value">${value}</span><span class="visually-hidden">, ${strings.headline.explain}</span>
      </button>
      ${direction === "same"
        ? nothing
        : html`<span class="arrow" aria-hidden="true">${ARROWS[direction]}</span
            ><span class="visually-hidden">${strings.headline.direction[direction]}</span>`}
      <span class="was">${was ?? nothing}</span>
    </dd>
  </div>
`;

customElements.get("cw-side") ?? customElements.define("cw-side", SideCard);

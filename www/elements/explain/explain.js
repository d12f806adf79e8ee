// The explanation of a number, in a native dialog: the keyboard stays in it, Escape closes it, and the focus goes back to the number.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import { strings } from "../../strings/explain.js";
import sheet from "../../styles/dialog.css?inline";
import shared from "../../styles/shared.css?inline";
import styles from "./explain.css?inline";
import { formula } from "./formula.js";

/** @import { Explained, ExplainedInput, PartTable } from "../../figures/explain.js" */

export class ExplanationDialog extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(sheet), unsafeCSS(styles)];

  static properties = { data: { attribute: false }, fault: { attribute: false } };

  constructor() {
    super();
    /** Null where nothing is to be explained. @type {Explained | null} */
    this.data = null;
    /** Why the engine cannot say what moves the number. @type {string | null} */
    this.fault = null;
  }

  render() {
    const { data } = this;
    return html`
      <dialog
        closedby="any"
        aria-labelledby="title"
        @close=${() => this.dispatchEvent(new CustomEvent("explain-close", { bubbles: true, composed: true }))}
      >
        ${data === null ? nothing : this.#card(data)}
      </dialog>
    `;
  }

  updated() {
    const dialog = /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector("dialog"));
    this.toggleAttribute("open", this.data !== null);
    if (this.data !== null && !dialog.open) {
      dialog.showModal();
      dialog.scrollTop = 0;
    }
    else if (this.data === null && dialog.open) dialog.close();
  }

  /** @param {Explained} data */
  #card(data) {
    const { tone, title, value, was, meaning, words } = data;
    return html`
      <article class=${tone}>
        <form method="dialog"><button class="close" aria-label=${strings.close} autofocus><span aria-hidden="true">✕</span></button></form>
        <h2 id="title">${title}</h2>
        <p class="number ${data.moves ? "long" : ""}"><b>${value}</b>${was === null ? nothing : html` <span class="was">${was}</span>`}</p>
        <p class="meaning">${meaning}</p>
        <section aria-labelledby="formula">
          <h3 id="formula">${strings.formula}</h3>
          <p class="formula" role="math" tabindex="0" aria-label=${spoken(data.formula)}>${formula(data.formula)}</p>
          <p class="soft">${words}</p>
        </section>
        ${data.parts.length === 0
          ? nothing
          : html`<section aria-labelledby="parts">
              <h3 id="parts">${strings.parts}</h3>
              <div class="tables">${data.parts.map(table)}</div>
            </section>`}
        ${this.#distribution(data)} ${this.#drivers(data)}
        ${data.inputs.length === 0
          ? nothing
          : html`<section aria-labelledby="inputs">
              <h3 id="inputs">${strings.inputs}</h3>
              <ul class="inputs">
                ${data.inputs.map((input) => this.#input(input))}
              </ul>
              <p class="soft">${strings.inputsNote}</p>
            </section>`}
      </article>
    `;
  }

  /** @param {Explained} data */
  #distribution({ distribution }) {
    if (distribution === null) return nothing;
    return html`
      <section aria-labelledby="distribution">
        <h3 id="distribution">${strings.distribution}</h3>
        <dl class="quantiles">
          ${distribution.rows.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}
        </dl>
        ${distribution.note === null ? nothing : html`<p class="soft">${distribution.note}</p>`}
      </section>
    `;
  }

  /** @param {Explained} data */
  #drivers({ drivers, moves = null }) {
    const rows = drivers ?? [];
    return html`
      <section aria-labelledby="drivers" aria-busy=${drivers === null && this.fault === null ? "true" : "false"}>
        <h3 id="drivers">${moves ?? strings.drivers}</h3>
        ${this.fault !== null && drivers === null
          ? html`<p class="fault">${this.fault}</p>`
          : drivers === null
            ? html`<p class="soft asking">${strings.asking}</p>`
            : rows.length === 0
              ? html`<p class="soft">${strings.noDriver}</p>`
              : html`<ol class="drivers">
                    ${rows.map(
                      ({ path, label, text }) => html`<li><b>${label}</b>: ${text} ${this.#find(path, label)}</li>`,
                    )}
                  </ol>
                  <p class="soft">${strings.driversNote}</p>`}
      </section>
    `;
  }

  /** @param {ExplainedInput} input */
  #input({ path, label, value, changed, status, source }) {
    return html`
      <li class=${changed ? "changed" : ""}>
        <span class="what">${label}</span> <b class="amount">${value}</b>
        <span class="from">
          ${changed ? html`<span class="mine">${strings.changed}</span>` : nothing}
          ${status === null || changed
            ? nothing
            : html`<span class="badge ${status.id}" title=${status.meaning}>${status.text}</span>`}
          ${changed || source === null
            ? status === null && !changed
              ? strings.noSource
              : nothing
            : html`${source.url === null
                ? source.title
                : html`<a href=${source.url} target="_blank" rel="noreferrer">${source.title}</a>`}${source.by === "" ? nothing : html`, ${source.by}`}`}
          ${this.#find(path, label)}
        </span>
      </li>
    `;
  }

  /**
   * @param {string} path
   * @param {string} label
   */
  #find(path, label) {
    const find = () => {
      /** @type {HTMLDialogElement | null} */ (this.renderRoot.querySelector("dialog"))?.close();
      this.dispatchEvent(new CustomEvent("find-assumption", { detail: path, bubbles: true, composed: true }));
    };
    return html`<button type="button" class="link" aria-label=${strings.inTableOf(label)} @click=${find}>${strings.inTable}</button>`;
  }
}

/** @param {PartTable} part */
const table = ({ head: [name, value], rows }) => html`
  <table>
    <thead>
      <tr><th scope="col">${name}</th><th scope="col">${value}</th></tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) => html`<tr class=${row.strong ? "strong" : ""}><th scope="row">${row.label}</th><td>${row.value}</td></tr>`,
      )}
    </tbody>
  </table>
`;

/** A formula without its marks. @param {string} text */
const spoken = (text) => text.replaceAll(/[_^]\{/g, " ").replaceAll("}", " ").replaceAll(/\s+/g, " ");

customElements.get("cw-explain") ?? customElements.define("cw-explain", ExplanationDialog);

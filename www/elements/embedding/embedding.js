// The dialog in which an author makes an embed: what it shows, how it looks, and the code for it, with a preview that is the embed
// itself. A native dialog, as all are. Closed, it is gone.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import { live } from "lit/directives/live.js";
import { strings } from "../../strings/embedding.js";
import sheet from "../../styles/dialog.css?inline";
import shared from "../../styles/shared.css?inline";
import { properties } from "../properties.js";
import styles from "./embedding.css?inline";

/** @import { Form, Wish } from "../../export/snippets.js" */

/** @typedef {Pick<Wish, "form" | "pinned" | "figures" | "levers" | "theme" | "sentence">} Choice */
/**
 * @typedef {object} Embedding
 * @property {string} title of the deal
 * @property {readonly { id: string, title: string }[]} figures
 * @property {readonly { title: string, levers: readonly { path: string, label: string }[] }[]} levers
 * @property {string | null} version the pinned one; null where there is none
 * @property {string | null} reason why nothing can be embedded
 * @property {string} sandbox what the preview may do
 * @property {(choice: Choice) => string} code
 * @property {(choice: Choice) => string} address of the preview
 */
/** @typedef {Event & { target: HTMLInputElement }} Change */

/** What a message of a frame may say of its height. */
const MOST = 20_000;

export class EmbeddingDialog extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(sheet), unsafeCSS(styles)];

  static properties = {
    data: { attribute: false },
    choice: { attribute: false },
    levers: { state: true },
    wide: { state: true },
    height: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    /** @type {Embedding | null} */
    this.data = null;
    /** @type {Choice} */
    this.choice = { form: "frame", pinned: false, figures: ["clauses"], levers: null, theme: "auto", sentence: true };
    /** Which levers are chosen, also while others are shown. @type {readonly string[]} */
    this.levers = [];
    this.wide = matchMedia("(min-width: 62rem)").matches;
    /** Of the preview. */
    this.height = 480;
    this.said = "";
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("message", this.#hear);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("message", this.#hear);
  }

  firstUpdated() {
    this.renderRoot.querySelector("dialog")?.showModal();
  }

  /** How high the preview wants to be. */
  #hear = (/** @type {MessageEvent} */ { source, data }) => {
    const frame = this.renderRoot.querySelector("iframe");
    if (frame === null || source !== frame.contentWindow || data?.clauseworth !== "height") return;
    if (data.height > 0 && data.height <= MOST) this.height = Math.ceil(data.height);
  };

  render() {
    const { data } = this;
    if (data === null) return nothing;
    return html`
      <dialog closedby="any" aria-labelledby="title" @close=${() => this.remove()}>
        <article>
          <form method="dialog"><button class="close" aria-label=${strings.close}><span aria-hidden="true">✕</span></button></form>
          <h2 id="title">${strings.title}</h2>
          <p class="intro">${data.reason ?? strings.intro}</p>
          ${data.reason === null ? html`<div class="columns">${this.#options(data)}${this.#result(data)}</div>` : nothing}
        </article>
      </dialog>
    `;
  }

  /** @param {Embedding} data */
  #options({ figures, levers, version }) {
    const { choice } = this;
    const kind = choice.levers === null ? "usual" : choice.levers.length === 0 && this.levers.length === 0 ? "none" : "own";
    const shown = this.#own ? "own" : kind === "own" ? "own" : kind;
    return html`
      <div class="options">
        ${radios("form", strings.form, strings.forms, choice.form, (form) => this.#choose({ form: /** @type {Form} */ (form) }))}
        <p class="note">${strings.formNotes[choice.form]}</p>
        ${choice.form === "link"
          ? nothing
          : html`
              <fieldset>
                <legend>${strings.figures}</legend>
                <div class="list">${figures.map(({ id, title }) => check(title, choice.figures.includes(id), (on) => this.#figure(id, on)))}</div>
                ${choice.figures.length === 0 ? html`<p class="fault" role="status">${strings.nothing}</p>` : nothing}
              </fieldset>
              ${radios("levers", strings.levers, strings.leverChoices, shown, (picked) => this.#pickLevers(picked))}
              ${shown === "own"
                ? html`<div class="list deep" role="group" aria-label=${strings.leverChoices.own} tabindex="0">
                    ${levers.map(
                      (group) => html`<div class="group" role="group" aria-label=${group.title}>
                        <p aria-hidden="true">${group.title}</p>
                        ${group.levers.map(({ path, label }) => check(label, this.levers.includes(path), (on) => this.#lever(path, on)))}
                      </div>`,
                    )}
                  </div>`
                : nothing}
              <div class="single">${check(strings.sentence, choice.sentence, (sentence) => this.#choose({ sentence }))}</div>
              ${radios("theme", strings.theme, strings.themes, choice.theme, (theme) => this.#choose({ theme: /** @type {Choice["theme"]} */ (theme) }))}
              ${choice.theme === "auto" ? html`<p class="note">${strings.themeNote}</p>` : nothing}
            `}
        ${version === null
          ? html`<p class="note">${strings.noPinned}</p>`
          : html`
              ${radios("version", strings.version, strings.versions, choice.pinned ? "pinned" : "live", (picked) => this.#choose({ pinned: picked === "pinned" }))}
              <p class="note">${strings.difference(version)}</p>
            `}
      </div>
    `;
  }

  /** @param {Embedding} data */
  #result(data) {
    const { choice, wide } = this;
    const code = choice.figures.length === 0 && choice.form !== "link" ? "" : data.code(choice);
    const widths = [
      { id: "narrow", title: strings.widths.narrow },
      { id: "wide", title: strings.widths.wide },
    ];
    return html`
      <div class="result">
        <div class="code">
          <label for="code">${strings.code}</label>
          <button type="button" class="copy" ?disabled=${code === ""} @click=${() => this.#copy()}>${strings.copy}</button>
          <textarea id="code" readonly spellcheck="false" .value=${live(code)}></textarea>
          <p class="said" role="status">${this.said}</p>
        </div>
        ${choice.form === "link" || choice.figures.length === 0
          ? nothing
          : html`
              ${radios("width", strings.preview, Object.fromEntries(widths.map(({ id, title }) => [id, title])), wide ? "wide" : "narrow", (id) => {
                this.wide = id === "wide";
              })}
              <div class="stage ${choice.theme}" tabindex="0" role="region" aria-label=${strings.preview}>
                <iframe
                  class=${wide ? "wide" : "narrow"}
                  src=${data.address(choice)}
                  title=${strings.preview}
                  sandbox=${data.sandbox}
                  ${properties({ height: `${this.height}px` })}
                ></iframe>
              </div>
            `}
      </div>
    `;
  }

  /** Whether the reader is choosing levers, though none is chosen yet. */
  #own = false;

  /** @param {Partial<Choice>} part */
  #choose(part) {
    this.said = "";
    this.choice = { ...this.choice, ...part };
  }

  /**
   * @param {string} id
   * @param {boolean} on
   */
  #figure(id, on) {
    const { data, choice } = this;
    const chosen = on ? [...choice.figures, id] : choice.figures.filter((each) => each !== id);
    // In the order in which the page is read.
    const order = (data?.figures ?? []).map((figure) => figure.id);
    this.#choose({ figures: chosen.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)) });
  }

  /** @param {string} kind */
  #pickLevers(kind) {
    this.#own = kind === "own";
    this.#choose({ levers: kind === "usual" ? null : kind === "none" ? [] : this.levers });
  }

  /**
   * @param {string} path
   * @param {boolean} on
   */
  #lever(path, on) {
    this.levers = on ? [...this.levers, path] : this.levers.filter((each) => each !== path);
    this.#choose({ levers: this.levers });
  }

  async #copy() {
    const field = /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector("#code"));
    try {
      await navigator.clipboard.writeText(field.value);
      this.said = strings.copied;
    } catch {
      // Where the clipboard is closed to the page, the reader's own keys open it.
      field.focus();
      field.select();
      this.said = strings.selected;
    }
  }
}

/**
 * @param {string} name
 * @param {string} legend
 * @param {Readonly<Record<string, string>>} options
 * @param {string} value
 * @param {(id: string) => void} pick
 */
const radios = (name, legend, options, value, pick) => html`
  <fieldset class="radios">
    <legend>${legend}</legend>
    ${Object.entries(options).map(
      ([id, title]) => html`
        <label><input type="radio" name=${name} value=${id} .checked=${live(id === value)} @change=${() => pick(id)} />${title}</label>
      `,
    )}
  </fieldset>
`;

/**
 * @param {string} title
 * @param {boolean} on
 * @param {(on: boolean) => void} change
 */
const check = (title, on, change) => html`
  <label><input type="checkbox" .checked=${live(on)} @change=${(/** @type {Change} */ { target }) => change(target.checked)} />${title}</label>
`;

customElements.get("cw-embedding") ?? customElements.define("cw-embedding", EmbeddingDialog);

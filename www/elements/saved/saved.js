// The reader's own scenarios in a native dialog: what is on screen saved under a name, and those that are saved applied, renamed,
// replaced, taken away. Nothing is overwritten before the reader has said so. It tells the page by a `scenario-act` event.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import { live } from "lit/directives/live.js";
import { strings } from "../../strings/scenarios.js";
import sheet from "../../styles/dialog.css?inline";
import shared from "../../styles/shared.css?inline";
import styles from "./saved.css?inline";

/**
 * @typedef {object} SavedRow
 * @property {string} name
 * @property {string} differences in words
 * @property {boolean} shown whether the page is in it
 * @property {boolean} kept whether the device keeps it
 */
/**
 * @typedef {object} SavedData
 * @property {string} deal its title
 * @property {string} differences what would be saved, in words; empty where nothing differs
 * @property {readonly SavedRow[]} rows
 * @property {(text: string) => string} tidy a name as it would be kept
 * @property {number} longest name, in letters
 */
/**
 * @typedef {CustomEvent<
 *   | { act: "apply" | "save" | "remove" | "keep" | "link", name: string, tell: (text: string) => void }
 *   | { act: "rename", name: string, wanted: string, tell: (text: string) => void }
 *   | { act: "restore", name: string, tell: (text: string) => void }
 * >} ScenarioAct
 */
/** @typedef {SubmitEvent & { currentTarget: HTMLFormElement }} Submit */

export class SavedDialog extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(sheet), unsafeCSS(styles)];

  static properties = {
    data: { attribute: false },
    said: { state: true },
    asking: { state: true },
    renaming: { state: true },
    removed: { state: true },
    wanted: { state: true },
  };

  constructor() {
    super();
    /** Null where the dialog is closed. @type {SavedData | null} */
    this.data = null;
    /** What became of the last thing done. */
    this.said = "";
    /** The name that is to be overwritten, if the reader says so. @type {string | null} */
    this.asking = null;
    /** @type {string | null} */
    this.renaming = null;
    /** The one taken away last, which can be had back. @type {string | null} */
    this.removed = null;
    /** What stands in the field. */
    this.wanted = "";
  }

  render() {
    const { data } = this;
    return html`
      <dialog closedby="any" aria-labelledby="title" @close=${this.#closed}>${data === null ? nothing : this.#content(data)}</dialog>
    `;
  }

  updated() {
    const dialog = /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector("dialog"));
    if (this.data !== null && !dialog.open) dialog.showModal();
    else if (this.data === null && dialog.open) dialog.close();
  }

  #closed() {
    this.said = "";
    this.asking = null;
    this.renaming = null;
    this.removed = null;
    this.dispatchEvent(new CustomEvent("scenarios-close", { bubbles: true, composed: true }));
  }

  /** @param {SavedData} data */
  #content(data) {
    const nothingToSave = data.differences === "";
    return html`
      <article>
        <form method="dialog" class="corner">
          <button class="close" aria-label=${strings.close}><span aria-hidden="true">✕</span></button>
        </form>
        <h2 id="title">${strings.title}</h2>
        <p class="soft">${strings.of(data.deal)}</p>
        <form class="new" @submit=${(/** @type {Submit} */ event) => this.#submit(event, data)}>
          <label for="name">${strings.name}</label>
          <input
            id="name"
            type="text"
            autocomplete="off"
            maxlength=${data.longest}
            .value=${live(this.wanted)}
            ?disabled=${nothingToSave}
            ?autofocus=${!nothingToSave}
            aria-describedby="differences"
            @input=${(/** @type {Event & { target: HTMLInputElement }} */ { target }) => (this.wanted = target.value)}
          />
          <button ?disabled=${nothingToSave}>${strings.save}</button>
          <p class="soft" id="differences">${nothingToSave ? strings.nothing : strings.holds(data.differences)}</p>
        </form>
        ${this.asking === null ? nothing : this.#question(this.asking)}
        <p class="said" role="status">${this.said}</p>
        ${this.removed === null
          ? nothing
          : html`<button type="button" class="back" @click=${() => this.#restore()}>${strings.back(this.removed)}</button>`}
        ${data.rows.length === 0
          ? nothing
          : html`<ul class="rows">
              ${data.rows.map((row) => html`<li class=${row.shown ? "shown" : ""}>${this.renaming === row.name ? this.#rename(row, data) : this.#row(row, nothingToSave)}</li>`)}
            </ul>`}
        <p class="soft">${data.rows.some(({ kept }) => !kept) ? strings.notKept : strings.where}</p>
      </article>
    `;
  }

  /** @param {string} name */
  #question(name) {
    return html`
      <div class="question" role="alertdialog" aria-label=${strings.replace(name)}>
        <p>${strings.replace(name)}</p>
        <button
          type="button"
          id="yes"
          @click=${() => {
            this.asking = null;
            this.wanted = "";
            this.#act({ act: "save", name });
          }}
        >
          ${strings.yes}
        </button>
        <button
          type="button"
          @click=${() => {
            this.asking = null;
            this.#focus("#name");
          }}
        >
          ${strings.no}
        </button>
      </div>
    `;
  }

  /**
   * @param {SavedRow} row
   * @param {boolean} nothingToSave
   */
  #row({ name, differences, shown, kept }, nothingToSave) {
    const button = (/** @type {string} */ text, /** @type {() => void} */ act, off = false) => html`
      <button type="button" aria-label=${strings.forName(text, name)} ?disabled=${off} @click=${act}>${text}</button>
    `;
    return html`
      <p class="name">${name}${shown ? html` <span class="soft">${strings.shown}</span>` : nothing}${kept ? nothing : html` <span class="soft">${strings.loose}</span>`}</p>
      <p class="soft">${differences}</p>
      <div class="actions">
        ${button(strings.apply, () => this.#act({ act: "apply", name }), shown)}
        ${button(strings.rename, () => {
          this.renaming = name;
          this.#focus("#other");
        })}
        ${button(strings.overwrite, () => this.#ask(name), shown || nothingToSave)}
        ${button(strings.link, () => this.#act({ act: "link", name }))}
        ${kept ? nothing : button(strings.keep, () => this.#act({ act: "keep", name }))}
        ${button(strings.remove, () => {
          this.#act({ act: "remove", name });
          this.removed = name;
          this.#focus(".back");
        })}
      </div>
    `;
  }

  /**
   * @param {SavedRow} row
   * @param {SavedData} data
   */
  #rename({ name }, { rows, tidy, longest }) {
    const submit = (/** @type {Submit} */ event) => {
      event.preventDefault();
      const field = /** @type {HTMLInputElement} */ (event.currentTarget.querySelector("input"));
      const wanted = tidy(field.value);
      if (wanted !== name && rows.some((row) => row.name === wanted)) {
        this.said = strings.taken(wanted);
        return field.focus();
      }
      this.renaming = null;
      if (wanted !== "" && wanted !== name) this.#act({ act: "rename", name, wanted });
      this.#focus("#name");
    };
    return html`
      <form class="new" @submit=${submit}>
        <label for="other">${strings.newName(name)}</label>
        <input id="other" type="text" autocomplete="off" maxlength=${longest} .value=${name} />
        <button>${strings.rename}</button>
        <button type="button" @click=${() => (this.renaming = null)}>${strings.no}</button>
      </form>
    `;
  }

  /**
   * @param {Submit} event
   * @param {SavedData} data
   */
  #submit(event, { rows, tidy }) {
    event.preventDefault();
    const name = tidy(this.wanted);
    if (name === "") {
      this.said = strings.noName;
      return this.#focus("#name");
    }
    if (rows.some((row) => row.name === name)) return this.#ask(name);
    this.wanted = "";
    this.#act({ act: "save", name });
  }

  /** @param {string} name */
  #ask(name) {
    this.asking = name;
    this.said = "";
    this.#focus("#yes");
  }

  #restore() {
    const name = this.removed ?? "";
    this.removed = null;
    this.#act({ act: "restore", name });
    this.#focus("#name");
  }

  /** @param {string} selector */
  async #focus(selector) {
    await this.updateComplete;
    const found = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(selector));
    found?.focus();
    if (found instanceof HTMLInputElement) found.select();
  }

  /** @param {{ act: "apply" | "save" | "remove" | "keep" | "link" | "restore", name: string } | { act: "rename", name: string, wanted: string }} detail */
  #act(detail) {
    this.removed = null;
    /** @type {ScenarioAct} */
    const event = new CustomEvent("scenario-act", { detail: { ...detail, tell: (text) => (this.said = text) }, bubbles: true, composed: true });
    this.dispatchEvent(event);
  }
}

customElements.get("cw-saved") ?? customElements.define("cw-saved", SavedDialog);

// The editor of the reader's own deal: a text with numbered lines, and what is wrong with it, each fault a button that leads to its
// line. What the reader does is told by `own-act` events.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import { live } from "lit/directives/live.js";
import { strings } from "../../strings/own.js";
import shared from "../../styles/shared.css?inline";
import { properties } from "../properties.js";
import styles from "./own.css?inline";

/** @import { DealSummary } from "../../engine/types.d.ts" */
/** @import { FileFormat } from "../../own/kept.js" */
/** @import { Desktop, FileFault } from "../../own/workshop.js" */

/** @typedef {Partial<Desktop> & { library: readonly DealSummary[], chosen: string }} OwnData */
/**
 * @typedef {CustomEvent<
 *   | { act: "open", file: File }
 *   | { act: "blank" | "copy" | "use" | "close" }
 *   | { act: "pick" | "abandon", id: string }
 *   | { act: "edit", text: string }
 *   | { act: "save", format: FileFormat }
 * >} OwnAct
 */

const FORMATS = /** @type {const} */ (["toml", "json"]);
const OWN = "own-";

export class OwnDeal extends LitElement {
  static styles = [unsafeCSS(shared), unsafeCSS(styles)];

  static properties = { data: { attribute: false }, at: { state: true }, text: { state: true } };

  constructor() {
    super();
    /** @type {OwnData | null} */
    this.data = null;
    /** How far the text is scrolled down. */
    this.at = 0;
    /** What stands in the editor, which may be ahead of what the page has heard. */
    this.text = "";
  }

  /** @type {number | undefined} */
  #opened;

  willUpdate() {
    const { file, opened } = this.data ?? {};
    if (!file || opened === this.#opened) return;
    this.#opened = opened;
    this.text = file.text;
    this.at = 0;
  }

  render() {
    if (this.data === null) return nothing;
    const { library, file, note } = this.data;
    const mine = library.filter(({ id }) => id.startsWith(OWN));
    return html`
      <section aria-labelledby="heading">
        <p class="kicker">${strings.kicker}</p>
        <h2 id="heading" tabindex="-1">${strings.heading}</h2>
        <p class="intro">${strings.intro}</p>
        <p class="intro privacy">${strings.privacy}</p>
        <div class="begin">
          <label class="button" for="file">${strings.open}</label>
          <input
            id="file"
            type="file"
            accept=".toml,.json,application/json,application/toml"
            @change=${(/** @type {Event & { target: HTMLInputElement }} */ { target }) => {
              const [chosen] = target.files ?? [];
              if (chosen) this.#act({ act: "open", file: chosen });
              // The same file may be opened again after it was changed elsewhere.
              target.value = "";
            }}
          />
          <button type="button" class="button" @click=${() => this.#act({ act: "blank" })}>${strings.blank}</button>
          <button type="button" class="button" @click=${() => this.#act({ act: "copy" })}>${strings.copy}</button>
        </div>
        <p class="soft">${strings.drop}</p>
        ${mine.length > 0 ? this.#mine(mine) : nothing}
        <p class="note ${note?.alert ? "alert" : ""}" role="status">${note?.text ?? nothing}</p>
        ${file ? this.#editor(this.data, file) : nothing}
      </section>
    `;
  }

  /** Shows the editor from its beginning. */
  visit() {
    const heading = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("#heading"));
    heading?.scrollIntoView({ block: "start" });
    heading?.focus({ preventScroll: true });
  }

  /** @param {readonly DealSummary[]} deals */
  #mine(deals) {
    return html`
      <h3 id="mine">${strings.yours}</h3>
      <ul class="mine" aria-labelledby="mine">
        ${deals.map(
          ({ id, title }) => html`<li>
            <button type="button" class="link" aria-label=${strings.pick(title)} @click=${() => this.#act({ act: "pick", id })}>
              ${title}
            </button>
            <button type="button" class="link soft" aria-label=${strings.abandon(title)} @click=${() => this.#act({ act: "abandon", id })}>
              ${strings.remove}
            </button>
          </li>`,
        )}
      </ul>
    `;
  }

  /**
   * @param {OwnData} data
   * @param {NonNullable<Desktop["file"]>} file
   */
  #editor({ verdict, used, chosen }, file) {
    const faults = verdict?.faults ?? [];
    const count = this.text.split("\n").length;
    const marked = new Set(faults.map(({ line }) => line));
    const shown = used !== null && used === chosen;
    return html`
      <div class="editor">
        <h3 id="name">${file.name}</h3>
        <div class="text ${faults.length > 0 ? "faulty" : ""}">
          <div class="gutter" aria-hidden="true">
            <div class="numbers" ${properties({ transform: `translateY(${-this.at}px)` })}>
              ${Array.from({ length: count }, (_, i) => html`<span class=${marked.has(i + 1) ? "marked" : ""}>${i + 1}</span>`)}
            </div>
          </div>
          <textarea
            id="text"
            wrap="off"
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            rows="24"
            aria-label=${strings.text(file.name)}
            aria-invalid=${faults.length > 0 ? "true" : "false"}
            aria-describedby="verdict"
            .value=${live(this.text)}
            @input=${(/** @type {Event & { target: HTMLTextAreaElement }} */ { target }) => {
              this.text = target.value;
              this.#act({ act: "edit", text: target.value });
            }}
            @scroll=${(/** @type {Event & { target: HTMLTextAreaElement }} */ { target }) => (this.at = target.scrollTop)}
            @keydown=${(/** @type {KeyboardEvent} */ event) => {
              if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              this.#act({ act: "use" });
            }}
          ></textarea>
        </div>
        <div class="actions">
          <button type="button" class="button main" title=${strings.useHint} ?disabled=${faults.length > 0 || shown} @click=${() => this.#act({ act: "use" })}>
            ${strings.use}
          </button>
          ${FORMATS.map(
            (format) => html`<button type="button" class="button" @click=${() => this.#act({ act: "save", format })}>
              ${strings.saveAs(format.toUpperCase())}
            </button>`,
          )}
          <button type="button" class="button" @click=${() => this.#act({ act: "close" })}>${strings.close}</button>
        </div>
        <div id="verdict" role="status">${this.#verdict(verdict ?? null, shown)}</div>
        ${faults.length === 0
          ? nothing
          : html`<ol class="faults" aria-label=${strings.faults(faults.length)}>
              ${faults.map((fault) => this.#fault(fault))}
            </ol>`}
      </div>
    `;
  }

  /**
   * @param {Desktop["verdict"]} verdict
   * @param {boolean} shown
   */
  #verdict(verdict, shown) {
    if (verdict === null) return html`<p class="soft">${strings.checking}</p>`;
    const { info, faults } = verdict;
    if (info === null) return html`<p class="wrong">${strings.faults(faults.length)}</p>`;
    return html`
      <p class="sound">
        <span aria-hidden="true">✓</span> ${strings.sound(info.title, info.clauses.length, info.quantities.length)}
        ${shown ? strings.used : nothing}
      </p>
      ${info.warnings.length > 0
        ? html`<p class="soft">${strings.remarks}: ${info.warnings.join(" ")}</p>`
        : nothing}
    `;
  }

  /** @param {FileFault} fault */
  #fault({ line, path, text, hint }) {
    const where = line === null ? strings.whole : strings.line(line);
    const what = html`${path === "" ? nothing : html` <code>${path}</code>`}${hint === null ? nothing : html` <strong>${hint}</strong>`} ${text}`;
    return html`<li>
      ${line === null
        ? html`<span class="where">${where}</span>`
        : html`<button type="button" class="link where" @click=${() => this.#goTo(line)}>${where}</button>`}${what}
    </li>`;
  }

  /**
   * Puts the keyboard on a line of the text, and the line into view.
   * @param {number} line
   */
  #goTo(line) {
    const area = /** @type {HTMLTextAreaElement | null} */ (this.renderRoot.querySelector("textarea"));
    if (area === null) return;
    const rows = area.value.split("\n");
    const start = rows.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + (rows[line - 1]?.length ?? 0));
    const height = area.scrollHeight / rows.length;
    area.scrollTop = Math.max(0, (line - 6) * height);
    area.scrollLeft = 0;
    this.at = area.scrollTop;
  }

  /** @param {OwnAct["detail"]} detail */
  #act(detail) {
    this.dispatchEvent(new CustomEvent("own-act", { detail, bubbles: true, composed: true }));
  }
}

customElements.get("cw-own") ?? customElements.define("cw-own", OwnDeal);

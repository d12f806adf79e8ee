// A menu of what can be taken away: a native disclosure with a button for each. Escape closes it and gives the keyboard back, and so
// does choosing; a press elsewhere closes it. What became of the choice is said beside it.
import { html, nothing } from "lit";
import { strings } from "../../strings/index.js";

/** @import { LitElement } from "lit" */
/** @typedef {CustomEvent<{ kind: string, tell: (text: string) => void }>} SaveEvent `tell` says beside the menu what became of it */

/** How long it is said what became of a choice, in milliseconds: the words stand over what else is there. */
const SAID_FOR = 8000;

/** A picture can be shared only where the browser can hand over files. */
const sharing = typeof navigator.canShare === "function" && navigator.canShare({ files: [new File([], "a.png", { type: "image/png" })] });
const { share: _shared, ...files } = strings.save.figure;
/** What of a figure can be taken away. */
export const figureKinds = sharing ? strings.save.figure : files;

/** The menu of an element, which is drawn with `template` wherever the element wants it. */
export class SaveMenu {
  #host;
  #said = "";
  #timer = 0;
  #opened = false;

  /** @param {LitElement} host */
  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected() {
    clearTimeout(this.#timer);
  }

  /**
   * @param {object} options
   * @param {unknown} options.text on the button that opens it
   * @param {string} options.name of that button, which begins with the text
   * @param {Readonly<Record<string, string>>} options.items what can be chosen, by its kind
   */
  template({ text, name, items }) {
    return html`
      <div class="save">
        <details
          @toggle=${(/** @type {Event & { currentTarget: HTMLDetailsElement }} */ event) => {
            watch(event.currentTarget);
            this.#toggled(event.currentTarget.open);
          }}
          @keydown=${escape}
        >
          <summary aria-label=${name} title=${name}>${text}</summary>
          <ul>
            ${Object.entries(items).map(
              ([kind, title]) => html`
                <li>
                  <button
                    type="button"
                    data-kind=${kind}
                    @click=${(/** @type {Event & { currentTarget: HTMLElement }} */ { currentTarget }) => {
                      close(currentTarget.closest("details"));
                      this.#ask(kind);
                    }}
                  >
                    ${title}
                  </button>
                </li>
              `,
            )}
          </ul>
        </details>
        ${this.#opened ? html`<p class="said" role="status">${this.#said}</p>` : nothing}
      </div>
    `;
  }

  /** @param {boolean} open */
  #toggled(open) {
    // The list lies over what follows the element, also where an element is a layer of its own.
    this.#host.style.zIndex = open ? "1" : "";
    if (this.#opened) return;
    // A screen reader is told of changes to what is there already: the place of the words comes with the menu.
    this.#opened = true;
    this.#host.requestUpdate();
  }

  /**
   * Tells the page, by a `save` event, what the reader wants to take away.
   * @param {string} kind
   */
  #ask(kind) {
    /** @type {SaveEvent} */
    const event = new CustomEvent("save", { detail: { kind, tell: (text) => this.#tell(text) }, bubbles: true, composed: true });
    this.#host.dispatchEvent(event);
  }

  /** @param {string} text */
  #tell(text) {
    clearTimeout(this.#timer);
    this.#said = text;
    this.#host.requestUpdate();
    if (text !== "") this.#timer = window.setTimeout(() => this.#tell(""), SAID_FOR);
  }
}

/** @param {HTMLDetailsElement | null} details */
function close(details) {
  if (details === null) return;
  details.open = false;
  details.querySelector("summary")?.focus();
}

/** @param {KeyboardEvent & { currentTarget: HTMLDetailsElement }} event */
function escape(event) {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  event.stopPropagation();
  close(event.currentTarget);
}

/** @param {HTMLDetailsElement} details */
function watch(details) {
  if (!details.open) return;
  const elsewhere = (/** @type {Event} */ event) => {
    if (event.composedPath().includes(details)) return;
    details.open = false;
  };
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true };
  document.addEventListener("pointerdown", elsewhere, options);
  // That the keyboard goes from one part of an element to another is not told outside of it.
  for (const tree of [document, details.getRootNode()]) tree.addEventListener("focusin", elsewhere, options);
  details.addEventListener("toggle", () => details.open || stop.abort(), { signal: stop.signal });
}

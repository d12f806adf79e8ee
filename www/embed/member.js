// What the public elements have in common: they join the group that their attribute names, begin it where they are the first, and are
// drawn when it has something else to show.
import { LitElement, html, nothing, unsafeCSS } from "lit";
import { strings as words } from "../strings/embed.js";
import tokens from "../styles/tokens.css?inline";
import { groupOf } from "./group.js";
import styles from "./member.css?inline";

/** @import { Beginning, Group } from "./group.js" */

const THEMES = ["auto", "light", "dark"];

export class MemberElement extends LitElement {
  static styles = [unsafeCSS(tokens), unsafeCSS(styles)];

  static properties = {
    group: { type: String },
    deal: { type: String },
    scenario: { type: String },
    state: { type: String },
    theme: { type: String, reflect: true },
  };

  /** Whether it speaks for its group. */
  leads = false;
  /** Whether it shows what its group has to say, and tells it to a screen reader. */
  speaks = true;

  constructor() {
    super();
    /** The name of the shared state. */
    this.group = "";
    /** Where the group begins, if this element is its first. @type {string | null} */
    this.deal = null;
    /** @type {string | null} */
    this.scenario = null;
    /** In the grammar of links. @type {string | null} */
    this.state = null;
    /** @type {string} */
    this.theme = "auto";
    /** What it told a screen reader last. */
    this.said = "";
    /** The shared state while it is on the page. @type {Group | null} */
    this.joined = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#join();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.joined?.leave(this);
    this.joined = null;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("group") && this.joined !== null && this.joined.name !== this.group) {
      this.joined.leave(this);
      this.#join();
    }
  }

  #join() {
    this.joined = groupOf(this.group);
    this.joined.join(this);
  }

  /** Where the group begins, as far as this element says so. @returns {Beginning | null} */
  beginning() {
    const { deal, scenario, state } = this;
    return deal || scenario || state ? { deal, scenario, state } : null;
  }

  /** The group has something else to show. */
  changed() {
    this.requestUpdate();
  }

  /** @param {string} text */
  say(text) {
    this.said = text;
    this.requestUpdate();
  }

  /** The table of all assumptions is on the whole page. */
  leave = (/** @type {Event} */ event) => {
    event.stopPropagation();
    if (this.joined) window.open(this.joined.link, "_blank", "noopener");
  };

  /** What a screen reader is told where the reader used this element. */
  spoken() {
    return html`<p class="visually-hidden" role="status">${this.said}</p>`;
  }

  /**
   * What is wrong, in words: of this element, and of its group if it is the first that can say so.
   * @param {readonly (string | null)[]} own
   */
  problems(own) {
    const group = this.joined;
    const theme = THEMES.includes(this.theme) ? null : words.noTheme(this.theme);
    const shared = group?.isSpokenBy(this) ? [...(group.failure === null ? [] : [words.failed(group.failure)]), ...group.complaints()] : [];
    const fault = group?.session?.fault?.message ?? null;
    const all = [...shared, ...own, theme, fault].filter((each) => each !== null);
    if (all.length === 0) return nothing;
    return html`<div class="problems" part="problems" role="status">
      ${all.map((each) => html`<p>${each}</p>`)}
    </div>`;
  }
}

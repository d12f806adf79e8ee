// A number of a group in running text: `<clause-value metric="backer.npv">`, marked where it differs from the base case. What stands
// inside the element is shown until there is a value, and where there is none.
import { html, nothing, unsafeCSS } from "lit";
import { unitOf } from "../figures/metrics.js";
import { strings as words } from "../strings/embed.js";
import { strings } from "../strings/index.js";
import tokens from "../styles/tokens.css?inline";
import { format as numbers } from "./engine.js";
import { MemberElement } from "./member.js";
import { valueOf } from "./differences.js";
import styles from "./value.css?inline";

/** @import { Session } from "../session.js" */

/** @typedef {(value: number | null | undefined) => string} Show */

/** @param {(text: string) => string} wrap @returns {Show} */
const counted = (wrap) => (value) => (value === null || value === undefined ? strings.none : wrap(numbers.plain(value)));

/** How numbers are written, by the names of the attribute and of the metrics' units. @type {Readonly<Record<string, Show>>} */
const FORMATS = {
  money: numbers.money,
  percent: numbers.percent,
  multiple: numbers.multiple,
  year: numbers.year,
  plain: numbers.plain,
  count: counted(words.quarters),
  gigawatts: counted(strings.units.gigawattsOf),
  terawattHours: counted(strings.units.terawattHoursOf),
  megatonnes: counted(words.megatonnes),
};

/**
 * A number in running text, marked where it differs from the base case.
 * @element clause-value
 * @attr {string} metric - The name of a metric, such as backer.npv.
 * @attr {string} path - The path of an assumption, instead of a metric.
 * @attr {"money"|"percent"|"multiple"|"year"|"plain"|"count"|"gigawatts"|"terawattHours"|"megatonnes"} format - How it is written, where that is not as usual for it.
 * @attr {"base"} of - `base` for the value of the base case.
 * @attr {boolean} changed - Set by the element where the value differs from the base case.
 * @attr {string} group - The name of the shared state; elements of one name share one.
 * @attr {string} deal - Where the group begins, if this is its first element: the id of the agreement.
 * @attr {string} scenario - Where the group begins: the id of a scenario.
 * @attr {string} state - Where the group begins, in the grammar of links.
 * @attr {"auto"|"light"|"dark"} theme - Its colours; `auto` follows the color-scheme of the page around.
 * @slot - What is shown until there is a value, and where there is none.
 * @csspart value - The number.
 * @csspart problems - What is wrong, in words.
 * @cssprop --clauseworth-changed - What differs from the base case.
 */
export class ValueMember extends MemberElement {
  static styles = [unsafeCSS(tokens), unsafeCSS(styles)];

  static properties = {
    ...MemberElement.properties,
    metric: { type: String },
    path: { type: String },
    format: { type: String },
    of: { type: String },
    differs: { type: Boolean, attribute: "changed", reflect: true },
  };

  constructor() {
    super();
    /** The name of a metric. */
    this.metric = "";
    /** The path of an assumption, instead of a metric. */
    this.path = "";
    /** How the number is written; absent, as is usual for it. */
    this.format = "";
    /** `base` for the value of the base case. */
    this.of = "";
    /** Whether the value differs from the base case. */
    this.differs = false;
  }

  /** A number that changes by itself in running text is not read out. */
  speaks = false;

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    const { text, base } = this.#texts();
    this.differs = this.of !== "base" && text !== null && base !== null && text !== base;
  }

  render() {
    const { text, base, fault } = this.#texts();
    if (text === null) return html`<slot></slot>${this.problems([fault])}`;
    if (!this.differs) return html`<span class="value" part="value">${text}</span>`;
    return html`<span class="value changed" part="value" title=${words.wasTitle(base ?? "")}>${text}</span
      ><span class="visually-hidden">${words.was(base ?? "")}</span>`;
  }

  /** @returns {{ text: string | null, base: string | null, fault: string | null }} */
  #texts() {
    const none = (/** @type {string | null} */ fault) => ({ text: null, base: null, fault });
    if (this.metric === "" && this.path === "") return none(words.neitherNamed);
    if (this.format !== "" && !Object.hasOwn(FORMATS, this.format)) return none(words.noFormat(this.format, Object.keys(FORMATS).join(", ")));
    const session = this.joined?.session;
    if (!session?.shown) return none(null);
    const { now, base, fault } = this.path === "" ? this.#ofMetric(session) : this.#ofPath(session);
    return { text: this.of === "base" ? base : now, base, fault };
  }

  /** @param {Session} session */
  #ofMetric({ shown, info }) {
    const { metric } = this;
    if (shown === null || !Object.hasOwn(shown.result.metrics, metric)) return { now: null, base: null, fault: words.noMetric(metric, info.title) };
    const show = FORMATS[this.format === "" ? unitOf(metric) : this.format] ?? numbers.plain;
    const base = shown.base ?? shown.result;
    return { now: show(shown.result.metrics[metric]), base: show(base.metrics[metric]), fault: null };
  }

  /** @param {Session} session */
  #ofPath({ shown, info }) {
    const { path } = this;
    const found = shown && valueOf(info, shown.state, path);
    if (!found) return { now: null, base: null, fault: words.noQuantity(path, info.title) };
    const { quantity, now, base } = found;
    const own = this.format === "" ? undefined : FORMATS[this.format];
    const show = (/** @type {typeof now} */ value) => {
      if (own && typeof value === "number") return own(value);
      if (quantity) return numbers.quantity(value, quantity.unit, quantity.kind);
      return typeof value === "string" ? strings.choice(value) : strings.value(String(value));
    };
    return { now: show(now), base: show(base), fault: null };
  }

  /** @param {readonly (string | null)[]} own */
  problems(own) {
    const [first] = own.filter((each) => each !== null);
    return first === undefined ? nothing : html`<span class="problems" part="problems">${first}</span>`;
  }
}

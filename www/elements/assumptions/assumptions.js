// Every assumption in a table that can be searched and filtered. The rows are elements of their own, so that one that is changed is
// drawn alone; what is out of sight waits until the page rests.
import { html, nothing, unsafeCSS } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import { strings } from "../../strings/assumptions.js";
import { strings as page } from "../../strings/index.js";
import shared from "../../styles/shared.css?inline";
import controls from "../figure/controls.css?inline";
import { searchField } from "../figure/controls.js";
import { NearElement } from "../figure/near.js";
import styles from "./assumptions.css?inline";
import "./row.js";

/** @import { PropertyValues } from "lit" */
/** @import { AssumptionGroup, FilledAssumption } from "../../figures/assumptions.js" */
/** @import { AssumptionRow } from "./row.js" */

/** What the rows are made of when they are drawn. @typedef {{ groups: () => AssumptionGroup[] }} AssumptionTable */
/** A row to go to; another object is another wish to go there. @typedef {{ path: string }} Sought */
/** @typedef {Event & { target: HTMLSelectElement }} SelectChange */
/** @typedef {Event & { target: HTMLInputElement }} BoxChange */

const ANY = "";
const NONE = "none";
const FILTERS = { query: "", status: ANY, group: ANY, changed: false, uncertain: false };

/** @extends {NearElement<AssumptionTable>} */
export class AssumptionsTable extends NearElement {
  static styles = [unsafeCSS(shared), unsafeCSS(controls), unsafeCSS(styles)];

  static properties = { ...NearElement.properties, sought: { attribute: false }, filters: { state: true } };

  constructor() {
    super();
    /** @type {Sought | null} */
    this.sought = null;
    this.filters = FILTERS;
  }

  /** @param {PropertyValues} changed */
  shouldUpdate(changed) {
    return super.shouldUpdate(changed) || changed.has("sought");
  }

  /** @param {PropertyValues} changed */
  willUpdate(changed) {
    if (changed.has("sought") && this.sought !== null) this.filters = FILTERS;
  }

  render() {
    if (this.data === null) return nothing;
    const groups = this.data.groups();
    const rows = groups.flatMap((group) => group.rows);
    const shown = groups
      .filter(({ id }) => this.filters.group === ANY || this.filters.group === id)
      .map((group) => ({ ...group, rows: group.rows.filter((row) => this.#wanted(row)) }))
      .filter((group) => group.rows.length > 0);
    const count = shown.reduce((sum, group) => sum + group.rows.length, 0);
    return html`
      <section aria-labelledby="heading">
        <p class="kicker">${strings.kicker}</p>
        <h2 id="heading" tabindex="-1">${strings.heading(rows.length, rows.filter(({ changed }) => changed).length, rows.filter(({ status }) => status !== "").length)}</h2>
        <p class="intro">${strings.intro}</p>
        ${this.#controls(groups)}
        <p class="count" role="status">
          ${strings.shown(count, rows.length)}${count < rows.length
            ? html` <button type="button" class="clear" @click=${() => (this.filters = FILTERS)}>${strings.clear}</button>`
            : nothing}
        </p>
        <div class="table" role="table" aria-labelledby="heading">
          <div class="head" role="rowgroup">
            <div class="columns" role="row">
              <span role="columnheader">${strings.head.name}</span>
              <span role="columnheader">${strings.head.value}</span>
              <span role="columnheader">${strings.head.spread}</span>
              <span role="columnheader">${strings.head.source}</span>
            </div>
          </div>
          ${repeat(
            shown,
            ({ id }) => id,
            ({ id, label, rows: filled }) => html`
              <div class="group" role="rowgroup" aria-labelledby="group-${id}">
                <div class="title" role="row"><span role="cell"><h3 id="group-${id}">${label}</h3></span></div>
                ${repeat(
                  filled,
                  ({ path }) => path,
                  ({ path, parts, data }) => html`
                    <cw-assumption role="row" data-path=${path} .data=${guard(parts, data)}></cw-assumption>
                  `,
                )}
              </div>
            `,
          )}
        </div>
      </section>
    `;
  }

  /** @param {PropertyValues} changed */
  updated(changed) {
    if (!changed.has("sought") || this.sought === null) return;
    const { path } = this.sought;
    const row = /** @type {AssumptionRow | null} */ (this.renderRoot.querySelector(`cw-assumption[data-path="${CSS.escape(path)}"]`));
    if (row !== null) void row.visit();
    else this.visit();
  }

  /** Shows the table from its beginning. */
  visit() {
    const heading = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("#heading"));
    heading?.scrollIntoView({ block: "start" });
    heading?.focus({ preventScroll: true });
  }

  /** @param {FilledAssumption} row */
  #wanted({ search, status, changed, uncertain }) {
    const { query, ...wanted } = this.filters;
    return (
      query.toLowerCase().split(/\s+/).every((part) => search.includes(part)) &&
      (wanted.status === ANY || (wanted.status === NONE ? status === "" : status === wanted.status)) &&
      (!wanted.changed || changed) &&
      (!wanted.uncertain || uncertain)
    );
  }

  /** @param {readonly AssumptionGroup[]} groups */
  #controls(groups) {
    const words = strings.filters;
    const { query, status, group, changed, uncertain } = this.filters;
    const statuses = Object.entries(page.statuses).map(([id, title]) => ({ id, title }));
    return html`
      <div class="controls" role="search">
        ${searchField({
          id: "search",
          label: `${strings.search}: ${strings.searchHint}`,
          value: query,
          pick: (text) => this.#filter({ query: text }),
        })}
        ${this.#select("group", words.group, group, [{ id: ANY, title: words.anyGroup }, ...groups.map(({ id, label }) => ({ id, title: label }))])}
        ${this.#select("status", words.status, status, [
          { id: ANY, title: words.anyStatus },
          ...statuses,
          { id: NONE, title: words.noStatus },
        ])}
        <div class="checks">
          ${this.#box(words.changed, changed, (checked) => this.#filter({ changed: checked }))}
          ${this.#box(words.uncertain, uncertain, (checked) => this.#filter({ uncertain: checked }))}
        </div>
      </div>
    `;
  }

  /**
   * @param {"group" | "status"} id
   * @param {string} label
   * @param {string} value
   * @param {readonly { id: string, title: string }[]} options
   */
  #select(id, label, value, options) {
    return html`
      <div class="field">
        <label for=${id}>${label}</label>
        <select id=${id} @change=${(/** @type {SelectChange} */ { target }) => this.#filter({ [id]: target.value })}>
          ${options.map((option) => html`<option value=${option.id} .selected=${live(option.id === value)}>${option.title}</option>`)}
        </select>
      </div>
    `;
  }

  /**
   * @param {string} label
   * @param {boolean} checked
   * @param {(checked: boolean) => void} pick
   */
  #box(label, checked, pick) {
    return html`<label class="check">
      <input type="checkbox" .checked=${live(checked)} @change=${(/** @type {BoxChange} */ { target }) => pick(target.checked)} />${label}
    </label>`;
  }

  /** @param {Partial<typeof FILTERS>} filters */
  #filter(filters) {
    this.filters = { ...this.filters, ...filters };
  }
}

customElements.get("cw-assumptions") ?? customElements.define("cw-assumptions", AssumptionsTable);

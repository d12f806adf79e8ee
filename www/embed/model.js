// The shared state of a group, for the page's own scripts: `<clause-model deal="…" group="a">`. It shows nothing.
import { toPlain } from "../engine/errors.js";
import { groupOf } from "./group.js";

/** @import { Beginning, Group } from "./group.js" */

/** The attributes in which a group can be told where to be. */
const SAYING = ["deal", "scenario", "state"];

/**
 * The shared state of a group, for the page's own scripts. It shows nothing.
 * @element clause-model
 * @attr {string} group - The name of the shared state; elements of one name share one.
 * @attr {string} deal - Where the group begins, if this is its first element: the id of the agreement.
 * @attr {string} scenario - Where the group begins: the id of a scenario.
 * @attr {string} state - Where the group begins, in the grammar of links.
 * @fires {CustomEvent<{paths: string[], metrics: Record<string, number | null>, byReader: boolean, state: string}>} change - The figures are of another state: which paths differ, what it comes to, whether the reader did it. Where a group has no model, its first element has the event. It bubbles and leaves shadow trees.
 */
export class ModelMember extends HTMLElement {
  static observedAttributes = [...SAYING, "group"];

  /** It speaks for its group. */
  leads = true;
  /** And shows nothing. */
  speaks = false;
  /** @type {Group | null} */
  #joined = null;
  #turning = false;

  connectedCallback() {
    this.hidden = true;
    this.#joined = groupOf(this.group);
    this.#joined.join(this);
  }

  disconnectedCallback() {
    this.#joined?.leave(this);
    this.#joined = null;
  }

  /**
   * @param {string} name
   * @param {string | null} old
   * @param {string | null} value
   */
  attributeChangedCallback(name, old, value) {
    if (this.#joined === null || old === value) return;
    if (name === "group") {
      this.#joined.leave(this);
      this.connectedCallback();
    } else if (!this.#turning) {
      // Several attributes that are set together are one turn.
      this.#turning = true;
      queueMicrotask(() => {
        this.#turning = false;
        this.#turn(this.beginning() ?? {});
      });
    }
  }

  /** Where the group begins. @returns {Beginning | null} */
  beginning() {
    const [deal = null, scenario = null, state = null] = SAYING.map((name) => this.getAttribute(name));
    return deal || scenario || state ? { deal, scenario, state } : null;
  }

  /** It has nothing to draw, and nothing to say. */
  changed() {}
  say() {}

  /** The name by which figures, levers and values find it. */
  get group() {
    return this.getAttribute("group") ?? "";
  }

  set group(name) {
    this.setAttribute("group", name);
  }

  /** The id of the agreement; setting it begins that one as agreed. @type {string} */
  get deal() {
    return this.#joined?.session?.store.state.deal ?? this.getAttribute("deal") ?? "";
  }

  set deal(deal) {
    this.#turn({ deal });
  }

  /** The id of the scenario, or null for the deal as agreed. @type {string | null} */
  get scenario() {
    const session = this.#joined?.session;
    return session ? session.store.state.scenario : this.getAttribute("scenario");
  }

  set scenario(scenario) {
    this.#report(this.#joined?.pick(scenario));
  }

  /** All that differs from the deal, in the grammar of links: `v=1&agi.year=2029`. @type {string} */
  get state() {
    return this.#joined?.session?.shown ? this.#joined.fragment : (this.getAttribute("state") ?? "");
  }

  set state(state) {
    this.#turn({ state });
  }

  /** What the agreement comes to, by the names of the metrics; empty until it is ready. @type {Record<string, number | null>} */
  get metrics() {
    return this.#joined?.metrics ?? {};
  }

  /** Resolves when the first figures are there; rejects where they cannot be. @type {Promise<void>} */
  get ready() {
    return this.#joined?.ready ?? Promise.reject(new Error("The element is not on a page."));
  }

  /**
   * Sets an assumption or a term.
   * @param {string} path
   * @param {number | string | boolean} value
   * @returns {Promise<void>} resolves when the figures are of it; rejects where there is no such path, or it cannot have the value
   */
  set(path, value) {
    return this.#joined?.set(path, value) ?? Promise.reject(new Error("The element is not on a page."));
  }

  /** Goes back to the agreement as its file has it. @returns {Promise<void>} */
  reset() {
    return this.#joined?.reset() ?? Promise.resolve();
  }

  /** @param {Beginning} beginning */
  #turn(beginning) {
    if (this.#joined === null) {
      for (const [name, value] of Object.entries(beginning)) if (value) this.setAttribute(name, value);
      return;
    }
    this.#report(this.#joined.turn(beginning));
  }

  /**
   * What a property cannot say to whoever sets it is said in the console; the elements of the group show it, too.
   * @param {Promise<void> | undefined} work
   */
  #report(work) {
    work?.catch((error) => console.error(`<clause-model>: ${toPlain(error).message}`));
  }
}

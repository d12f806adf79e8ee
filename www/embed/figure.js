// One figure of a group: `<clause-figure figure="clauses">`. What stands inside the element is shown until the engine has answered, and
// where it cannot.
import { html, nothing, unsafeCSS } from "lit";
import { guard } from "lit/directives/guard.js";
import { EXPLAINING } from "../cards/desk.js";
import "../elements/place/place.js";
import { toPlain } from "../engine/errors.js";
import { strings as words } from "../strings/embed.js";
import { strings } from "../strings/index.js";
import styles from "./figure.css?inline";
import { format } from "./engine.js";
import { figures } from "./figures.js";
import { MemberElement } from "./member.js";

/** @import { Card } from "../cards/desk.js" */
/** @import { Choose } from "../elements/figure/figure.js" */
/** @import { SaveEvent } from "../elements/figure/menu.js" */
/** @import { QuantityChange } from "../elements/lever/lever.js" */
/** @import { NearChange, Stop } from "../elements/place/place.js" */
/** @import { PartModule } from "../parts/index.js" */
/** @import { Handlers, Model } from "../view.js" */

/** The parts of a figure that an author's style sheet may reach. */
const PARTS = "kicker, heading, unit, notes, foot";
const LAZY = "lazy";

/** How many elements show a figure of a group, which is asked for while there is one. @type {WeakMap<object, Map<string, number>>} */
const shownBy = new WeakMap();

/**
 * A figure of an agreement, with its table and what can be saved of it.
 * @element clause-figure
 * @attr {string} figure - Which: answer, headline, clauses, payments, agi, outcome, fan, tornado, heat, solve, compare, funding, infrastructure, flows, lab or ledger.
 * @attr {string} group - The name of the shared state; elements of one name share one.
 * @attr {string} deal - Where the group begins, if this is its first element: the id of the agreement.
 * @attr {string} scenario - Where the group begins: the id of a scenario.
 * @attr {string} state - Where the group begins, in the grammar of links.
 * @attr {"auto"|"light"|"dark"} theme - Its colours; `auto` follows the color-scheme of the page around.
 * @slot - What is shown until the engine has answered, and where it cannot: a picture, a table, a sentence.
 * @csspart figure - All of it.
 * @csspart kicker - What it is about.
 * @csspart heading - The sentence that says what is seen.
 * @csspart unit - What is measured, and in what.
 * @csspart notes - The notes below the picture.
 * @csspart foot - The table and the menu.
 * @csspart problems - What is wrong, in words.
 * @cssprop --clauseworth-backer - The colour of the backer.
 * @cssprop --clauseworth-lab - The colour of the lab.
 * @cssprop --clauseworth-ink - Text.
 * @cssprop --clauseworth-paper - The ground on which it stands.
 * @cssprop --clauseworth-accent - The outline of what has the keyboard.
 * @cssprop --clauseworth-changed - What differs from the base case.
 * @cssprop --clauseworth-font - The type.
 * @cssprop --clauseworth-heading-font - The type of sentences and headings, where it is another.
 */
export class FigureMember extends MemberElement {
  static styles = [...MemberElement.styles, unsafeCSS(styles)];

  static properties = { ...MemberElement.properties, figure: { type: String }, loading: { type: String } };

  /** Whether it is in the view now, or about to be. */
  #near = false;
  /** The number that is being explained. @type {string | null} */
  #explaining = null;
  /** @type {PartModule | null} */
  #explanation = null;
  /** What this element has asked for. @type {{ session: object, id: string, release: () => void } | null} */
  #asked = null;

  constructor() {
    super();
    /** The name of the figure. */
    this.figure = "";
    /** `lazy` where it asks nothing before it comes near the view, as an image does that says so. */
    this.loading = "";
  }

  disconnectedCallback() {
    this.#asked?.release();
    this.#asked = null;
    if (this.#explaining !== null) this.#close();
    super.disconnectedCallback();
  }

  render() {
    const { figure: id } = this;
    const session = this.joined?.session ?? null;
    const known = Object.hasOwn(figures, id);
    if (session === null || !known) {
      const fault = known ? null : id === "" ? words.nothingNamed("figure") : words.noFigure(id, Object.keys(figures).join(", "));
      return html`${this.problems([fault])}<slot></slot>`;
    }
    this.#ask(session, id);
    const { desk } = session;
    const cards = desk.cards();
    const card = /** @type {Card} */ (cards.find((each) => each.id === id));
    const { module, shown, settling, fault, wait } = card;
    return html`
      ${this.problems([])}
      <div
        class="figure"
        part="figure"
        @explain=${(/** @type {CustomEvent<string>} */ event) => this.#explain(event)}
        @find-assumption=${this.leave}
        @save=${(/** @type {SaveEvent} */ event) => this.#save(event)}
      >
        <cw-place
          data-card=${id}
          heading=${strings.cards.titles[/** @type {keyof typeof strings.cards.titles} */ (id)] ?? ""}
          .filled=${true}
          .settling=${settling && shown !== null}
          .fault=${fault}
          .wait=${wait}
          @choose=${(/** @type {Choose} */ event) => {
            event.stopPropagation();
            desk.choose(id, event.detail);
          }}
          @near-change=${(/** @type {NearChange} */ event) => this.#approach(event.detail.near)}
          @retry=${() => desk.retry()}
          @stop=${(/** @type {Stop} */ { detail }) => desk.stop(id, detail.stopped)}
          @quantity-change=${(/** @type {QuantityChange} */ event) => {
            event.stopPropagation();
            const { path, value, settled } = event.detail;
            this.joined?.move(path, value, { by: this, settled });
          }}
        >
          ${module && shown ? guard([shown], () => module.show(shown)) : html`<slot></slot>`}
        </cw-place>
      </div>
      ${this.#explanation?.show(
        /** @type {Model} */ (/** @type {unknown} */ ({ shown: session.shown, explaining: this.#explaining, cards })),
        /** @type {Handlers} */ (/** @type {unknown} */ ({ closeExplanation: () => this.#close(), findAssumption: this.leave })),
        { format, strings },
        () => html``,
      ) ?? nothing}
      ${this.spoken()}
    `;
  }

  updated() {
    for (const child of this.renderRoot.querySelectorAll("cw-place > :not(slot)")) child.setAttribute("exportparts", PARTS);
  }

  /** @param {boolean} near */
  #approach(near) {
    this.#near = near;
    if (this.loading === LAZY) this.requestUpdate();
  }

  /**
   * Has the group ask what the figure needs, while this element or another shows it; a lazy one only while it is near the view.
   * @param {NonNullable<import("./group.js").Group["session"]>} session
   * @param {string} id
   */
  #ask(session, id) {
    const wanted = this.loading !== LAZY || this.#near;
    if (wanted && this.#asked?.session === session && this.#asked.id === id) return;
    this.#asked?.release();
    this.#asked = null;
    if (!wanted) return;
    const counts = shownBy.get(session) ?? new Map();
    shownBy.set(session, counts);
    const count = (/** @type {number} */ change) => {
      counts.set(id, (counts.get(id) ?? 0) + change);
      session.desk.approach(id, counts.get(id) > 0);
    };
    this.#asked = { session, id, release: () => count(-1) };
    // Not within a drawing: the desk answers at once that there is something to draw.
    queueMicrotask(() => count(1));
  }

  /** @param {CustomEvent<string>} event */
  async #explain(event) {
    event.stopPropagation();
    const desk = this.joined?.session?.desk;
    if (!desk) return;
    void this.joined?.words();
    this.#explaining = event.detail;
    for (const id of EXPLAINING) {
      desk.choose(id, { metric: event.detail });
      desk.approach(id, true);
    }
    try {
      this.#explanation ??= (await import("../parts/explain.js")).part;
    } catch {
      this.#close();
    }
    this.requestUpdate();
  }

  #close() {
    this.#explaining = null;
    for (const id of EXPLAINING) this.joined?.session?.desk.approach(id, false);
    this.requestUpdate();
  }

  /** @param {SaveEvent} event */
  async #save(event) {
    event.stopPropagation();
    const { kind, tell } = event.detail;
    const [asker = null] = event.composedPath();
    const group = this.joined;
    const engine = group?.engine;
    if (!group || !engine) return;
    const { version, link } = group;
    tell(strings.save.busy);
    try {
      await group.words();
      const shown = group.session?.shown;
      if (!shown) return;
      const { save } = await import("../export/index.js");
      tell(await save(kind, asker, { shown, version, link, date: new Date(), files: () => engine.files(shown.state.deal) }));
    } catch (error) {
      tell(strings.save.failed(toPlain(error).message));
    }
  }
}

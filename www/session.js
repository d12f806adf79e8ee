// What calculates behind a page, or behind the elements of a group: the reader's state, the runs that follow it, the questions and
// the draws that follow a run. It knows no element. Whoever shows it is told when there is something else to show.
import { Desk } from "./cards/desk.js";
import { MissingError, toPlain } from "./engine/errors.js";
import { createQuestions } from "./engine/questions.js";
import { createScheduler } from "./engine/scheduler.js";
import { isUntouched, requestOf, sameState, untouched } from "./state/state.js";
import { Store } from "./state/store.js";

/** @import { Place } from "./cards/desk.js" */
/** @import { Draws } from "./engine/draws/index.js" */
/** @import { DealInfo, DealSummary, Engine, RunResult, Tree } from "./engine/types.d.ts" */
/** @import { CardContext } from "./figures/context.js" */
/** @import { Format } from "./format/format.js" */
/** @import { Saved } from "./state/saved.js" */
/** @import { State } from "./state/state.js" */
/** @import { Strings } from "./strings/en.js" */

/** @typedef {{ path: string | null, message: string }} Fault */
/** @typedef {{ info: DealInfo, base: RunResult }} Opened a deal, and its result as agreed */

/**
 * @typedef {object} Options
 * @property {Engine} engine
 * @property {Deals} deals
 * @property {readonly DealSummary[]} library
 * @property {State} state where the reader begins
 * @property {readonly Place[]} places
 * @property {() => readonly { id: string, tree: Tree }[]} own the deals that are not of the library
 * @property {(deal: string) => readonly Saved[]} [saved] the reader's own scenarios of a deal
 * @property {Format} format
 * @property {Strings} strings
 * @property {() => void} changed called when there is something else to show
 * @property {(state: State) => void} delivered called when a run has come back, before `changed`
 */

/** The deals that were opened. */
export class Deals {
  #engine;
  /** @type {Map<string, Opened>} */
  #opened = new Map();

  /** @param {Engine} engine */
  constructor(engine) {
    this.#engine = engine;
  }

  /**
   * Opening a deal also runs it once, which warms the engine before the reader moves anything.
   * @param {string} id
   * @returns {Promise<Opened>}
   */
  async byId(id) {
    let deal = this.#opened.get(id);
    if (!deal) {
      const [info, base] = await Promise.all([this.#engine.describe(id), this.#engine.run({ deal: id })]);
      deal = { info, base };
      this.#opened.set(id, deal);
    }
    return deal;
  }

  /**
   * It is another deal now.
   * @param {string} id
   */
  forget(id) {
    this.#opened.delete(id);
  }
}

export class Session {
  #options;
  #last;
  /** What draws is loaded when the first card that needs it comes near. @type {Promise<Draws> | null} */
  #draws = null;
  #closed = false;
  #questions;
  #scheduler;

  /**
   * @param {Options} options
   * @param {DealInfo} info of the deal that the state is about
   */
  constructor(options, info) {
    this.#options = options;
    const { engine, places, state, changed } = options;
    this.store = new Store(state);
    this.#last = state;
    this.library = options.library;
    /** Of the deal that the figures show; of the one that was opened first until there are any. */
    this.info = info;
    /** The last run that came back. @type {CardContext | null} */
    this.shown = null;
    /** Of the last run. @type {Fault | null} */
    this.fault = null;
    this.desk = new Desk(places, {
      changed: ({ asks }) => {
        if (asks) this.#questions.wake();
        if (asks) this.#wakeDraws();
        changed();
      },
      plain: toPlain,
    });
    this.#scheduler = createScheduler({
      run: (/** @type {State} */ wanted) => this.#run(wanted),
      deliver: (result, wanted) => this.#deliver(result, wanted),
      fail: (error) => {
        const { path, message } = toPlain(error);
        this.fault = { path, message };
        changed();
      },
      rest: () => this.#questions.wake(),
    });
    this.#questions = createQuestions({
      next: () => this.desk.next(),
      ask: ({ method, args }) => {
        const ask = /** @type {(...all: unknown[]) => Promise<unknown>} */ (engine[method]);
        return ask.apply(engine, [...args]);
      },
      answered: (question, value) => this.desk.answered(question, value),
      failed: (question, error) => this.desk.failed(question, error),
      busy: () => !this.#scheduler.idle,
    });
    this.store.subscribe(() => this.#follow());
  }

  /** Whether nothing runs and nothing waits. */
  get idle() {
    return this.#scheduler.idle;
  }

  /** Nobody looks any more: what draws ends. */
  close() {
    this.#closed = true;
    void this.#draws?.then(({ close }) => close(), () => {});
  }

  /** Runs what the state says, whether or not it was run before. */
  run() {
    this.#scheduler.request(this.store.state);
  }

  /**
   * A deal that is not of the library is here now, another one than before, or gone.
   * @param {string} id
   * @param {Tree | null} tree
   */
  replaced(id, tree) {
    this.#options.deals.forget(id);
    void this.#draws?.then(({ adopt }) => adopt(id, tree), () => {});
    if (tree !== null) this.desk.forget();
  }

  /** The reader's own scenarios are others now: what shows them is made anew, of the run that is there. */
  recall() {
    if (this.shown === null) return;
    this.shown = { ...this.shown, saved: this.#saved(this.shown.info.id) };
    this.desk.follow(this.shown);
    this.#questions.wake();
    this.#wakeDraws();
    this.#options.changed();
  }

  /** @param {string} deal */
  #saved(deal) {
    return this.#options.saved?.(deal) ?? [];
  }

  /** @param {State} state */
  async #run(state) {
    const deal = await this.#options.deals.byId(state.deal);
    return { ...deal, result: isUntouched(state) ? deal.base : await this.#options.engine.run(requestOf(state)) };
  }

  /**
   * @param {Opened & { result: RunResult }} answer
   * @param {State} state
   */
  #deliver({ info, base, result }, state) {
    const { format, strings, changed, delivered } = this.#options;
    this.info = info;
    this.shown = {
      info,
      result,
      base: isUntouched(state) ? null : base,
      state,
      request: requestOf(state),
      asAgreed: requestOf(untouched(info.id)),
      library: this.library,
      saved: this.#saved(info.id),
      format,
      strings,
    };
    this.desk.follow(this.shown);
    this.#wakeDraws();
    this.fault = null;
    delivered(state);
    changed();
  }

  #follow() {
    const { state } = this.store;
    if (!sameState(state, this.#last)) {
      this.#last = state;
      this.#questions.moved();
      void this.#draws?.then(({ moved }) => moved(), () => {});
      this.run();
    } else if (this.#scheduler.idle) {
      this.#options.changed();
    }
  }

  #wakeDraws() {
    const wanted = this.desk.nextDraw();
    if (this.#closed || (this.#draws === null && wanted === null)) return;
    this.#draws ??= import("./engine/draws/index.js").then(({ openDraws }) => openDraws(this.desk, this.#options.own));
    this.#draws.then(
      ({ wake }) => wake(),
      (error) => {
        this.#draws = null;
        if (wanted) this.desk.failed(wanted, new MissingError(error));
      },
    );
  }
}

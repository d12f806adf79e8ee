// The state that several elements share: those of one page that name the same group. A group begins with the deal, scenario and state
// that its first element says, and has one session of the engine; it ends when its last element has left the page.
import { answer, plainText } from "../figures/answer.js";
import { toPlain } from "../engine/errors.js";
import { dealOf, encode, interpret, parse } from "../state/fragment.js";
import { sameState, untouched, withScenario, withSpread, withValue } from "../state/state.js";
import { Session } from "../session.js";
import { strings } from "../strings/index.js";
import { strings as words } from "../strings/embed.js";
import { format, linkTo, openShared } from "./engine.js";
import { places } from "./figures.js";
import { differences, read } from "./differences.js";

/** @import { Spread } from "../engine/types.d.ts" */
/** @import { Problem } from "../state/fragment.js" */
/** @import { State, Value } from "../state/state.js" */
/** @import { Shared } from "./engine.js" */

/** @typedef {{ deal?: string | null, scenario?: string | null, state?: string | null }} Beginning */
/** @typedef {{ paths: string[], metrics: Record<string, number | null>, byReader: boolean, state: string }} Change */

/**
 * An element of a group.
 * @typedef {HTMLElement & {
 *   leads: boolean,
 *   speaks: boolean,
 *   beginning: () => Beginning | null,
 *   changed: () => void,
 *   say: (text: string) => void,
 * }} Member `leads`: whether the events of the group are its; `speaks`: whether it can `say` something to a screen reader
 */

/** How long a lever rests before a screen reader is told, once, what came out. */
const SETTLED_AFTER = 700;
/** Out of sight a browser may give a frame no animation frames at all: it is drawn all the same, so that its height is right. */
const UNSEEN_AFTER = 250;

/**
 * A promise that is kept elsewhere.
 * @template T
 * @typedef {{ promise: Promise<T>, resolve: (value: T) => void, reject: (error: unknown) => void }} Later
 */

/** @template T @returns {Later<T>} */
function later() {
  /** @type {Partial<Later<T>>} */
  const made = {};
  const promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return /** @type {Later<T>} */ ({ ...made, promise });
}

/** @type {Map<string, Group>} */
const groups = new Map();
/** Called when any group has something else to show. @type {Set<(group: Group) => void>} */
const watchers = new Set();

/** @param {string} name */
export function groupOf(name) {
  let group = groups.get(name);
  if (group === undefined) {
    group = new Group(name);
    groups.set(name, group);
  }
  return group;
}

/** @param {(group: Group) => void} watcher */
export const watch = (watcher) => void watchers.add(watcher);

export class Group {
  /** In the order in which they joined. @type {Set<Member>} */
  #members = new Set();
  #started = false;
  /** @type {Shared | null} */
  #shared = null;
  /** Why it could not begin. @type {string | null} */
  failure = null;
  /** What was said to it and not understood. @type {readonly Problem[]} */
  problems = [];
  /** @type {Session | null} */
  session = null;

  #frame = 0;
  #timer = 0;
  #settling = 0;
  #byReader = false;
  /** The state of the last `change`. @type {State | null} */
  #told = null;
  /** Whether the deal's words are there, or on their way. */
  #worded = false;
  /** Whose turn it is to open a deal. */
  #turn = 0;
  /** Those who wait until the figures are of the state that is wanted. @type {{ resolve: () => void, reject: (error: Error) => void }[]} */
  #waiting = [];
  /** Resolves when there is a session, and fails with what kept it from beginning. */
  #begun = /** @type {Later<Session>} */ (later());
  #drawn = /** @type {Later<void>} */ (later());

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    /** Resolves when the first figures are there; rejects where there can be none of what it begins with. */
    this.ready = this.#drawn.promise;
    // Whoever does not ask for it sees the reason in the elements.
    this.ready.catch(() => {});
    this.#begun.promise.catch(() => {});
  }

  /** @param {Member} member */
  join(member) {
    this.#members.add(member);
    if (!this.#started) {
      this.#started = true;
      // All elements that are there now have their say before it begins.
      queueMicrotask(() => void this.#start());
    }
    if (this.session?.shown || this.session?.fault || this.failure !== null) member.changed();
  }

  /** @param {Member} member */
  leave(member) {
    this.#members.delete(member);
    // An element that is moved within the page leaves and joins again.
    setTimeout(() => {
      if (this.#members.size > 0 || groups.get(this.name) !== this) return;
      groups.delete(this.name);
      this.session?.close();
    });
  }

  /** The element that speaks for the group: where there is none, the first. */
  #leader() {
    const members = [...this.#members];
    return members.find(({ leads }) => leads) ?? members[0];
  }

  /**
   * The element in which it is said what was not understood.
   * @param {Member} member
   */
  isSpokenBy(member) {
    const [first] = [...this.#members].filter(({ speaks }) => speaks);
    return first === member;
  }

  async #start() {
    const members = [...this.#members].sort((a, b) => Number(b.leads) - Number(a.leads));
    const beginning = members.map((member) => member.beginning()).find((each) => each !== null) ?? {};
    try {
      const shared = await openShared();
      this.#shared = shared;
      const { state, info, problems } = await this.#read(beginning);
      this.problems = problems;
      this.session = new Session(
        {
          engine: shared.engine,
          deals: shared.deals,
          library: shared.library,
          state,
          places,
          own: () => [],
          format,
          strings,
          changed: () => this.#draw(),
          delivered: (shown) => this.#delivered(shown),
        },
        info,
      );
      this.#begun.resolve(this.session);
      this.session.run();
    } catch (error) {
      this.failure = toPlain(error).message;
      this.#begun.reject(error);
      this.#drawn.reject(error);
      this.#draw();
    }
  }

  /**
   * What a text in the grammar of links, and the attributes beside it, say.
   * @param {Beginning} beginning
   */
  async #read({ deal, scenario, state: text }) {
    const { library, deals, defaultDeal } = /** @type {Shared} */ (this.#shared);
    const parsed = parse(text ?? "");
    const own = parsed.pairs.filter(([key]) => !(key === "deal" && deal) && !(key === "scenario" && scenario));
    /** @type {[string, string][]} */
    const pairs = [...own];
    if (deal) pairs.push(["deal", deal]);
    if (scenario) pairs.push(["scenario", scenario]);
    const { info } = await deals.byId(dealOf(pairs, library, defaultDeal));
    const { state, problems } = interpret({ pairs, problems: parsed.problems }, info);
    return { state, info, problems };
  }

  /** @param {State} state */
  #delivered(state) {
    const { session } = this;
    if (session?.shown === null || session === null) return;
    const before = this.#told;
    this.#told = state;
    this.#drawn.resolve();
    if (sameState(state, session.store.state)) {
      for (const { resolve } of this.#waiting) resolve();
      this.#waiting = [];
    }
    if (before === null || sameState(before, state)) return;
    /** @type {Change} */
    const detail = { paths: differences(before, state, session.info), metrics: this.metrics, byReader: this.#byReader, state: this.fragment };
    this.#byReader = false;
    this.#leader()?.dispatchEvent(new CustomEvent("change", { detail, bubbles: true, composed: true }));
  }

  /** However often it is asked for, every element is drawn once in the next animation frame. */
  #draw() {
    if (this.#frame !== 0) return;
    const draw = () => {
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#timer);
      this.#frame = 0;
      this.#refuse();
      for (const member of this.#members) member.changed();
      for (const watcher of watchers) watcher(this);
    };
    this.#frame = requestAnimationFrame(draw);
    this.#timer = window.setTimeout(draw, UNSEEN_AFTER);
  }

  /** Where the engine has refused the state that is wanted, whoever waits for it is told. */
  #refuse() {
    const { session } = this;
    if (!session?.fault || !session.idle) return;
    const error = new Error(session.fault.message);
    this.#drawn.reject(error);
    for (const { reject } of this.#waiting) reject(error);
    this.#waiting = [];
  }

  /** The numbers that the figures show, by name. */
  get metrics() {
    return { ...this.session?.shown?.result.metrics };
  }

  /** The state that the figures show, as a link has it. */
  get fragment() {
    const state = this.session?.shown?.state;
    return state ? encode(state, this.#shared?.defaultDeal ?? "") : "";
  }

  /** The state as a link that names its deal in any case. */
  get link() {
    return linkTo(this.fragment);
  }

  get version() {
    return this.#shared?.version ?? "";
  }

  get engine() {
    return this.#shared?.engine ?? null;
  }

  /** Resolves when the figures are of the state that is wanted; rejects where the engine refuses it. @returns {Promise<void>} */
  #settled() {
    const { session } = this;
    if (session?.shown && sameState(session.shown.state, session.store.state)) return Promise.resolve();
    if (session?.fault && session.idle) return Promise.reject(new Error(session.fault.message));
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** The session, when what was asked of it before has come to an end, good or bad. */
  async #rested() {
    const session = await this.#begun.promise;
    await this.#settled().catch(() => {});
    return session;
  }

  /**
   * @param {(session: Session) => State} next
   * @param {{ by?: Member | null, settled?: boolean }} [options] the element that the reader used
   */
  change(next, { by = null, settled = true } = {}) {
    const { session } = this;
    if (session === null) return;
    const state = next(session);
    const moved = !sameState(state, session.store.state);
    if (by !== null) {
      if (moved) this.#byReader = true;
      this.#announce(by);
    }
    session.store.change(state, { settled });
  }

  /**
   * Tells a screen reader, once the reader rests, what came out.
   * @param {Member} by
   */
  #announce(by) {
    clearTimeout(this.#settling);
    this.#settling = window.setTimeout(() => {
      const teller = by.speaks ? by : [...this.#members].find(({ speaks }) => speaks);
      if (this.session?.shown) teller?.say(plainText(answer(this.session.shown)));
    }, SETTLED_AFTER);
  }

  /**
   * @param {string} path
   * @param {Value} value
   * @param {{ by: Member, settled: boolean }} options
   */
  move(path, value, options) {
    this.change(({ store, info }) => withValue(store.state, info, path, value), options);
  }

  /**
   * @param {string} path
   * @param {Spread} spread
   * @param {Member} by
   */
  spread(path, spread, by) {
    this.change(({ store, info }) => withSpread(store.state, info, path, spread), { by });
  }

  /**
   * Sets a quantity or a word from a program.
   * @param {string} path
   * @param {unknown} value
   */
  async set(path, value) {
    const { info } = await this.#rested();
    const found = read(info, path, String(value));
    if (!("value" in found)) throw new RangeError(strings.notices.reason(path, String(value), found.reason));
    this.change(({ store }) => withValue(store.state, info, path, found.value));
    await this.#settled();
  }

  /** @param {string | null} scenario */
  async pick(scenario) {
    await this.#rested();
    this.change(({ store, info }) => withScenario(store.state, info, scenario || null));
    await this.#settled();
  }

  /** The agreement as its file has it. */
  async reset() {
    await this.#begun.promise;
    this.problems = [];
    this.change(({ store }) => untouched(store.state.deal));
    await this.#settled();
  }

  /**
   * Turns to another state altogether.
   * @param {Beginning} beginning
   */
  async turn(beginning) {
    await this.#begun.promise;
    const turn = ++this.#turn;
    const { state, problems } = await this.#read(beginning);
    if (turn !== this.#turn) return;
    this.problems = problems;
    this.change(() => state);
    this.#draw();
    await this.#settled();
  }

  /**
   * Does what a link in prose says, on top of the state that is.
   * @param {{ state: State, problems: readonly Problem[] }} next
   */
  follow({ state, problems }) {
    this.problems = problems;
    this.change(() => state, { by: this.#leader() ?? null });
    this.#draw();
  }

  /**
   * Loads what the deal's file says of its quantities in words, which figures and levers do without until someone asks.
   * @returns {Promise<boolean>} whether they were not there before
   */
  async words() {
    const { session } = this;
    const shared = this.#shared;
    if (session === null || shared === null || this.#worded) return false;
    this.#worded = true;
    try {
      await shared.engine.words();
    } catch {
      this.#worded = false;
      return false;
    }
    shared.deals.forget(session.info.id);
    session.run();
    return true;
  }

  /** What was not understood, in words. */
  complaints() {
    return this.problems.map(({ key, value, reason }) => words.problem(strings.notices.reason(key, value, reason)));
  }
}

// What the cards of the page know. A card asks the engine something of its own about the reader's state; it is loaded, and its
// questions are asked, when it comes near the view. The desk knows for each card what it shows now, what it needs for the state
// that the figures are in, and which question is the next. It knows neither the document nor the engine.
//
// Some cards need draws, which threads of their own compute. They come in steps, each of which a card shows.

import { Drawn } from "./drawn.js";
import { readPicks, writePicks } from "./picked.js";

/** @import { Fields } from "../figures/picks.js" */
/** @import { Method } from "../engine/types.d.ts" */
/** @import { CardContext } from "../figures/context.js" */
/** @import { DrawNeed, KeyedNeed, Step } from "./drawn.js" */
/** @import { Said } from "./picked.js" */
/** @import { TemplateResult } from "lit" */

/** @typedef {Readonly<Record<string, unknown>>} Picks what the reader chose in a card */
/** @typedef {{ name: string, method: Method, args: readonly unknown[] }} Question a question, and the name under which its answer is used */
/** @typedef {Question | DrawNeed} Need a question to the engine, or something to be drawn */
/** @typedef {{ context: CardContext, picks: Picks, answers: Record<string, unknown> }} Shown all of one state, and never changed */

/**
 * @typedef {object} CardModule
 * @property {(context: CardContext, picks: Picks) => Need[]} questions what it needs to know
 * @property {(shown: Shown) => TemplateResult} show
 * @property {Fields} [fields] what can be picked in it and is part of a link
 */
/** @typedef {{ id: string, load: () => Promise<CardModule> }} Place where a card stands, in the order in which the page is read */

/**
 * @typedef {object} Card
 * @property {string} id
 * @property {boolean} near
 * @property {CardModule | null} module
 * @property {Shown | null} shown
 * @property {boolean} settling whether it is in view and shows another state than the figures
 * @property {{ message: string, missing: boolean } | null} fault why it cannot show the state of the figures
 * @property {Wait | null} wait what it waits for, where that takes long enough to be counted
 */
/**
 * How much of a drawing is done, and whether the reader can call it off; or that the reader did.
 * @typedef {{ done: number, of: number, long: boolean } | "stopped"} Wait
 */

/** @typedef {Omit<Shown, "answers">} Told what a question was asked of */
/** @typedef {Question & { id: string, key: string, asked: Told, epoch: number }} Asked a question on its way */
/** @typedef {Step & { id: string, asked: Told, epoch: number }} Draw something that is being drawn */

/**
 * @typedef {object} Slot what the desk keeps for a card
 * @property {Place} place
 * @property {boolean} near
 * @property {boolean} loading
 * @property {CardModule | null} module
 * @property {Picks} picks
 * @property {{ deal: string, said: Said[] } | null} waiting what a link says of it, until it can be held against the card
 * @property {Said[]} refused what a link said of it and cannot be picked
 * @property {Shown | null} shown
 * @property {unknown} missing why a part of it did not arrive; null where none is missing
 * @property {boolean} stopped whether the reader called off what takes long
 */

/** The cards that explain a number. They have no place on the page, and are near while an explanation is open. */
export const EXPLAINING = ["explain", "chance"];

/** So many answers are kept: enough for the base case of every card and the last steps of undo. */
const KEPT = 60;

export class Desk {
  /** @type {Slot[]} */
  #slots;
  #changed;
  #plain;
  /** @type {CardContext | null} */
  #context = null;
  /** @type {Map<string, unknown>} */
  #answers = new Map();
  /** @type {Map<string, unknown>} */
  #failures = new Map();
  #drawn = new Drawn();
  /** What a link said of cards that do not exist. @type {[key: string, text: string][]} */
  #strange = [];
  /** How often everything was forgotten. */
  #epoch = 0;
  /** How far what is being drawn has come. @type {{ key: string, done: number, of: number, long: boolean } | null} */
  #progress = null;

  /**
   * @param {readonly Place[]} places
   * @param {object} options
   * @param {(what: { asks: boolean }) => void} options.changed called when a card has something else to show, and perhaps to ask
   * @param {(error: unknown) => { message: string, missing: boolean }} options.plain
   */
  constructor(places, { changed, plain }) {
    this.#slots = places.map((place) => {
      return { place, near: false, loading: false, module: null, picks: {}, waiting: null, refused: [], shown: null, missing: null, stopped: false };
    });
    this.#changed = changed;
    this.#plain = plain;
  }

  /**
   * The figures are of another state now.
   * @param {CardContext} context
   */
  follow(context) {
    this.#context = context;
    for (const slot of this.#slots) {
      this.#read(slot);
      // What a link says of a card is held against it, also where the reader never comes near.
      if (slot.waiting !== null && slot.missing === null) void this.#load(slot);
    }
  }

  /**
   * What a link says of the cards of a deal takes the place of what was picked in them.
   * @param {string} deal
   * @param {readonly (readonly [key: string, text: string])[]} said keys are of a card and a pick, `heat:x`
   */
  restore(deal, said) {
    this.#strange = [];
    /** @type {Map<string, Said[]>} */
    const byCard = new Map();
    for (const [key, text] of said) {
      const [id = ""] = key.split(":", 1);
      if (!this.#slots.some(({ place }) => place.id === id)) this.#strange.push([key, text]);
      else byCard.set(id, [...(byCard.get(id) ?? []), [key.slice(id.length + 1), text]]);
    }
    for (const slot of this.#slots) {
      const { module, picks } = slot;
      const mine = byCard.get(slot.place.id);
      slot.waiting = mine === undefined ? null : { deal, said: mine };
      slot.refused = [];
      // Nothing is picked before a card is there, and what explains a number has nothing that a link could say.
      if (module?.fields !== undefined && Object.keys(picks).length > 0) slot.picks = {};
      this.#read(slot);
    }
    this.#changed({ asks: true });
  }

  /**
   * What a link says of the cards now, differences alone.
   * @returns {[key: string, text: string][]}
   */
  said() {
    const context = this.#context;
    const said = this.#slots.flatMap(({ place, module, picks, waiting, refused }) => {
      const written = waiting?.said ?? (module?.fields !== undefined && context !== null ? writePicks(module.fields, picks, context) : []);
      const names = written.map(([name]) => name);
      const all = [...written, ...refused.filter(([name]) => !names.includes(name))];
      return all.map(([name, text]) => /** @type {[string, string]} */ ([`${place.id}:${name}`, text]));
    });
    return [...said, ...this.#strange];
  }

  /**
   * What a link said of the cards and cannot be picked in them, or of cards that do not exist.
   * @returns {{ key: string, value: string, reason: "pick" | "card" }[]}
   */
  refused() {
    const refused = this.#slots.flatMap(({ place, refused: all }) =>
      all.map(([name, value]) => ({ key: `${place.id}:${name}`, value, reason: /** @type {const} */ ("pick") })),
    );
    return [...refused, ...this.#strange.map(([key, value]) => ({ key, value, reason: /** @type {const} */ ("card") }))];
  }

  /** The reader has seen what was refused. */
  forgive() {
    this.#strange = [];
    for (const slot of this.#slots) slot.refused = [];
  }

  /**
   * A card came near the view, or went away.
   * @param {string} id
   * @param {boolean} near
   */
  approach(id, near) {
    const slot = this.#slot(id);
    slot.near = near;
    if (near && slot.missing === null) void this.#load(slot);
    this.#changed({ asks: true });
  }

  /**
   * The reader picked something in a card.
   * @param {string} id
   * @param {Picks} picks
   */
  choose(id, picks) {
    const slot = this.#slot(id);
    slot.picks = { ...slot.picks, ...picks };
    slot.refused = slot.refused.filter(([name]) => !(name in picks));
    slot.stopped = false;
    this.#changed({ asks: true });
  }

  /**
   * The reader calls off what takes long in a card, or wants it after all.
   * @param {string} id
   * @param {boolean} stopped
   */
  stop(id, stopped) {
    this.#slot(id).stopped = stopped;
    this.#changed({ asks: true });
  }

  /** A deal is another one now: what was answered of it holds no more. */
  forget() {
    this.#answers.clear();
    this.#failures.clear();
    this.#drawn = new Drawn();
    // What is on its way was asked of what is no longer so.
    this.#epoch += 1;
  }

  /** Whatever did not arrive or could not be answered is tried again. */
  retry() {
    this.#failures.clear();
    for (const slot of this.#slots) {
      slot.missing = null;
      if (slot.near) void this.#load(slot);
    }
    this.#changed({ asks: true });
  }

  /**
   * The next question of the cards that are in or near the view, in the order in which they are read.
   * @returns {Asked | null}
   */
  next() {
    const context = this.#context;
    if (context === null) return null;
    for (const slot of this.#slots) {
      if (!slot.near || slot.module === null || slot.missing !== null) continue;
      const { place, picks } = slot;
      const needs = this.#needs(slot.module, context, picks);
      if (needs.some(({ key }) => this.#failures.has(key))) continue;
      const open = needs.find((need) => !isDrawn(need) && !this.#answers.has(need.key));
      if (open) return { .../** @type {Question & { key: string }} */ (open), id: place.id, asked: { context, picks }, epoch: this.#epoch };
    }
    return null;
  }

  /**
   * What is to be drawn now for the cards that are in or near the view.
   * @returns {Draw | null}
   */
  nextDraw() {
    const context = this.#context;
    if (context === null) return null;
    /** @type {{ slot: Slot, need: KeyedNeed }[]} */
    const found = [];
    for (const slot of this.#slots) {
      if (!slot.near || slot.module === null || slot.missing !== null) continue;
      const needs = this.#needs(slot.module, context, slot.picks);
      if (needs.some(({ key }) => this.#failures.has(key))) continue;
      for (const need of needs) if (isDrawn(need) && !(need.long && slot.stopped)) found.push({ slot, need });
    }
    const next = this.#drawn.next(found.map(({ need }) => need));
    const slot = next && found[next.index]?.slot;
    return next && slot ? { ...next.step, id: slot.place.id, asked: { context, picks: slot.picks }, epoch: this.#epoch } : null;
  }

  /**
   * @param {Draw} draw
   * @param {number} done
   * @param {number} of
   */
  progressed({ key, long }, done, of) {
    this.#progress = { key, done, of, long };
    this.#changed({ asks: false });
  }

  /**
   * A step of a drawing is done: every card that it is for shows it.
   * @param {Draw} draw
   * @param {unknown} answer
   */
  drawn(draw, answer) {
    if (draw.epoch !== this.#epoch) return;
    this.#drawn.add(draw, answer);
    this.#progress = null;
    const { context } = draw.asked;
    for (const slot of this.#slots) {
      const { module, picks, shown } = slot;
      if (module === null || !this.#needs(module, context, picks).some(({ key }) => key === draw.key)) continue;
      const passed = context !== this.#context;
      if (passed && (this.#context?.info !== context.info || shown?.context === this.#context)) continue;
      this.#show(slot, module, { context, picks });
    }
    this.#changed({ asks: true });
  }

  /**
   * @param {Asked} question
   * @param {unknown} answer
   */
  answered({ id, key, asked, epoch }, answer) {
    if (epoch !== this.#epoch) return;
    keep(this.#answers, key, answer);
    // While a slider moves, every answer is of a state that has passed. It is shown all the same, or the card would stand still
    // until the slider rests; but not where the reader has turned to another deal, or to something else in the card.
    const slot = this.#slot(id);
    const current = slot.picks === asked.picks && this.#context?.info === asked.context.info;
    if (current && slot.module !== null) this.#show(slot, slot.module, asked);
    this.#changed({ asks: true });
  }

  /**
   * @param {Asked | Draw} question
   * @param {unknown} error
   */
  failed(question, error) {
    if (question.epoch !== this.#epoch) return;
    this.#progress = null;
    const { id, key } = question;
    const { missing, message } = this.#plain(error);
    if ("refusable" in question && question.refusable && !missing) return this.drawn(question, { refused: message });
    if (missing) this.#slot(id).missing = error;
    else keep(this.#failures, key, error);
    this.#changed({ asks: true });
  }

  /** @returns {Card[]} */
  cards() {
    return this.#slots.map((slot) => {
      const fault = this.#settle(slot);
      const { place, near, module, shown } = slot;
      const behind = shown === null || shown.context !== this.#context || shown.picks !== slot.picks;
      const wait = near && fault === null ? this.#waitOf(slot, behind) : null;
      return { id: place.id, near, module, shown, settling: near && behind && fault === null, fault, wait };
    });
  }

  /**
   * @param {Slot} slot
   * @param {boolean} behind whether it shows another state than the figures
   * @returns {Wait | null}
   */
  #waitOf({ module, picks, stopped }, behind) {
    const context = this.#context;
    const progress = this.#progress;
    if (module === null || context === null || (progress === null && !stopped)) return null;
    const needs = this.#needs(module, context, picks);
    if (stopped && behind && needs.some((need) => isDrawn(need) && need.long && !need.optional && this.#drawn.find(need) === null)) return "stopped";
    const mine = progress !== null && needs.some(({ key }) => key === progress.key);
    return mine ? { done: progress.done, of: progress.of, long: progress.long } : null;
  }

  /**
   * Shows the present state where all that it needs is known.
   * @param {Slot} slot
   * @returns {Card["fault"]}
   */
  #settle(slot) {
    if (slot.missing !== null) return this.#plain(slot.missing);
    const { module, picks, shown } = slot;
    const context = this.#context;
    if (module === null || context === null) return null;
    if (this.#failures.size > 0) {
      const failed = this.#needs(module, context, picks).find(({ key }) => this.#failures.has(key));
      if (failed) return this.#plain(this.#failures.get(failed.key));
    }
    if (shown?.context !== context || shown.picks !== picks) this.#show(slot, module, { context, picks });
    return null;
  }

  /**
   * @param {Slot} slot
   * @param {CardModule} module
   * @param {Told} state
   */
  #show(slot, module, { context, picks }) {
    /** @type {[string, unknown][]} */
    const answers = [];
    for (const need of this.#needs(module, context, picks)) {
      const { name, key } = need;
      if (isDrawn(need)) {
        const drawing = this.#drawn.find(need);
        if (drawing === null && need.optional) continue;
        if (drawing === null) return;
        this.#drawn.touch(key);
        answers.push([name, drawing.answer]);
      } else {
        if (!this.#answers.has(key)) return;
        const answer = this.#answers.get(key);
        keep(this.#answers, key, answer);
        answers.push([name, answer]);
      }
    }
    slot.shown = { context, picks, answers: Object.fromEntries(answers) };
  }

  /**
   * @param {CardModule} module
   * @param {CardContext} context
   * @param {Picks} picks
   */
  #needs(module, context, picks) {
    return module.questions(context, picks).map((need) => ({ ...need, key: keyOf(need) }));
  }

  /**
   * Picks what a link says, as soon as the card is there and the figures are of the deal that the link is about.
   * @param {Slot} slot
   */
  #read(slot) {
    const { module, waiting } = slot;
    if (module === null || waiting === null || this.#context?.info.id !== waiting.deal) return;
    const { picks, refused } = readPicks(module.fields ?? {}, waiting.said, this.#context);
    slot.waiting = null;
    slot.refused = refused;
    slot.picks = { ...slot.picks, ...picks };
  }

  /** @param {Slot} slot */
  async #load(slot) {
    if (slot.module !== null || slot.loading) return;
    slot.loading = true;
    try {
      slot.module = await slot.place.load();
      this.#read(slot);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      slot.missing = Object.assign(new Error(message), { missing: true });
    }
    slot.loading = false;
    this.#changed({ asks: true });
  }

  /** @param {string} id */
  #slot(id) {
    const slot = this.#slots.find(({ place }) => place.id === id);
    if (slot === undefined) throw new Error(`There is no card "${id}".`);
    return slot;
  }
}

/**
 * @template {Need} N
 * @param {N} need
 * @returns {need is N & DrawNeed}
 */
export const isDrawn = (need) => "steps" in need;

/**
 * Two questions of one key have one answer. The order in which quantities were changed is not part of a question.
 * @param {Need} need
 */
export const keyOf = ({ method, args }) =>
  JSON.stringify([method, args], (_key, value) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/**
 * Keeps the entries that were used last.
 * @param {Map<string, unknown>} map
 * @param {string} key
 * @param {unknown} value
 */
function keep(map, key, value) {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
}

// What stands far below, or is called for, and asks the engine nothing: it is loaded when it comes near the view, and shows the state
// that the reader is in at once.

/** @import { TemplateResult } from "lit" */
/** @import { Card } from "../cards/desk.js" */
/** @import { Engine } from "../engine/types.d.ts" */
/** @import { KeptDeal } from "../own/kept.js" */
/** @import { State } from "../state/state.js" */
/** @import { Handlers, Model, Words } from "../view.js" */

/** @typedef {"assumptions" | "own" | "explain" | "scenarios" | "tour"} PartId */
/**
 * What a part may do with the rest of the page.
 * @typedef {object} Services
 * @property {Engine} engine
 * @property {() => State} state
 * @property {() => readonly KeptDeal[]} own the deals of the reader's own that are in the library
 * @property {() => void} changed called when a part has something else to show
 * @property {(deal: KeptDeal) => Promise<boolean>} use takes a deal into the library and shows it; says whether the device keeps it
 * @property {(id: string) => Promise<void>} abandon
 */
/** @typedef {(card: Card, figure: string) => TemplateResult} PutCard puts a card where a part wants it, with the name of its figure */
/**
 * @typedef {object} PartModule
 * @property {(model: Model, handlers: Handlers, words: Words, place: PutCard) => TemplateResult} show
 * @property {(services: Services) => void} [start] called once
 * @property {(file: File) => void} [receive] a file that was dropped on the page
 */
/** @typedef {{ module: PartModule | null, fault: { message: string, missing: boolean } | null }} Part */

/** In the order in which they are read. @type {Readonly<Record<PartId, () => Promise<PartModule>>>} */
const LOADS = {
  assumptions: async () => (await import("./assumptions.js")).part,
  own: async () => (await import("./own.js")).part,
  explain: async () => (await import("./explain.js")).part,
  scenarios: async () => (await import("./scenarios.js")).part,
  tour: async () => (await import("./tour.js")).part,
};

export class Parts {
  /** @type {Map<PartId, Part>} */
  #parts = new Map();
  #changed;

  #services;

  /**
   * @param {() => void} changed called when there is more to show
   * @param {Services} services
   */
  constructor(changed, services) {
    this.#changed = changed;
    this.#services = services;
  }

  /** @returns {Record<PartId, Part>} */
  all() {
    return { assumptions: this.get("assumptions"), own: this.get("own"), explain: this.get("explain"), scenarios: this.get("scenarios"), tour: this.get("tour") };
  }

  /**
   * @param {PartId} id
   * @returns {Part}
   */
  get(id) {
    return this.#parts.get(id) ?? { module: null, fault: null };
  }

  /** Once it is there it stays; where it did not arrive, the next call tries again. @param {PartId} id */
  async load(id) {
    if (this.get(id).module !== null) return;
    try {
      const module = await LOADS[id]();
      if (this.get(id).module === null) {
        module.start?.(this.#services);
        this.#parts.set(id, { module, fault: null });
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#parts.set(id, { module: null, fault: { message, missing: true } });
    }
    this.#changed();
  }
}

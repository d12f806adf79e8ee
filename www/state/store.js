// The one place that holds the state, with its history. It knows neither the engine nor the page.
import { History } from "./history.js";
import { sameState } from "./state.js";

/** @import { State } from "./state.js" */

export class Store {
  /** @type {History<State>} */
  #history;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {State} state */
  constructor(state) {
    this.#history = new History(state, sameState);
  }

  get state() {
    return this.#history.present;
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  /**
   * @param {State} state
   * @param {{ settled?: boolean }} [options] false while a movement is under way
   */
  change(state, { settled = true } = {}) {
    const moved = !sameState(state, this.state);
    this.#history.change(state, { settled });
    if (moved || settled) this.#tell();
  }

  /**
   * A deal is gone: there is no way back to it.
   * @param {string} deal
   */
  forget(deal) {
    this.#history.forget((state) => state.deal === deal);
    this.#tell();
  }

  undo() {
    this.#history.undo();
    this.#tell();
  }

  redo() {
    this.#history.redo();
    this.#tell();
  }

  /** @param {() => void} listener */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}

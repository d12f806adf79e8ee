// The deals of the library, opened when they are first needed and kept: opening compiles a deal, which every question about it shares.

/** @import { Tree } from "clauseworth-wasm" */

/** @template Deal */
export class Shelf {
  #library;
  #open;
  /** @type {Map<string, Deal>} */
  #deals = new Map();

  /**
   * @param {Record<string, Tree>} library deals by their ids
   * @param {(deal: Tree, library: Record<string, Tree>) => Deal} open
   */
  constructor(library, open) {
    this.#library = library;
    this.#open = open;
  }

  /**
   * @param {string} id
   * @returns {Deal}
   */
  deal(id) {
    let deal = this.#deals.get(id);
    if (deal === undefined) {
      const tree = this.#library[id];
      if (!tree) throw new Error(`There is no deal "${id}" in the library, which has ${Object.keys(this.#library).join(", ")}.`);
      deal = this.#open(tree, this.#library);
      this.#deals.set(id, deal);
    }
    return deal;
  }
}

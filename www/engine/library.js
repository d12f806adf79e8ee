// Deals opened when they are first needed and kept: opening compiles a deal, which every question about it shares. Of the variations
// of a deal, those that were used last are kept.
import { chainOf, treeOf } from "./trees.js";

/** @import { RunRequest, Tree } from "clauseworth-wasm" */
/** @import { DealRequest } from "./types.d.ts" */
/** @import { Library } from "./trees.js" */

/** So many variations are kept: the reader's, the one before, and those of a comparison. */
const VARIATIONS = 4;

/**
 * A deal, and the files that it was made of: its own and those that it inherits from.
 * @template Deal
 * @typedef {{ files: readonly Tree[], deal: Deal }} Opened
 */

/** @template {{ free(): void }} Deal */
export class Shelf {
  #library;
  #open;
  /** By what they are variations of; a deal as its file says has no differences. @type {Map<string, Opened<Deal>>} */
  #opened = new Map();

  /**
   * @param {Library} library to which deals may be added; one that is replaced is opened again
   * @param {(deal: Tree, library: Library) => Deal} open
   */
  constructor(library, open) {
    this.#library = library;
    this.#open = open;
  }

  /**
   * The deal that a request is about.
   * @param {Pick<DealRequest, "deal" | "spread">} request
   * @returns {Deal}
   */
  deal(request) {
    const { deal: id, spread = {} } = request;
    const differences = Object.entries(spread).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([id, ...differences]);
    const files = chainOf(this.#library, id);
    const known = this.#opened.get(key);
    if (known !== undefined && known.files.length === files.length && known.files.every((file, i) => file === files[i])) {
      if (differences.length > 0) this.#keep(key, known);
      return known.deal;
    }
    const deal = this.#open(treeOf(this.#library, request), this.#library);
    known?.deal.free();
    this.#keep(key, { files, deal });
    return deal;
  }

  /**
   * @param {string} key
   * @param {Opened<Deal>} opened
   */
  #keep(key, opened) {
    this.#opened.delete(key);
    this.#opened.set(key, opened);
    const variations = [...this.#opened].filter(([each]) => JSON.parse(each).length > 1);
    for (const [old, { deal }] of variations.slice(0, -VARIATIONS)) {
      this.#opened.delete(old);
      deal.free();
    }
  }
}

/**
 * What the deal is asked, once it is there.
 * @param {DealRequest} request
 * @returns {RunRequest}
 */
export const askOf = ({ deal: _deal, spread: _spread, ...request }) => request;

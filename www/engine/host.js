// The engine in the thread that loads this module: it opens the WebAssembly once, keeps each library deal opened, and converts
// nothing. The worker and the fallback on the main thread are both made of it. The deals are a file beside the engine, so that the
// browser's own parser reads them.
import init, { Deal, version } from "clauseworth-wasm";
import libraryUrl from "../../target/pkg/library.json?url";

/** @import { Tree } from "clauseworth-wasm" */
/** @import { DealInfo, DealRequest, DealSummary, RunResult } from "./types.d.ts" */

export class Host {
  #library;
  /** @type {Map<string, Deal>} */
  #deals = new Map();

  /** @param {Record<string, Tree>} library deals by their ids */
  constructor(library) {
    this.#library = library;
  }

  static async open() {
    const [library] = await Promise.all([fetchLibrary(), init()]);
    return new Host(library);
  }

  /** @returns {string} */
  version() {
    return version();
  }

  /** @returns {DealSummary[]} */
  deals() {
    return Object.entries(this.#library).map(([id, { title }]) => ({ id, title: String(title) }));
  }

  /**
   * @param {string} id
   * @returns {DealInfo}
   */
  describe(id) {
    return this.#deal(id).describe();
  }

  /**
   * @param {DealRequest} request
   * @returns {RunResult}
   */
  run({ deal, ...request }) {
    return this.#deal(deal).run(request);
  }

  /** @param {string} id */
  #deal(id) {
    let deal = this.#deals.get(id);
    if (!deal) {
      const tree = this.#library[id];
      if (!tree) throw new Error(`There is no deal "${id}" in the library, which has ${Object.keys(this.#library).join(", ")}.`);
      deal = Deal.open(tree, this.#library);
      this.#deals.set(id, deal);
    }
    return deal;
  }
}

/** @returns {Promise<Record<string, Tree>>} */
async function fetchLibrary() {
  const response = await fetch(libraryUrl);
  if (!response.ok) throw new Error(`The deal library could not be loaded (${response.status}).`);
  return response.json();
}

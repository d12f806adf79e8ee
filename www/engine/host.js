// The engine in the thread that loads this module: it opens the WebAssembly once, keeps each library deal parsed, and converts
// nothing. The worker and the fallback on the main thread are both made of it.
import init, { Deal, deals, version } from "clauseworth-wasm";

/** @import { DealInfo, DealRequest, DealSummary, RunResult } from "./types.d.ts" */

export class Host {
  /** @type {Map<string, Deal>} */
  #deals = new Map();

  static async open() {
    await init();
    return new Host();
  }

  /** @returns {string} */
  version() {
    return version();
  }

  /** @returns {DealSummary[]} */
  deals() {
    return deals();
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
      deal = Deal.library(id);
      this.#deals.set(id, deal);
    }
    return deal;
  }
}

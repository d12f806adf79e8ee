// The part of the engine that answers questions: a module of its own, several times the size of the one that runs a deal, which a
// reader who only moves sliders never downloads. Its deals are its own, since a deal lives in the memory of the module that opened it.
import init, { Comparison, Deal } from "clauseworth-analysis";
import { Shelf } from "./library.js";

/** @import { Tree } from "clauseworth-wasm" */
/** @import { DealRequest, GridQuestion, Question } from "./types.d.ts" */

export class Analyst {
  #shelf;

  /** @param {Record<string, Tree>} library deals by their ids */
  constructor(library) {
    this.#shelf = new Shelf(library, (deal, all) => Deal.open(deal, all));
  }

  /** @param {Record<string, Tree>} library */
  static async open(library) {
    await init();
    return new Analyst(library);
  }

  /** @param {DealRequest} request */
  agiCurve({ deal, ...request }) {
    return this.#shelf.deal(deal).agiCurve(request);
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  tornado({ deal, ...request }, metric) {
    return this.#shelf.deal(deal).tornado(request, metric);
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  gradient({ deal, ...request }, metric) {
    return this.#shelf.deal(deal).gradient(request, metric);
  }

  /**
   * @param {DealRequest} request
   * @param {Question} question
   */
  solve({ deal, ...request }, question) {
    return this.#shelf.deal(deal).solve(request, question);
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  breakEven({ deal, ...request }, metric) {
    return this.#shelf.deal(deal).breakEven(request, metric);
  }

  /**
   * @param {DealRequest} request
   * @param {GridQuestion} question
   */
  grid({ deal, ...request }, question) {
    return this.#shelf.deal(deal).grid(request, question);
  }

  /** @param {DealRequest} request */
  payments({ deal, ...request }) {
    return this.#shelf.deal(deal).payments(request);
  }

  /**
   * @param {readonly DealRequest[]} requests
   * @param {number | null} world
   */
  compare(requests, world) {
    const comparison = new Comparison();
    try {
      for (const { deal, ...request } of requests) comparison.add(this.#shelf.deal(deal), request);
      return comparison.answer(world);
    } finally {
      comparison.free();
    }
  }
}

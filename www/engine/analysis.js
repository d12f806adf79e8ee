// The part of the engine that answers questions: a module of its own, several times the size of the one that runs a deal, which a
// reader who only moves sliders never downloads. Its deals are its own, since a deal lives in the memory of the module that opened it.
import init, { Comparison, Deal } from "clauseworth-analysis";
import analysisUrl from "../../target/pkg/clauseworth_analysis_bg.wasm?url";
import { part } from "./assets.js";
import { Shelf, askOf } from "./library.js";

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
    await init({ module_or_path: part(analysisUrl) });
    return new Analyst(library);
  }

  /** @param {DealRequest} request */
  agiCurve(request) {
    return this.#shelf.deal(request).agiCurve(askOf(request));
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  tornado(request, metric) {
    return this.#shelf.deal(request).tornado(askOf(request), metric);
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  gradient(request, metric) {
    return this.#shelf.deal(request).gradient(askOf(request), metric);
  }

  /**
   * @param {DealRequest} request
   * @param {Question} question
   */
  solve(request, question) {
    return this.#shelf.deal(request).solve(askOf(request), question);
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  breakEven(request, metric) {
    return this.#shelf.deal(request).breakEven(askOf(request), metric);
  }

  /**
   * @param {DealRequest} request
   * @param {GridQuestion} question
   */
  grid(request, question) {
    return this.#shelf.deal(request).grid(askOf(request), question);
  }

  /** @param {DealRequest} request */
  payments(request) {
    return this.#shelf.deal(request).payments(askOf(request));
  }

  /**
   * @param {readonly DealRequest[]} requests
   * @param {number | null} world
   */
  compare(requests, world) {
    const comparison = new Comparison();
    try {
      for (const request of requests) comparison.add(this.#shelf.deal(request), askOf(request));
      return comparison.answer(world);
    } finally {
      comparison.free();
    }
  }
}

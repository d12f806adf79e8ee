// The engine in the thread that loads this module: it opens the WebAssembly once, keeps each library deal opened, and converts
// nothing. The worker and the fallback on the main thread are both made of it. What answers questions is a second module, loaded when
// the first of them is asked.
import init, { Deal, version } from "clauseworth-wasm";
import coreUrl from "../../target/pkg/clauseworth_wasm_bg.wasm?url";
import { part } from "./assets.js";
import { MissingError } from "./errors.js";
import { fetchLibrary } from "./fetch.js";
import { Shelf, askOf } from "./library.js";
import { chainOf, factsOf, linesOf } from "./trees.js";

/** @import { Tree } from "clauseworth-wasm" */
/** @import { Analyst } from "./analysis.js" */
/** @import { DealInfo, DealRequest, DealSummary, GridQuestion, Question } from "./types.d.ts" */

export class Host {
  #library;
  #shelf;
  /** @type {Promise<Analyst> | null} */
  #analyst = null;
  /** Whether the library lacks what is said of its quantities in words. */
  #bare;

  /**
   * @param {Record<string, Tree>} library deals by their ids
   * @param {boolean} bare
   */
  constructor(library, bare) {
    this.#bare = bare;
    this.#library = library;
    this.#shelf = new Shelf(library, (deal, all) => Deal.open(deal, all));
  }

  /** @param {{ bare?: boolean }} [options] bare: without what is said of the quantities in words, until `words` is called */
  static async open({ bare = false } = {}) {
    const [library] = await Promise.all([fetchLibrary({ bare }), init({ module_or_path: part(coreUrl) })]);
    return new Host(library, bare);
  }

  /** What was described before lacks the words. */
  async words() {
    if (!this.#bare) return;
    const whole = await fetchLibrary().catch((error) => {
      throw new MissingError(error);
    });
    Object.assign(this.#library, whole);
    this.#bare = false;
  }

  /** @returns {string} */
  version() {
    return version();
  }

  /** @returns {DealSummary[]} */
  deals() {
    return Object.entries(this.#library).map(([id, tree]) => ({
      id,
      title: String(tree["title"] ?? id),
      lines: linesOf(chainOf(this.#library, id)),
    }));
  }

  /**
   * @param {string} id
   * @returns {DealInfo}
   */
  describe(id) {
    const info = this.#shelf.deal({ deal: id }).describe();
    return { ...info, ...factsOf(chainOf(this.#library, id), info) };
  }

  /**
   * The file of a deal, and those that it inherits from.
   * @param {string} id
   */
  files(id) {
    return chainOf(this.#library, id);
  }

  /**
   * What a deal file is, where it is sound; all its faults are thrown where it is not.
   * @param {Tree} tree
   */
  check(tree) {
    const deal = Deal.open(tree, this.#library);
    try {
      return deal.describe();
    } finally {
      deal.free();
    }
  }

  /**
   * Adds a sound deal to the library, or puts it in the place of the one that has its id there.
   * @param {string} id
   * @param {Tree} tree
   */
  adopt(id, tree) {
    const named = { ...tree, id };
    this.check(named);
    this.#library[id] = named;
  }

  /** @param {string} id */
  abandon(id) {
    delete this.#library[id];
  }

  /** @param {DealRequest} request */
  run(request) {
    return this.#shelf.deal(request).run(askOf(request));
  }

  /** @param {DealRequest} request */
  clauses(request) {
    return this.#shelf.deal(request).clauses(askOf(request));
  }

  /** @param {DealRequest} request */
  async agiCurve(request) {
    return (await this.#analysis()).agiCurve(request);
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  async tornado(request, metric) {
    return (await this.#analysis()).tornado(request, metric);
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  async gradient(request, metric) {
    return (await this.#analysis()).gradient(request, metric);
  }

  /**
   * @param {DealRequest} request
   * @param {Question} question
   */
  async solve(request, question) {
    return (await this.#analysis()).solve(request, question);
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  async breakEven(request, metric) {
    return (await this.#analysis()).breakEven(request, metric);
  }

  /**
   * @param {DealRequest} request
   * @param {GridQuestion} question
   */
  async grid(request, question) {
    return (await this.#analysis()).grid(request, question);
  }

  /** @param {DealRequest} request */
  async payments(request) {
    return (await this.#analysis()).payments(request);
  }

  /**
   * @param {readonly DealRequest[]} requests
   * @param {number | null} world
   */
  async compare(requests, world) {
    return (await this.#analysis()).compare(requests, world);
  }

  /** Once it is there it stays; where it did not arrive, the next question tries again. */
  #analysis() {
    this.#analyst ??= openAnalyst(this.#library).catch((error) => {
      this.#analyst = null;
      throw new MissingError(error);
    });
    return this.#analyst;
  }
}

/** @param {Record<string, Tree>} library */
async function openAnalyst(library) {
  const { Analyst } = await import("./analysis.js");
  return Analyst.open(library);
}

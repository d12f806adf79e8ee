// The engine in the thread that loads this module: it opens the WebAssembly once, keeps each library deal opened, and converts
// nothing. The worker and the fallback on the main thread are both made of it. The deals are a file beside the engine, so that the
// browser's own parser reads them. What answers questions is a second module, loaded when the first of them is asked.
import init, { Deal, version } from "clauseworth-wasm";
import libraryUrl from "../../target/pkg/library.json?url";
import { MissingError } from "./errors.js";
import { Shelf } from "./library.js";

/** @import { Tree } from "clauseworth-wasm" */
/** @import { Analyst } from "./analysis.js" */
/** @import { DealRequest, DealSummary, GridQuestion, Question } from "./types.d.ts" */

export class Host {
  #library;
  #shelf;
  /** @type {Promise<Analyst> | null} */
  #analyst = null;

  /** @param {Record<string, Tree>} library deals by their ids */
  constructor(library) {
    this.#library = library;
    this.#shelf = new Shelf(library, (deal, all) => Deal.open(deal, all));
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

  /** @param {string} id */
  describe(id) {
    return this.#shelf.deal(id).describe();
  }

  /** @param {DealRequest} request */
  run({ deal, ...request }) {
    return this.#shelf.deal(deal).run(request);
  }

  /** @param {DealRequest} request */
  clauses({ deal, ...request }) {
    return this.#shelf.deal(deal).clauses(request);
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

/** @returns {Promise<Record<string, Tree>>} */
async function fetchLibrary() {
  const response = await fetch(libraryUrl);
  if (!response.ok) throw new Error(`The deal library could not be loaded (${response.status}).`);
  return response.json();
}

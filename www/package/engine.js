// The engine for programs: the same host and the same threads that answer the page, behind one interface of promises.
import { openPool } from "../engine/draws/open.js";
import { Dropped } from "../engine/draws/pool.js";
import { EngineError, MissingError, toPlain } from "../engine/errors.js";
import { Host } from "../engine/host.js";
import { asked, askedOfAll, metricOf, questionOf, treeOf } from "./asked.js";

/** @import { Task } from "../engine/draws/types.d.ts" */
/** @import { DealInfo, DealRequest, GridQuestion, Tree } from "../engine/types.d.ts" */
/** @import { ChanceQuestion, CompareOptions, DrawOptions, Engine, FileOptions, ImportanceQuestion } from "./index.d.ts" */
/** @import { Question, SimulateOptions, SpreadOptions } from "./index.d.ts" */
/** @import { Pool } from "../engine/draws/pool.js" */

/** What the command line draws unless told otherwise. */
const PATHS = { simulate: 16_384, spread: 16_384, importance: 1024, chance: 4096 };

/** @implements {Engine} */
export class ProgramEngine {
  version;
  #host;
  #threads;
  /** The deals that were added, of which a pool is told when it is opened. @type {Map<string, Tree>} */
  #own = new Map();
  /** @type {Promise<Pool> | null} */
  #pool = null;
  /** Draws go one after the other: each has all threads. @type {Promise<unknown>} */
  #last = Promise.resolve();
  #closing = new AbortController();

  /**
   * @param {Host} host
   * @param {number} threads
   */
  constructor(host, threads) {
    this.#host = host;
    this.#threads = threads;
    this.version = host.version();
  }

  /** @param {number} threads how many draw; with none, this one does */
  static open(threads) {
    return attempt(async () => new ProgramEngine(await openHost(), threads));
  }

  deals() {
    return attempt(() => this.#host.deals());
  }

  /** @param {string} deal */
  describe(deal) {
    return attempt(() => this.#host.describe(deal));
  }

  /** @param {string} deal */
  files(deal) {
    return attempt(() => structuredClone(this.#host.files(deal)));
  }

  /**
   * @param {string | Tree} file
   * @param {FileOptions} [options]
   */
  check(file, options = {}) {
    return this.#read(file, options, (tree) => this.#host.check(tree));
  }

  /**
   * @param {string | Tree} file
   * @param {FileOptions & { id?: string }} [options]
   * @returns {Promise<DealInfo>}
   */
  add(file, options = {}) {
    return this.#read(file, options, (tree) => {
      const id = options.id ?? this.#host.check(tree).id;
      this.#host.adopt(id, tree);
      this.#own.set(id, tree);
      this.#tellPool(id, tree);
      return this.#host.describe(id);
    });
  }

  /** @param {string} id */
  remove(id) {
    return attempt(() => {
      this.#host.abandon(id);
      this.#own.delete(id);
      this.#tellPool(id, null);
    });
  }

  /** @param {DealRequest} request */
  run(request) {
    return attempt(() => this.#host.run(asked(request)));
  }

  /** @param {DealRequest} request */
  clauses(request) {
    return attempt(() => this.#host.clauses(asked(request)));
  }

  /** @param {DealRequest} request */
  agiCurve(request) {
    return attempt(() => this.#host.agiCurve(asked(request)));
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  tornado(request, metric) {
    return attempt(() => this.#host.tornado(asked(request), metricOf(metric)));
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  gradient(request, metric) {
    return attempt(() => this.#host.gradient(asked(request), metricOf(metric)));
  }

  /**
   * @param {DealRequest} request
   * @param {Question} question
   */
  solve(request, question) {
    return attempt(() => this.#host.solve(asked(request), questionOf(question)));
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  breakEven(request, metric) {
    return attempt(() => this.#host.breakEven(asked(request), metricOf(metric)));
  }

  /**
   * @param {DealRequest} request
   * @param {GridQuestion} question
   */
  grid(request, question) {
    return attempt(() => this.#host.grid(asked(request), questionOf(question)));
  }

  /** @param {DealRequest} request */
  payments(request) {
    return attempt(() => this.#host.payments(asked(request)));
  }

  /**
   * @param {readonly DealRequest[]} requests
   * @param {CompareOptions} [options]
   */
  compare(requests, { world = 0 } = {}) {
    return attempt(() => this.#host.compare(askedOfAll(requests), world));
  }

  /**
   * @param {DealRequest} request
   * @param {SimulateOptions} [options]
   */
  simulate(request, { series = [], sampler, ...options } = {}) {
    return this.#draw({ method: "simulate", args: () => [asked(request), { series }], ...(sampler !== undefined && { sampler }) }, options);
  }

  /**
   * @param {DealRequest} request
   * @param {ImportanceQuestion} question
   * @param {DrawOptions} [options]
   */
  importance(request, question, options = {}) {
    return this.#draw({ method: "importance", args: () => [asked(request), questionOf(question)] }, options);
  }

  /**
   * @param {readonly DealRequest[]} requests
   * @param {SpreadOptions} [options]
   */
  spread(requests, { world = 0, sampler, ...options } = {}) {
    return this.#draw({ method: "spread", args: () => [askedOfAll(requests), world], ...(sampler !== undefined && { sampler }) }, options);
  }

  /**
   * @param {DealRequest} request
   * @param {ChanceQuestion} question
   * @param {DrawOptions} [options]
   */
  chance(request, question, options = {}) {
    return this.#draw({ method: "chance", args: () => [asked(request), questionOf(question)] }, options);
  }

  close() {
    this.#closing.abort(new DOMException("The engine was closed.", "AbortError"));
    this.#closing = new AbortController();
    const pool = this.#pool;
    this.#pool = null;
    void pool?.then((threads) => threads.close(), () => {});
  }

  /**
   * Deals may be given as text, which is read with the line of everything, so that faults have theirs.
   * @template T
   * @param {string | Tree} file
   * @param {FileOptions} options
   * @param {(tree: Tree) => T} use
   * @returns {Promise<T>}
   */
  #read(file, { format }, use) {
    return attempt(async () => {
      if (typeof file !== "string") return use(treeOf(file));
      const { readText } = await import("./text.js");
      return readText(file, format, use);
    });
  }

  /**
   * @param {string} id
   * @param {Tree | null} tree
   */
  #tellPool(id, tree) {
    void this.#pool?.then((pool) => pool.adopt(id, tree), () => {});
  }

  #open() {
    this.#pool ??= openPool(this.#threads).then((pool) => {
      for (const [id, tree] of this.#own) pool.adopt(id, tree);
      return pool;
    });
    this.#pool.catch(() => (this.#pool = null));
    return this.#pool;
  }

  /**
   * @param {any} task what is drawn, by its method; a function gives what is asked, or says what is wrong with it
   * @param {DrawOptions} options
   * @returns {Promise<any>} its answer
   */
  #draw(task, { paths, seed, signal, progress }) {
    const stopped = AbortSignal.any([this.#closing.signal, ...(signal === undefined ? [] : [signal])]);
    const whole = { ...task, paths: paths ?? PATHS[/** @type {Task["method"]} */ (task.method)], ...(seed !== undefined && { seed }) };
    const asking = attempt(task.args);
    asking.catch(() => {});
    const drawn = this.#last.then(async () => {
      stopped.throwIfAborted();
      const args = await asking;
      const pool = await this.#open();
      return pool.run({ ...whole, args }, { signal: stopped, ...(progress !== undefined && { progress }) });
    });
    this.#last = drawn.catch(() => {});
    return new Promise((resolve, reject) => {
      const stop = () => reject(stopped.reason);
      if (stopped.aborted) stop();
      stopped.addEventListener("abort", stop, { once: true });
      drawn
        .then(resolve, (error) => reject(error instanceof Dropped ? stopped.reason : stopped.aborted ? stopped.reason : asError(error)))
        .finally(() => stopped.removeEventListener("abort", stop));
    });
  }
}

/** @param {unknown} error */
const asError = (error) => (error instanceof EngineError ? error : new EngineError(toPlain(error)));

/**
 * @template T
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    throw asError(error);
  }
}

async function openHost() {
  try {
    return await Host.open();
  } catch (error) {
    throw new MissingError(error);
  }
}

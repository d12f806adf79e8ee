// The page's side of the engine in a worker: calls go out, and each answer finds its caller.
import { EngineError } from "./errors.js";

/** @import { AgiCurve, Answer, Call, ClausePrices, ComparisonResult, DealInfo, DealRequest, DealSummary, Engine, EngineInfo } from "./types.d.ts" */
/** @import { GridQuestion, Method, MetricGrid, Payments, Question, Reply, RunResult, TornadoBar, Tree } from "./types.d.ts" */

/**
 * What is used of a worker, so that a test can stand in for one.
 * @typedef {Pick<Worker, "postMessage" | "addEventListener" | "terminate">} WorkerLike
 */

/** @implements {Engine} */
export class WorkerEngine {
  #worker;
  #lastId = 0;
  /** @type {Map<number, { resolve: (value: unknown) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();

  /** @param {WorkerLike} worker one that has said that it is ready */
  constructor(worker) {
    this.#worker = worker;
    worker.addEventListener("message", (event) => this.#receive(/** @type {MessageEvent<Reply>} */ (event).data));
    worker.addEventListener("error", (event) => this.#fail(/** @type {ErrorEvent} */ (event).message));
  }

  /**
   * Resolves when the worker is ready, and rejects when it cannot start or cannot load the engine.
   * @param {WorkerLike} worker
   * @returns {Promise<WorkerEngine>}
   */
  static open(worker) {
    return new Promise((resolve, reject) => {
      worker.addEventListener("message", (event) => {
        const reply = /** @type {MessageEvent<Reply>} */ (event).data;
        if (reply.kind === "ready") resolve(new WorkerEngine(worker));
        else if (reply.kind === "failed") reject(new EngineError(reply.error));
      });
      worker.addEventListener("error", (event) => {
        reject(new Error(/** @type {ErrorEvent} */ (event).message || "The worker could not be started."));
      });
    });
  }

  version() {
    return /** @type {Promise<string>} */ (this.#call("version"));
  }

  words() {
    return /** @type {Promise<void>} */ (this.#call("words"));
  }

  deals() {
    return /** @type {Promise<DealSummary[]>} */ (this.#call("deals"));
  }

  /** @param {string} deal */
  describe(deal) {
    return /** @type {Promise<DealInfo>} */ (this.#call("describe", deal));
  }

  /** @param {string} deal */
  files(deal) {
    return /** @type {Promise<Tree[]>} */ (this.#call("files", deal));
  }

  /** @param {Tree} tree */
  check(tree) {
    return /** @type {Promise<EngineInfo>} */ (this.#call("check", tree));
  }

  /**
   * @param {string} id
   * @param {Tree} tree
   */
  adopt(id, tree) {
    return /** @type {Promise<void>} */ (this.#call("adopt", id, tree));
  }

  /** @param {string} id */
  abandon(id) {
    return /** @type {Promise<void>} */ (this.#call("abandon", id));
  }

  /** @param {DealRequest} request */
  run(request) {
    return /** @type {Promise<RunResult>} */ (this.#call("run", request));
  }

  /** @param {DealRequest} request */
  clauses(request) {
    return /** @type {Promise<ClausePrices>} */ (this.#call("clauses", request));
  }

  /** @param {DealRequest} request */
  agiCurve(request) {
    return /** @type {Promise<AgiCurve>} */ (this.#call("agiCurve", request));
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  tornado(request, metric) {
    return /** @type {Promise<TornadoBar[]>} */ (this.#call("tornado", request, metric));
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  gradient(request, metric) {
    return /** @type {Promise<Record<string, number | null>>} */ (this.#call("gradient", request, metric));
  }

  /**
   * @param {DealRequest} request
   * @param {Question} question
   */
  solve(request, question) {
    return /** @type {Promise<Answer>} */ (this.#call("solve", request, question));
  }

  /**
   * @param {DealRequest} request
   * @param {string} metric
   */
  breakEven(request, metric) {
    return /** @type {Promise<Record<string, Answer>>} */ (this.#call("breakEven", request, metric));
  }

  /**
   * @param {DealRequest} request
   * @param {GridQuestion} question
   */
  grid(request, question) {
    return /** @type {Promise<MetricGrid>} */ (this.#call("grid", request, question));
  }

  /** @param {DealRequest} request */
  payments(request) {
    return /** @type {Promise<Payments>} */ (this.#call("payments", request));
  }

  /**
   * @param {DealRequest[]} requests
   * @param {number | null} world
   */
  compare(requests, world) {
    return /** @type {Promise<ComparisonResult>} */ (this.#call("compare", requests, world));
  }

  /**
   * @param {Method} method
   * @param {unknown[]} all its arguments
   * @returns {Promise<unknown>}
   */
  #call(method, ...all) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      /** @type {Call} */
      const call = { id, method, arguments: all };
      this.#worker.postMessage(call);
    });
  }

  /** @param {Reply} reply */
  #receive(reply) {
    if (reply.kind !== "value" && reply.kind !== "error") return;
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === "value") waiting?.resolve(reply.value);
    else waiting?.reject(new EngineError(reply.error));
  }

  /** @param {string} message */
  #fail(message) {
    for (const { reject } of this.#waiting.values()) reject(new Error(message));
    this.#waiting.clear();
  }
}

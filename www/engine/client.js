// The page's side of the engine: one interface of promises, whatever thread answers. A worker is the rule. Where workers are
// impossible (some sandboxed frames, some content security policies) the same engine runs on the main thread.
import { EngineError, toPlain } from "./errors.js";

/** @import { Call, DealInfo, DealRequest, DealSummary, Engine, Method, Reply, RunResult } from "./types.d.ts" */

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
    return /** @type {Promise<string>} */ (this.#call("version", null));
  }

  deals() {
    return /** @type {Promise<DealSummary[]>} */ (this.#call("deals", null));
  }

  /** @param {string} deal */
  describe(deal) {
    return /** @type {Promise<DealInfo>} */ (this.#call("describe", deal));
  }

  /** @param {DealRequest} request */
  run(request) {
    return /** @type {Promise<RunResult>} */ (this.#call("run", request));
  }

  /**
   * @param {Method} method
   * @param {unknown} argument
   * @returns {Promise<unknown>}
   */
  #call(method, argument) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      /** @type {Call} */
      const call = { id, method, argument };
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

/** @returns {Promise<Engine>} */
async function openOnThisThread() {
  const { Host } = await import("./host.js");
  const host = await Host.open();
  return {
    version: async () => host.version(),
    deals: async () => host.deals(),
    describe: async (deal) => attempt(() => host.describe(deal)),
    run: async (request) => attempt(() => host.run(request)),
  };
}

/**
 * @template T
 * @param {() => T} work
 * @returns {T}
 */
function attempt(work) {
  try {
    return work();
  } catch (error) {
    throw new EngineError(toPlain(error));
  }
}

/** @returns {Promise<Engine>} */
export async function openEngine() {
  /** @type {Worker | null} */
  let worker = null;
  try {
    worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    return await WorkerEngine.open(worker);
  } catch {
    worker?.terminate();
    return openOnThisThread();
  }
}

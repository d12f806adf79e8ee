// The page's side of a worker that draws: calls go out, each answer finds its caller, and whatever waits is told when the worker is
// gone.
import { EngineError } from "../errors.js";

/** @import { WorkerLike } from "../client.js" */
/** @import { DrawerCall, DrawerMethod, DrawerParts, DrawerReply, Thread } from "./types.d.ts" */

/** The thread is gone, and what it was doing has to be done by another. */
export class LostThread extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "LostThread";
  }
}

/** @implements {Thread} */
export class WorkerThread {
  blocking = false;
  #worker;
  #lastId = 0;
  /** @type {Map<number, { resolve: (value: unknown) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {LostThread | null} */
  #lost = null;

  /** @param {WorkerLike} worker one that has said that it is ready */
  constructor(worker) {
    this.#worker = worker;
    worker.addEventListener("message", (event) => this.#receive(/** @type {MessageEvent<DrawerReply>} */ (event).data));
    worker.addEventListener("error", (event) => this.#lose(/** @type {ErrorEvent} */ (event).message));
  }

  /**
   * Resolves when the worker is ready to draw. A compiled module is shared by all workers; where a browser cannot hand one over, the
   * bytes are sent, and each worker compiles its own.
   * @param {WorkerLike} worker
   * @param {DrawerParts} parts
   * @param {() => ArrayBuffer} bytes of the module
   * @returns {Promise<WorkerThread>}
   */
  static open(worker, parts, bytes) {
    return new Promise((resolve, reject) => {
      const sendBytes = () => send(worker, { kind: "open", ...parts, wasm: bytes() });
      const start = () => {
        try {
          send(worker, { kind: "open", ...parts });
        } catch {
          sendBytes();
        }
      };
      worker.addEventListener("message", (event) => {
        const reply = /** @type {MessageEvent<DrawerReply>} */ (event).data;
        if (reply.kind === "listening") start();
        else if (reply.kind === "unreadable") sendBytes();
        else if (reply.kind === "ready") resolve(new WorkerThread(worker));
        else if (reply.kind === "failed") reject(new EngineError(reply.error));
      });
      worker.addEventListener("error", (event) => {
        reject(new LostThread(/** @type {ErrorEvent} */ (event).message || "The worker could not be started."));
      });
    });
  }

  /**
   * @param {DrawerMethod} method
   * @param {readonly unknown[]} all its arguments
   * @returns {Promise<unknown>}
   */
  call(method, ...all) {
    if (this.#lost !== null) return Promise.reject(this.#lost);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(this.#worker, { kind: "call", id, method, arguments: all });
    });
  }

  close() {
    this.#lose("It was stopped.");
  }

  /** @param {DrawerReply} reply */
  #receive(reply) {
    if (reply.kind !== "value" && reply.kind !== "error") return;
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === "value") waiting?.resolve(reply.value);
    else waiting?.reject(new EngineError(reply.error));
  }

  /** @param {string} message */
  #lose(message) {
    this.#lost = new LostThread(message);
    for (const { reject } of this.#waiting.values()) reject(this.#lost);
    this.#waiting.clear();
    this.#worker.terminate();
  }
}

/**
 * @param {WorkerLike} worker
 * @param {DrawerCall} call
 */
const send = (worker, call) => worker.postMessage(call, call.kind === "call" ? buffersOf(call.arguments) : []);

/**
 * The buffers of batches, which are handed over rather than copied.
 * @param {unknown} value a batch, or values among which there may be lists of them
 * @returns {ArrayBuffer[]}
 */
export function buffersOf(value) {
  if (Array.isArray(value)) return value.flatMap(buffersOf);
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap((each) => (each instanceof Float64Array ? [/** @type {ArrayBuffer} */ (each.buffer)] : []));
}

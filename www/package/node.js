// The package in Node, whose fetch knows no files: the parts are read from the disk, and a thread is a worker of Node's. An idle one
// keeps no program from ending.
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { Worker as Thread } from "node:worker_threads";
import { threadsFor } from "../engine/draws/open.js";
import { use } from "./assets.js";
import { ProgramEngine } from "./engine.js";

/** @import { DrawerCall, DrawerReply } from "../engine/draws/types.d.ts" */
/** @import { OpenOptions } from "./index.d.ts" */

export { EngineError } from "../engine/errors.js";

use({
  part: async (address) => new Response(new Uint8Array(await readFile(new URL(address))), { headers: { "content-type": typeOf(address) } }),
  workers: () => [() => asWorker(new Thread(new URL("./worker-node.js", import.meta.url)))],
});

/** @param {OpenOptions} [options] */
export const open = ({ threads = threadsFor(availableParallelism()) } = {}) => ProgramEngine.open(threads);

/** @param {string} address */
const typeOf = (address) => (address.endsWith(".wasm") ? "application/wasm" : "application/json");

/** @param {Thread} thread */
const asWorker = (thread) => /** @type {Worker} */ (/** @type {unknown} */ (new NodeWorker(thread)));

/** A thread of Node's with the face of a browser's worker. */
class NodeWorker {
  #thread;
  /** So many messages are to come: at first the one that says that it listens, then an answer to each call. */
  #expected = 1;

  /** @param {Thread} thread */
  constructor(thread) {
    this.#thread = thread;
    thread.on("message", (/** @type {DrawerReply} */ { kind }) => {
      this.#expected -= 1;
      if (this.#expected <= 0 && kind !== "listening") thread.unref();
    });
  }

  /**
   * @param {DrawerCall} call
   * @param {ArrayBuffer[]} handed
   */
  postMessage(call, handed) {
    this.#thread.postMessage(call, handed);
    this.#expected += 1;
    this.#thread.ref();
  }

  /**
   * @param {string} type
   * @param {(event: { data?: unknown, message?: string }) => void} listener
   */
  addEventListener(type, listener) {
    if (type === "message") this.#thread.on("message", (data) => listener({ data }));
    if (type !== "error") return;
    this.#thread.on("error", (error) => listener({ message: error.message }));
    this.#thread.on("exit", () => listener({ message: "The thread has ended." }));
  }

  terminate() {
    void this.#thread.terminate();
  }
}

// The package in Node, whose fetch knows no files: the modules are read from the disk beside this file, and a thread is a worker of
// Node's. An idle one keeps no program from ending.
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import initEngine from "clauseworth-wasm";
import { openThreads } from "./draws.js";
import { ProgramEngine } from "./engine.js";

/** @import { DrawerCall, DrawerReply } from "../engine/draws/types.d.ts" */
/** @import { OpenOptions } from "./index.d.ts" */

export { EngineError } from "../engine/errors.js";

const library = () => readFile(new URL("./library.json", import.meta.url), "utf8");
const engine = () => readFile(new URL("./clauseworth_wasm_bg.wasm", import.meta.url));
const analysis = () => readFile(new URL("./clauseworth_analysis_bg.wasm", import.meta.url));
const drawing = () => readFile(new URL("./clauseworth_simulation_bg.wasm", import.meta.url));
const drawingPlain = () => readFile(new URL("./clauseworth_simulation_plain_bg.wasm", import.meta.url));

/** @type {Promise<void> | null} */
let analysisLoaded = null;

/** @param {OpenOptions} [options] */
export async function open({ threads } = {}) {
  const [deals] = await Promise.all([library(), initEngine({ module_or_path: engine() })]);
  return new ProgramEngine(JSON.parse(deals), {
    loadAnalysis: () => {
      analysisLoaded ??= loadAnalysis().catch((error) => {
        analysisLoaded = null;
        throw error;
      });
      return analysisLoaded;
    },
    openPool: (known) =>
      openThreads({
        library: known,
        threads,
        cores: availableParallelism(),
        makers: [() => new NodeWorker(new Worker(new URL("./worker-node.js", import.meta.url)))],
        load: async (vectors) => bufferOf(await (vectors ? drawing() : drawingPlain())),
      }),
  });
}

async function loadAnalysis() {
  const { default: init } = await import("clauseworth-analysis");
  await init({ module_or_path: analysis() });
}

/** What was read, in a buffer of its own. @param {Uint8Array} bytes */
const bufferOf = (bytes) => new Uint8Array(bytes).buffer;

/** A worker of Node's as browsers know them. */
class NodeWorker {
  #worker;
  /** It says once that it listens. */
  #expected = 1;

  /** @param {Worker} worker */
  constructor(worker) {
    this.#worker = worker;
    worker.on("message", (/** @type {DrawerReply} */ { kind }) => {
      this.#expected -= 1;
      if (this.#expected <= 0 && kind !== "listening") worker.unref();
    });
  }

  /**
   * @param {DrawerCall} call which is answered once
   * @param {any} handed a list of buffers
   */
  postMessage(call, handed) {
    this.#worker.postMessage(call, handed);
    this.#expected += 1;
    this.#worker.ref();
  }

  /**
   * @param {string} type
   * @param {(event: any) => void} listener
   */
  addEventListener(type, listener) {
    if (type === "message") this.#worker.on("message", (data) => listener({ data }));
    if (type !== "error") return;
    this.#worker.on("error", (error) => listener({ message: error.message }));
    this.#worker.on("exit", () => listener({ message: "The thread has ended." }));
  }

  terminate() {
    void this.#worker.terminate();
  }
}

// The engine as the page opens it: one interface of promises, whatever thread answers. A worker is the rule. Where workers are
// impossible (some sandboxed frames, some content security policies) the same engine runs on the main thread.
import { workersOf } from "./assets.js";
import { WorkerEngine } from "./client.js";
import { EngineError, toPlain } from "./errors.js";
import workerUrl from "./worker.js?worker&url";
import { startWorker } from "./workers.js";

/** @import { Engine } from "./types.d.ts" */

/**
 * @param {{ bare: boolean }} options
 * @returns {Promise<Engine>}
 */
async function openOnThisThread(options) {
  const { Host } = await import("./host.js");
  const host = await Host.open(options);
  return {
    version: async () => host.version(),
    words: () => attempt(() => host.words()),
    deals: async () => host.deals(),
    describe: (deal) => attempt(() => host.describe(deal)),
    files: (deal) => attempt(() => host.files(deal)),
    check: (tree) => attempt(() => host.check(tree)),
    adopt: (id, tree) => attempt(() => host.adopt(id, tree)),
    abandon: async (id) => host.abandon(id),
    run: (request) => attempt(() => host.run(request)),
    clauses: (request) => attempt(() => host.clauses(request)),
    agiCurve: (request) => attempt(() => host.agiCurve(request)),
    tornado: (request, metric) => attempt(() => host.tornado(request, metric)),
    gradient: (request, metric) => attempt(() => host.gradient(request, metric)),
    solve: (request, question) => attempt(() => host.solve(request, question)),
    breakEven: (request, metric) => attempt(() => host.breakEven(request, metric)),
    compare: (requests, world) => attempt(() => host.compare(requests, world)),
    grid: (request, question) => attempt(() => host.grid(request, question)),
    payments: (request) => attempt(() => host.payments(request)),
  };
}

/**
 * @template T
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    throw new EngineError(toPlain(error));
  }
}

/**
 * @param {{ bare?: boolean }} [options] bare: the library comes without what is said of its quantities in words, until `words` is called
 * @returns {Promise<Engine>}
 */
export async function openEngine({ bare = false } = {}) {
  const started = await startWorker(workersOf(workerUrl, { name: bare ? "bare" : "" }), (worker) => WorkerEngine.open(worker));
  return started?.first ?? openOnThisThread({ bare });
}

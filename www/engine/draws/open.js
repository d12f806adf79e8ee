// The pool of the page: as many workers as the device has cores to spare. Where no worker is possible this thread draws.
import { simd } from "wasm-feature-detect";
import plainUrl from "../../../target/pkg/clauseworth_simulation_plain_bg.wasm?url";
import vectorsUrl from "../../../target/pkg/clauseworth_simulation_bg.wasm?url";
import { part, workersOf } from "../assets.js";
import { MissingError } from "../errors.js";
import { fetchLibrary } from "../fetch.js";
import { startWorker } from "../workers.js";
import { Pool } from "./pool.js";
import { WorkerThread } from "./thread.js";
import workerUrl from "./worker.js?worker&url";

/** More would hardly be faster: the batches of the first steps are few. */
const MOST = 8;

/** One core is left to the page and the engine that runs the deal. @param {number} cores */
export const threadsFor = (cores) => Math.max(1, Math.min(MOST, cores - 1));

/** So many workers are opened in the place of others; after that there is something about this browser, and this thread draws. */
const REPLACED = 20;

/**
 * What is waited for is one thread; the others join when they are ready.
 * @param {number} [threads] so many workers at most; with none, this thread draws
 */
export async function openPool(threads = threadsFor(navigator.hardwareConcurrency || 2)) {
  const { parts, bytes } = await load().catch((error) => {
    throw new MissingError(error);
  });
  const here = async () => (await import("./here.js")).ThisThread.open(parts);
  const ways = threads > 0 ? workersOf(workerUrl) : [];
  const started = await startWorker(ways, (worker) => WorkerThread.open(worker, parts, () => bytes));
  if (started === null) return new Pool([await here()], here);
  const { first, another } = started;
  let replaced = 0;
  const pool = new Pool([first], () => (++replaced > REPLACED ? here() : another().catch(here)));
  for (let i = 1; i < threads; i += 1) {
    // One that does not start is done without.
    another().then((thread) => pool.add(thread), () => {});
  }
  return pool;
}

/** Everything is fetched once, and compiled once, for all threads. */
async function load() {
  const vectors = await simd();
  const arriving = part(vectors ? vectorsUrl : plainUrl).then((response) => response.arrayBuffer());
  const [library, bytes] = await Promise.all([fetchLibrary(), arriving]);
  const wasm = await WebAssembly.compile(bytes);
  return { parts: { wasm, vectors, library }, bytes };
}

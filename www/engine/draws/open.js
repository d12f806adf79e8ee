// The pool of the page: as many workers as the device has cores to spare. A worker is made from its address where the origin allows
// that, from a blob where it has none (a sandboxed frame, a file), and where no worker is possible this thread draws.
import { simd } from "wasm-feature-detect";
import plainUrl from "../../../target/pkg/clauseworth_simulation_plain_bg.wasm?url";
import vectorsUrl from "../../../target/pkg/clauseworth_simulation_bg.wasm?url";
import { MissingError } from "../errors.js";
import { fetchLibrary } from "../fetch.js";
import { Pool } from "./pool.js";
import { WorkerThread } from "./thread.js";
import workerUrl from "./worker.js?worker&url";

/** @import { DrawerParts, Thread } from "./types.d.ts" */

/** More would hardly be faster: the batches of the first steps are few. */
const MOST = 8;

/** One core is left to the page and the engine that runs the deal. */
const threadCount = () => Math.max(1, Math.min(MOST, (navigator.hardwareConcurrency || 2) - 1));

/** So many workers are opened in the place of others; after that there is something about this browser, and this thread draws. */
const REPLACED = 20;

/** What a reader waits for is one thread; the others join when they are ready. */
export async function openPool() {
  const { parts, bytes } = await load().catch((error) => {
    throw new MissingError(error);
  });
  const here = async () => (await import("./here.js")).ThisThread.open(parts);
  for (const make of [workerFromAddress, workerFromBlob]) {
    const open = () => start(make, parts, bytes);
    /** @type {Thread} */
    let first;
    try {
      first = await open();
    } catch {
      continue;
    }
    let replaced = 0;
    const pool = new Pool([first], () => (++replaced > REPLACED ? here() : open().catch(here)));
    for (let i = 1; i < threadCount(); i += 1) {
      // One that does not start is done without.
      open().then((thread) => pool.add(thread), () => {});
    }
    return pool;
  }
  return new Pool([await here()], here);
}

/** Everything is fetched once, and compiled once, for all threads. */
async function load() {
  const vectors = await simd();
  const fetched = fetch(vectors ? vectorsUrl : plainUrl).then((response) => {
    if (!response.ok) throw new Error(`The part of the engine that draws could not be loaded (${response.status}).`);
    return response.arrayBuffer();
  });
  const [library, bytes] = await Promise.all([fetchLibrary(), fetched]);
  const wasm = await WebAssembly.compile(bytes);
  return { parts: { wasm, vectors, library }, bytes };
}

/**
 * @param {() => Worker} make
 * @param {DrawerParts} parts
 * @param {ArrayBuffer} bytes
 */
async function start(make, parts, bytes) {
  const worker = make();
  try {
    return await WorkerThread.open(worker, parts, () => bytes);
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

const workerFromAddress = () => new Worker(workerUrl, { type: "module" });

/** In a blob a module cannot be a worker, but a classic worker can load one. */
function workerFromBlob() {
  const address = JSON.stringify(new URL(workerUrl, location.href).href);
  const failed = `(error) => postMessage({ kind: "failed", error: { message: String(error), path: null, errors: [], missing: true } })`;
  const blob = new Blob([`import(${address}).catch(${failed});`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(blob));
}

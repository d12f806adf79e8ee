// The pool of the page: as many workers as the device has cores to spare. A worker is made from its address where the origin allows
// that, from a blob where it has none (a sandboxed frame, a file), and where no worker is possible this thread draws.
import { simd } from "wasm-feature-detect";
import plainUrl from "../../../target/pkg/clauseworth_simulation_plain_bg.wasm?url";
import vectorsUrl from "../../../target/pkg/clauseworth_simulation_bg.wasm?url";
import { MissingError } from "../errors.js";
import { fetchLibrary } from "../fetch.js";
import { poolOf } from "./gather.js";
import workerUrl from "./worker.js?worker&url";

/** More would hardly be faster: the batches of the first steps are few. */
const MOST = 8;

/** One core is left to the page and the engine that runs the deal. */
const threadCount = () => Math.max(1, Math.min(MOST, (navigator.hardwareConcurrency || 2) - 1));

/** The threads of the page, with all that they need. */
export async function openPool() {
  const { parts, bytes } = await load().catch((error) => {
    throw new MissingError(error);
  });
  const here = async () => (await import("./here.js")).ThisThread.open(parts);
  return poolOf({ makers: [workerFromAddress, workerFromBlob], count: threadCount(), parts, bytes, here });
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

const workerFromAddress = () => new Worker(workerUrl, { type: "module" });

/** In a blob a module cannot be a worker, but a classic worker can load one. */
function workerFromBlob() {
  const address = JSON.stringify(new URL(workerUrl, location.href).href);
  const failed = `(error) => postMessage({ kind: "failed", error: { message: String(error), path: null, errors: [], missing: true } })`;
  const blob = new Blob([`import(${address}).catch(${failed});`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(blob));
}

// What both platforms do alike to draw: the module is loaded and compiled once, and handed to all threads.
import { simd } from "wasm-feature-detect";
import { poolOf } from "../engine/draws/gather.js";
import { ThisThread } from "../engine/draws/here.js";
import { MissingError } from "../engine/errors.js";

/** @import { WorkerLike } from "../engine/client.js" */
/** @import { Tree } from "../engine/types.d.ts" */

/** More would hardly be faster: the batches of a usual task are few. */
const MOST = 8;

/**
 * @param {object} options
 * @param {Record<string, Tree>} options.library
 * @param {number | undefined} options.threads what the program asks for
 * @param {number} options.cores
 * @param {readonly (() => WorkerLike)[]} options.makers of workers, the best first
 * @param {(vectors: boolean) => Promise<ArrayBuffer>} options.load the bytes of the module, with vector instructions or without
 */
export async function openThreads({ library, threads, cores, makers, load }) {
  const vectors = await simd();
  const bytes = await load(vectors).catch((error) => {
    throw new MissingError(error);
  });
  const parts = { wasm: await WebAssembly.compile(bytes), vectors, library };
  const count = threads ?? Math.max(1, Math.min(MOST, cores - 1));
  const here = () => ThisThread.open(parts);
  return poolOf({ makers: count > 0 ? makers : [], count, parts, bytes, here });
}

// How threads come together to a pool, whatever they are made of and wherever that is: in the page, in another program's page, in Node.
import { Pool } from "./pool.js";
import { WorkerThread } from "./thread.js";

/** @import { WorkerLike } from "../client.js" */
/** @import { DrawerParts, Thread } from "./types.d.ts" */

/** So many workers are opened in the place of others; after that there is something about this machine, and this thread draws. */
const REPLACED = 20;

/**
 * What is waited for is one thread; the others join when they are ready.
 * @param {object} options
 * @param {readonly (() => WorkerLike)[]} options.makers of workers, the best first: the first that gives one which starts is used
 * @param {number} options.count of workers
 * @param {DrawerParts} options.parts what each of them needs
 * @param {ArrayBuffer} options.bytes of the module, for where a compiled one cannot be handed over
 * @param {() => Promise<Thread>} options.here draws on this thread, where there are no workers
 */
export async function poolOf({ makers, count, parts, bytes, here }) {
  for (const make of makers) {
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
    for (let i = 1; i < count; i += 1) {
      // One that does not start is done without.
      open().then((thread) => pool.add(thread), () => {});
    }
    return pool;
  }
  return new Pool([await here()], here);
}

/**
 * @param {() => WorkerLike} make
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

// Workers are made here and nowhere else: of their address where the origin allows it, of a blob where it has none (a sandboxed frame,
// a file).
import { trustedScript } from "../trusted.js";

/** @typedef {() => Worker | Promise<Worker>} MakeWorker */

/**
 * A worker of a classic script.
 * @param {() => string | Promise<string>} script
 * @param {{ name?: string }} [options] a worker's name is there before anything is sent to it
 * @returns {MakeWorker}
 */
export function fromText(script, { name = "" } = {}) {
  /** @type {string | null} */
  let address = null;
  return async () => {
    address ??= URL.createObjectURL(new Blob([await script()], { type: "text/javascript" }));
    return new Worker(trustedScript(address), { name });
  };
}

/**
 * A worker of a module: as it is, or else loaded by a classic script in a blob, since a blob cannot be a module there.
 * @param {string} module its address
 * @param {{ name?: string }} [options]
 * @returns {MakeWorker[]}
 */
export function fromAddress(module, { name = "" } = {}) {
  const { href } = new URL(module, location.href);
  const failed = `(error) => postMessage({ kind: "failed", error: { message: String(error), path: null, errors: [], missing: true } })`;
  const loader = `import(${JSON.stringify(href)}).catch(${failed});`;
  return [() => new Worker(trustedScript(href), { type: "module", name }), fromText(() => loader, { name })];
}

/**
 * Starts a worker in the first way that works here.
 * @template T
 * @param {readonly MakeWorker[]} ways
 * @param {(worker: Worker) => Promise<T>} open resolves when the worker has said that it is ready
 * @returns {Promise<{ first: T, another: () => Promise<T> } | null>} null where no worker is possible
 */
export async function startWorker(ways, open) {
  for (const way of ways) {
    const another = async () => {
      const worker = await way();
      try {
        return await open(worker);
      } catch (error) {
        worker.terminate();
        throw error;
      }
    };
    try {
      return { first: await another(), another };
    } catch {
      // The next way may work.
    }
  }
  return null;
}

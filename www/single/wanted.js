// Stands in the place of `engine/assets.js` in a worker of the page that is one file: the page is asked for what the worker wants.
import { unpacked } from "./packed.js";

/** @typedef {{ kind: "wanted", name: string }} Wanted a worker to the page */
/** @typedef {{ kind: "given", name: string, bytes: Uint8Array<ArrayBuffer> }} Given the page to the worker */

/** @type {Map<string, (bytes: Uint8Array<ArrayBuffer>) => void>} */
const waiting = new Map();

self.addEventListener("message", (event) => {
  const { kind, name, bytes } = /** @type {Given} */ (event.data);
  if (kind !== "given") return;
  // Nobody else in the worker is spoken to.
  event.stopImmediatePropagation();
  waiting.get(name)?.(bytes);
  waiting.delete(name);
});

/**
 * @param {string} name
 * @returns {Promise<Response>}
 */
export async function part(name) {
  const bytes = await new Promise((/** @type {(bytes: Uint8Array<ArrayBuffer>) => void} */ resolve) => {
    waiting.set(name, resolve);
    /** @type {Wanted} */
    const wanted = { kind: "wanted", name };
    self.postMessage(wanted);
  });
  return unpacked(bytes, name);
}

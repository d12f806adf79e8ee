// Stands in the place of `engine/assets.js` in the page that is one file. The build has put what would be files beside the page into
// elements of it, which are no scripts to the browser, and an address is the name of one.
import { fromText } from "../engine/workers.js";
import { bytesOf, unpacked } from "./packed.js";

/** @import { MakeWorker } from "../engine/workers.js" */
/** @import { Given, Wanted } from "./wanted.js" */

/** @param {string} name */
function packed(name) {
  const element = document.querySelector(`script[data-part="${name}"]`);
  if (element === null) throw new Error(`This file was cut short: it has no ${name}.`);
  return bytesOf(element.textContent ?? "");
}

/**
 * @param {string} name
 * @returns {Promise<Response>}
 */
export const part = async (name) => unpacked(packed(name), name);

/**
 * @param {string} name of its script
 * @param {{ name?: string }} [options]
 * @returns {MakeWorker[]}
 */
export function workersOf(name, options) {
  const make = fromText(async () => (await part(name)).text(), options);
  return [
    async () => {
      const worker = await make();
      worker.addEventListener("message", ({ data }) => {
        if (/** @type {Wanted} */ (data).kind === "wanted") give(worker, /** @type {Wanted} */ (data).name);
      });
      return worker;
    },
  ];
}

/**
 * A worker has no document to look into.
 * @param {Worker} worker
 * @param {string} name
 */
function give(worker, name) {
  const bytes = packed(name);
  /** @type {Given} */
  const given = { kind: "given", name, bytes };
  worker.postMessage(given, [bytes.buffer]);
}

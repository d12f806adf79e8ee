// Where the engine's parts come from in the package, in the place of `engine/assets.js`: what a browser and Node do differently is said
// by the entry that was loaded.

/** @import { MakeWorker } from "../engine/workers.js" */

/**
 * @typedef {object} Platform
 * @property {(address: string) => Promise<Response>} part a part of the engine, as it arrives
 * @property {() => MakeWorker[]} workers the ways in which a thread that draws can be made, to be tried in this order
 */

/** @type {Platform | null} */
let platform = null;

/** @param {Platform} given */
export const use = (given) => void (platform = given);

/** @param {string} address */
export const part = (address) => chosen().part(address);

export const workersOf = () => chosen().workers();

function chosen() {
  if (platform === null) throw new Error("The package is loaded by its entry.");
  return platform;
}

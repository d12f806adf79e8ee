// A contender in a page's worker: told first what it is, then asked.
import { engine } from "./engine.js";
import { plain } from "./plain.js";

/** @import { Tree } from "clauseworth-simulation" */
/** @import { Json } from "./terms.js" */

/**
 * The package's script, or none for plain JavaScript.
 * @typedef {{ script: string | null, deal: Json, library: Record<string, Tree> }} Opening
 */

self.onmessage = async ({ data }) => {
  const { script, deal, library } = /** @type {Opening} */ (data);
  const answer = script === null ? plain(deal) : await load(script, /** @type {Tree} */ (deal), library);
  self.onmessage = ({ data }) => self.postMessage(answer(data));
  self.postMessage("ready");
};

/**
 * @param {string} script
 * @param {Tree} deal
 * @param {Record<string, Tree>} library
 */
async function load(script, deal, library) {
  /** @type {typeof import("clauseworth-simulation")} */
  const { default: init, Deal } = await import(script);
  await init();
  return engine(Deal, deal, library);
}

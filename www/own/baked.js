// A deal that `clauseworth export` has written into the page that is one file: the page opens with it. It is a deal of this file, as
// those of the library are, and not one of the reader's own.

/** @import { Engine, RunRequest, Tree } from "../engine/types.d.ts" */
/** @import { Pair } from "../state/fragment.js" */

/** A deal of the library by its id, or one whole, and what is asked of it. @typedef {RunRequest & { deal: string | Tree }} Baked */
/** What the page opens with, as a link would say it; `deals` are those that the library does not have. @typedef {{ deal: string, pairs: Pair[], deals: { id: string, tree: Tree }[] }} Opening */

/**
 * @param {string} text
 * @param {Pick<Engine, "adopt" | "deals">} engine
 * @returns {Promise<Opening>}
 */
export async function openBaked(text, engine) {
  const { deal, scenario, set = {}, without = [] } = /** @type {Baked} */ (JSON.parse(text));
  /** @type {Opening["deals"]} */
  const deals = [];
  let id = deal;
  if (typeof id !== "string") {
    id = freeId(String(id["id"]), (await engine.deals()).map((known) => known.id));
    deals.push({ id, tree: /** @type {Tree} */ (deal) });
    await engine.adopt(id, /** @type {Tree} */ (deal));
  }
  /** @type {Pair[]} */
  const pairs = [["deal", id]];
  if (scenario) pairs.push(["scenario", scenario]);
  for (const [path, value] of Object.entries(set)) pairs.push([path, String(value)]);
  if (without.length > 0) pairs.push(["without", without.join(",")]);
  return { deal: id, pairs, deals };
}

/**
 * A file may call itself what a deal of the library is called, which stays what it is.
 * @param {string} id
 * @param {readonly string[]} taken
 */
function freeId(id, taken) {
  let free = id;
  for (let n = 2; taken.includes(free); n += 1) free = `${id}-${n}`;
  return free;
}

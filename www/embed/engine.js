// One engine for all groups of a page, opened when the first of them is needed: two agreements side by side share the module, the
// library and what was opened of it.
import { openEngine } from "../engine/open.js";
import { createFormat } from "../format/format.js";
import { Deals } from "../session.js";
import { strings } from "../strings/index.js";

export const format = createFormat(undefined, strings);

let pageAddress = "";
/**
 * Where the whole page is, to which an embed leads.
 * @param {string} address
 */
export function leadTo(address) {
  pageAddress = address;
}
/** @param {string} fragment the state, without the `#` */
export const linkTo = (fragment) => (fragment === "" ? pageAddress : `${pageAddress}#${fragment}`);

async function open() {
  const engine = await openEngine({ bare: true });
  const [library, version] = await Promise.all([engine.deals(), engine.version()]);
  return { engine, library, version, deals: new Deals(engine), defaultDeal: library[0]?.id ?? "" };
}

/** @typedef {Awaited<ReturnType<typeof open>>} Shared */

/** @type {Promise<Shared> | null} */
let shared = null;

/** Once it is there it stays; where it did not arrive, the next group tries again. */
export function openShared() {
  shared ??= open().catch((error) => {
    shared = null;
    throw error;
  });
  return shared;
}

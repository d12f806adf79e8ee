// What is stamped on whatever leaves the page: of which agreement it is, what was changed, what it is not, which model made it, and
// where it can be seen again.
import { changeTexts } from "../figures/changes.js";

/** @import { Tree } from "../engine/types.d.ts" */
/** @import { CardContext } from "../figures/context.js" */
/** @import { ExportStrings } from "../strings/en-export.js" */

/**
 * What leaves the page is made of the state that the figures show, whatever has been moved since.
 * @typedef {object} Outlet
 * @property {CardContext} shown
 * @property {string} version of the model
 * @property {string} link to the state
 * @property {Date} date
 * @property {() => Promise<Tree[]>} files the deal's file and those that it inherits from
 */

/** @typedef {{ assumptions: string, caveat: string, model: string, link: string, source: string, changes: string[] }} Stamp */

/** So many changes are named on a picture; the link has them all. */
const NAMED = 3;

/**
 * @param {Outlet} outlet
 * @param {ExportStrings} words
 * @returns {Stamp}
 */
export function stampOf({ shown, version, link, date }, { stamp: words }) {
  const { info, state, format, strings } = shown;
  const changes = changeTexts(info, state, format, strings);
  const named = changes.length > NAMED + 1 ? [...changes.slice(0, NAMED), words.more(changes.length - NAMED)] : changes;
  const model = words.model(version);
  return {
    assumptions: changes.length === 0 ? words.base(info.title) : words.changed(info.title, named),
    caveat: strings.footer.caveat,
    model: words.at(model, format.day(isoDay(date))),
    link,
    source: words.source(model, link),
    changes,
  };
}

/**
 * The reader's own day.
 * @param {Date} date
 */
export function isoDay(date) {
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/**
 * @param {Outlet} outlet
 * @param {string} what
 * @param {string} extension
 */
export const fileName = ({ shown }, what, extension) =>
  `${["clauseworth", shown.info.id, ...(what === "" ? [] : [what]), ...(shown.base === null ? [] : ["changed"])].join("-")}.${extension}`;

// How a quantity is called and shown where it is not a lever, and which of them a question can be asked about.
import { displayOf, toDisplay } from "../format/format.js";
import { nameOf } from "./names.js";

/** @import { Quantity } from "../engine/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { CardContext } from "./context.js" */

/** The unit of what is so or is not, between which no value can be searched for. */
const FLAG = "0 or 1";

/**
 * @param {CardContext} context
 * @param {string} path
 */
export const quantityOf = ({ info }, path) => info.quantities.find((quantity) => quantity.path === path);

/**
 * @param {CardContext} context
 * @param {string} path
 */
export const labelOf = (context, path) => nameOf(quantityOf(context, path) ?? { path }, context.strings);

/**
 * How values of a quantity are shown; null is never.
 * @param {CardContext} context
 * @param {string} path
 * @param {{ bare?: boolean, inSentence?: boolean }} [options] bare: without the words of the unit, which stand elsewhere
 */
export function showOf(context, path, { bare = false, inSentence = false } = {}) {
  const { format, strings } = context;
  const quantity = quantityOf(context, path);
  const { sign, year } = displayFor(context, path);
  const numberAlone = bare && sign === "" && !year && quantity?.unit !== FLAG;
  return (/** @type {number | null} */ value) => {
    if (quantity === undefined || value === null) return String(value ?? strings.never);
    if (year && inSentence) return format.longMonth(value);
    return numberAlone ? format.short(value) : format.found(value, quantity.unit, quantity.kind);
  };
}

/**
 * The quantities that can be varied to bring something about, in groups. What has happened already is not among them, and neither
 * are the figures that electricity is compared with.
 * @param {CardContext} context
 * @param {QuestionStrings} words
 * @param {{ clausesOnly?: boolean }} [options]
 */
export function leverOptions(context, words, { clausesOnly = false } = {}) {
  const { info, strings } = context;
  /** @type {Map<string, { label: string, options: { id: string, title: string }[] }>} */
  const groups = new Map();
  const usable = info.quantities.filter(
    (quantity) =>
      quantity.unit !== FLAG &&
      !quantity.path.startsWith("references.") &&
      !quantity.path.includes(".history.") &&
      !sizeless(quantity),
  );
  for (const quantity of usable) {
    const [head = "", id = ""] = quantity.path.split(".");
    const ofClause = head === "clauses";
    if (clausesOnly && !ofClause) continue;
    const key = ofClause ? `${head}.${id}` : head;
    const clause = info.clauses.find((each) => each.id === id);
    const label = ofClause ? strings.clause(clause?.kind ?? id, id) : (words.quantityGroups[head] ?? strings.firstUpper(head));
    const group = groups.get(key) ?? { label, options: /** @type {{ id: string, title: string }[]} */ ([]) };
    group.options.push({ id: quantity.path, title: nameOf(quantity, strings) });
    groups.set(key, group);
  }
  // The clauses come first: the terms are what can be agreed upon.
  const entries = [...groups].sort(([a], [b]) => Number(b.startsWith("clauses.")) - Number(a.startsWith("clauses.")));
  return entries.map(([, group]) => group);
}

/**
 * An amount of nothing, of which the deal does not say what else it could be: there is no telling where to search.
 * @param {Quantity} quantity
 */
const sizeless = ({ kind, value, low, range }) => kind === "number" && value === 0 && low === null && range.high > 1e4;

/**
 * The values of a quantity with all their digits and in what they are, for what leaves the page: shares in per cent, dates in decimal
 * years.
 * @param {CardContext} context
 * @param {string} path
 * @param {QuestionStrings} words
 */
export function fullOf(context, path, words) {
  const { factor, sign, phrase, year } = displayFor(context, path);
  return {
    unit: year ? words.metricUnits.year : `${sign} ${phrase}`.trim(),
    value: (/** @type {number | null} */ value) => (value === null ? context.strings.never : toDisplay(value, factor)),
  };
}

/** A name with its unit, where it has one. @param {string} label @param {string} unit */
export const withUnit = (label, unit) => (unit === "" ? label : `${label} (${unit})`);

/**
 * The unit in which a quantity is typed and drawn: shares in per cent.
 * @param {CardContext} context
 * @param {string} path
 */
export function displayFor(context, path) {
  const quantity = quantityOf(context, path);
  const { factor, sign, phrase } = displayOf(quantity?.unit ?? "", context.strings);
  return { factor, sign, phrase, year: quantity?.kind === "year" };
}

// What every figure is made of: the deal, the result, the base case it is held against, and words. The modules of this folder turn
// these into what the elements show. They read, compare and phrase; they calculate nothing.
import { toDisplay } from "../format/format.js";

/** @import { DealInfo, DealRequest, DealSummary, RunResult } from "../engine/types.d.ts" */
/** @import { Format } from "../format/format.js" */
/** @import { Saved } from "../state/saved.js" */
/** @import { State } from "../state/state.js" */
/** @import { Direction, Strings } from "../strings/en.js" */

/**
 * @typedef {object} Context
 * @property {DealInfo} info
 * @property {RunResult} result
 * @property {RunResult | null} base the base case, or null where nothing differs from it
 * @property {Format} format
 * @property {Strings} strings
 */

/**
 * What a card is made of, besides the answers to its questions.
 * @typedef {Context & {
 *   state: State,
 *   request: DealRequest,
 *   asAgreed: DealRequest,
 *   library: readonly DealSummary[],
 *   saved?: readonly Saved[],
 * }} CardContext `request` asks about the reader's state, `asAgreed` about the base case; `saved` are the reader's own scenarios
 */

/** @typedef {readonly (number | null)[]} Values one for each calendar year */
/** @typedef {Float64Array | readonly number[]} Samples one for each quarter */
/**
 * The twin of a figure in numbers. For what leaves the page it also has, where there are any, the units of its columns, the cells with
 * all their digits, and in `full` the head or a label as a file has it.
 * @typedef {{ label: string, full?: number | string, cells: string[], values?: (number | string | null)[] }} TableRow
 * @typedef {{ head: string[], full?: string[], units?: string[], rows: TableRow[] }} Table
 */

/**
 * What every figure has.
 * @typedef {object} FigureData
 * @property {string} kicker what the figure is about, whatever it says just now
 * @property {string} heading a sentence that says what is seen
 * @property {string} unit what is measured, and in what
 * @property {string} description the figure in words
 * @property {() => Table} table the figure in numbers, made when someone looks at it
 * @property {string[]} notes
 */

/** Where clauses stand in lists and stacks: what pays every year first, what pays once last. */
const KIND_ORDER = [
  "hosting",
  "commitment",
  "revenue-share",
  "profit-share",
  "reverse-share",
  "ip-rights",
  "api-exclusivity",
  "devices",
  "capital",
  "milestone-investment",
  "warrant",
  "equity",
  "market",
];

/**
 * The streams of money of a deal: its clauses, and what the backer would have had without them.
 * @param {Context} context
 * @returns {{ id: string, kind: string, label: string }[]}
 */
export function streams({ info, strings }) {
  return [...info.clauses, { id: "market", kind: "market" }]
    .map(({ id, kind }) => ({ id, kind, label: strings.clause(kind, id) }))
    .sort((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind));
}

/**
 * @param {RunResult | null} result
 * @param {string} name
 * @returns {Values | null}
 */
export const annual = (result, name) => {
  const values = result?.annual[name];
  return values ? Array.from(values) : null;
};

/**
 * The cells of a row of a table, as they are shown and with all their digits.
 * @param {readonly (number | null | undefined)[]} values
 * @param {(value: number | null | undefined) => string} show
 */
export const cellsOf = (values, show) => ({ cells: values.map((value) => show(value)), values: values.map((value) => value ?? null) });

/** Rates as the numbers before a per cent sign, which stands elsewhere. @param {Values | null} values */
export const inPercent = (values) => values && values.map((value) => (value === null ? null : toDisplay(value, 100)));

/** @param {Values | null} values */
export const anything = (values) => values !== null && values.some((value) => value !== null && Math.abs(value) > 1e-9);

/**
 * Which way a figure moved, as far as a reader could tell from the two as they are shown.
 * @param {number | null | undefined} value
 * @param {number | null | undefined} base
 * @param {(value: number) => string} show
 * @returns {Direction}
 */
export function directionOf(value, base, show) {
  if (value === null || value === undefined || base === null || base === undefined) return "same";
  if (show(value) === show(base)) return "same";
  return value > base ? "up" : "down";
}

/**
 * What stood here in the base case, where a reader would see a difference.
 * @param {Pick<Context, "base" | "strings">} context
 * @param {number | null} value
 * @param {number | null} base
 * @param {(value: number | null) => string} show
 */
export const wasText = ({ base: changed, strings }, value, base, show) =>
  changed && show(value) !== show(base) ? strings.figures.was(show(base)) : null;

/**
 * The note that the first calendar year is not a whole one.
 * @param {Context} context
 */
export function partialYear({ info, format, strings }) {
  if (info.effective.endsWith("-01-01")) return [];
  return [strings.figures.partial(info.effective.slice(0, 4), format.day(info.effective))];
}

/**
 * The years that a text names: the first, one at mid-way, and the last.
 * @param {readonly number[]} years
 */
export const landmarks = (years) => [...new Set([0, years.length >> 1, years.length - 1])].filter((i) => i >= 0);

// What the two figures of stacked columns with a line below them have in common.
import { decimalYear } from "../format/dates.js";
import { cellsOf } from "./context.js";

/** @import { Context, FigureData, Samples, Table, Values } from "./context.js" */

/** @typedef {{ id: string, tone: string, label: string, values: Values, base: Values | null }} Layer */
/** @typedef {{ label: string, values: Values, base: Values | null }} Net what the column comes to, as the engine says */
/**
 * @typedef {object} Line
 * @property {string} label
 * @property {string} unit
 * @property {Samples} at decimal years
 * @property {Samples} values
 * @property {Samples | null} base
 * @property {Values} byYear at the end of each calendar year
 * @property {Values | null} baseByYear
 */
/**
 * @typedef {FigureData & { years: readonly number[], layers: Layer[], net: Net, line: Line, tone: string, show: (value: number | null) => string, tick: (value: number) => string }} StackData
 */

/**
 * When the quarters end, which is when the levels of the line are as they are said to be.
 * @param {Context} context
 */
export const quarterEnds = ({ info, result }) => [
  ...(result.series["quarter.start"] ?? []).slice(1),
  decimalYear(info.horizon) ?? 0,
];

/**
 * The table twin of stacked columns, one row for each year.
 * @param {Context} context
 * @param {readonly number[]} years
 * @param {readonly { label: string, values: Values, base?: Values | null, unit?: string }[]} columns `unit`: empty where the label says it
 * @param {string} [unit] of all columns that do not say their own
 * @returns {Table}
 */
export function yearTable({ format, strings, base }, years, columns, unit = "") {
  const shown = columns.flatMap(({ label, values, base: was, unit: own = unit }) => {
    const now = { label, values, unit: own };
    return base && was ? [now, { label: `${label} (${strings.figures.base})`, values: was, unit: own }] : [now];
  });
  return {
    head: [strings.figures.year, ...shown.map(({ label }) => label)],
    units: ["", ...shown.map(({ unit: own }) => own)],
    rows: years.map((year, i) => ({
      label: String(year),
      ...cellsOf(shown.map(({ values }) => values[i]), format.tabular),
    })),
  };
}

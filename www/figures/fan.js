// How a series may go when all uncertain assumptions are drawn together: by quarter, between which values 80 of 100 draws lie, and the
// run with everything as assumed among them.
import { toDisplay } from "../format/format.js";
import { cellsOf, landmarks } from "./context.js";
import { quarterEnds } from "./stack.js";

/** @import { Distribution } from "../engine/draws/types.d.ts" */
/** @import { DrawStrings } from "../strings/en-draws.js" */
/** @import { Side } from "../strings/en.js" */
/** @import { CardContext, FigureData, Samples } from "./context.js" */
/** @import { Field } from "./picks.js" */

/** @typedef {{ series?: string }} FanPicks */
/** @typedef {Distribution["bands"][string]} Band */
/** @typedef {{ label: string, swatch: string, text: string, was: string | null }} FanReading */
/**
 * @typedef {FigureData & {
 *   label: string,
 *   groups: { label: string, options: { id: string, title: string }[] }[],
 *   series: string,
 *   side: Side,
 *   at: readonly number[],
 *   band: Band,
 *   was: Band | null,
 *   run: Samples,
 *   quarter: (index: number) => string,
 *   readings: (index: number) => FanReading[],
 *   show: (value: number | null | undefined) => string,
 *   tick: (value: number) => string,
 *   read: string,
 * }} FanData
 */

/** @typedef {"money" | "percent" | "gigawatts" | "terawattHours"} SeriesUnit */
/** @type {readonly { id: string, side: Side, unit: SeriesUnit }[]} */
const SERIES = [
  { id: "lab.revenue", side: "lab", unit: "money" },
  { id: "lab.profit", side: "lab", unit: "money" },
  { id: "lab.cash", side: "lab", unit: "money" },
  { id: "lab.equity_value", side: "lab", unit: "money" },
  { id: "cumulative", side: "backer", unit: "money" },
  { id: "flow_after_tax.total", side: "backer", unit: "money" },
  { id: "stake.backer", side: "backer", unit: "percent" },
  { id: "infrastructure.gw", side: "backer", unit: "gigawatts" },
  { id: "infrastructure.twh", side: "backer", unit: "terawattHours" },
];
const FIRST = "lab.revenue";

/** @param {CardContext} context */
const offered = ({ result }) => SERIES.filter(({ id }) => (result.series[id] ?? null) !== null);

/**
 * The series that is drawn: the one that the reader picked, where the deal has it.
 * @param {CardContext} context
 * @param {FanPicks} picks
 */
export const pickedSeries = (context, { series = FIRST }) =>
  offered(context).some(({ id }) => id === series) ? series : FIRST;

/** @type {Field} */
export const seriesField = {
  read: (text, context) => (offered(context).some(({ id }) => id === text) ? text : undefined),
  initial: () => FIRST,
};

/**
 * @param {CardContext} context
 * @param {{ draws: Distribution, base?: Distribution }} answers
 * @param {FanPicks} picks
 * @param {DrawStrings} all
 * @returns {FanData}
 */
export function fan(context, { draws, base }, picks, { fan: words }) {
  const { info, result, format, strings } = context;
  const series = pickedSeries(context, picks);
  const { side = "lab", unit = "money" } = SERIES.find(({ id }) => id === series) ?? {};
  const name = words.series[series]?.(info.backer, info.lab_name) ?? series;
  const { show, tick, display } = formatOf(context, unit);
  const at = quarterEnds(context);
  const band = draws.bands[series] ?? { p10: [], p50: [], p90: [] };
  const was = context.base === null ? null : (base?.bands[series] ?? null);
  const run = result.series[series] ?? [];
  const quarter = (/** @type {number} */ index) => quarterName(at[index] ?? 0, words.quarter);
  const range = (/** @type {number} */ i) => ({ date: quarter(i), low: show(band.p10[i]), high: show(band.p90[i]) });
  const last = at.length - 1;
  const counted = format.exact(draws.paths);
  return {
    kicker: words.kicker,
    heading: words.heading(name, range(middleOf(at)), range(last)),
    unit: words.unit(strings.firstUpper(name), words.units[unit]),
    description: words.describe(
      name,
      landmarks(at)
        .map((i) => words.item(quarter(i), show(band.p10[i]), show(band.p50[i]), show(band.p90[i])))
        .join(" "),
    ),
    notes: [words.note(counted)],
    label: words.pick,
    groups: groupsOf(context, words),
    series,
    side,
    at,
    band,
    was,
    run,
    quarter,
    readings: (index) => {
      const before = (/** @type {"p10" | "p50" | "p90"} */ key) => {
        const [now, then] = [show(band[key][index]), show(was?.[key][index])];
        return was === null || now === then ? null : then;
      };
      return [
        { label: words.p90, swatch: "edge", text: show(band.p90[index]), was: before("p90") },
        { label: words.p50, swatch: "stroke", text: show(band.p50[index]), was: before("p50") },
        { label: words.p10, swatch: "edge", text: show(band.p10[index]), was: before("p10") },
        { label: words.run, swatch: "run", text: show(run[index]), was: null },
      ];
    },
    show,
    tick,
    read: words.read,
    table: () => ({
      head: [
        words.date,
        words.p10,
        words.p50,
        words.p90,
        words.run,
        ...(was === null ? [] : [words.p10, words.p50, words.p90].map((label) => `${label} (${strings.figures.base})`)),
      ],
      units: ["", ...Array.from({ length: was === null ? 4 : 7 }, () => words.units[unit])],
      rows: at.map((_, i) => {
        const row = [band.p10[i], band.p50[i], band.p90[i], run[i], ...(was === null ? [] : [was.p10[i], was.p50[i], was.p90[i]])];
        const { cells, values } = cellsOf(row, show);
        return { label: quarter(i), cells, values: values.map((value) => (value === null ? null : display(value))) };
      }),
    }),
  };
}

/**
 * @param {CardContext} context
 * @param {DrawStrings["fan"]} words
 */
function groupsOf(context, words) {
  const { info, strings } = context;
  const titles = { lab: info.lab_name, backer: info.backer };
  return /** @type {const} */ (["lab", "backer"]).map((side) => ({
    label: titles[side],
    options: offered(context)
      .filter((each) => each.side === side)
      .map(({ id }) => ({ id, title: strings.firstUpper(words.series[id]?.(info.backer, info.lab_name) ?? id) })),
  }));
}

/**
 * @param {CardContext} context
 * @param {SeriesUnit} unit
 * @returns {{ show: FanData["show"], tick: FanData["tick"], display: (value: number) => number }}
 */
function formatOf({ format, strings }, unit) {
  const plain = (/** @type {(text: string) => string} */ wrap) => (/** @type {number | null | undefined} */ value) =>
    value === null || value === undefined ? strings.none : wrap(format.plain(value));
  const factor = unit === "percent" ? 100 : 1;
  const display = (/** @type {number} */ value) => toDisplay(value, factor);
  const tick = (/** @type {number} */ value) => format.exact(display(value));
  switch (unit) {
    case "money":
      return { show: format.money, tick, display };
    case "percent":
      return { show: format.percent, tick, display };
    case "gigawatts":
      return { show: plain(strings.units.gigawattsOf), tick, display };
    case "terawattHours":
      return { show: plain(strings.units.terawattHoursOf), tick, display };
  }
}

/**
 * The end of a year near the middle of the period.
 * @param {readonly number[]} at when the quarters end
 */
export function middleOf(at) {
  const middle = at.length >> 1;
  const found = at.findIndex((date, i) => i >= middle && Number.isInteger(date));
  return found < 0 ? middle : found;
}

/**
 * The quarter that ends at a date.
 * @param {number} end a decimal year
 * @param {(number: number, year: number) => string} say
 */
export function quarterName(end, say) {
  // The last quarter ends with its last day, which lies just before the year's end.
  const quarters = Math.ceil(end * 4 - 1e-9);
  const year = Math.floor((quarters - 1) / 4);
  return say(quarters - 4 * year, year);
}

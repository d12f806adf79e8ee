// The metrics that a reader can pick: which there are, in what they are measured, and how they are called.
import { toDisplay, fromDisplay } from "../format/format.js";

/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { CardContext } from "./context.js" */

/** @typedef {"money" | "percent" | "multiple" | "year" | "count" | "gigawatts" | "terawattHours" | "megatonnes"} MetricUnit */
/** @typedef {"backer" | "lab" | "both"} MetricOwner */

/** @type {readonly { id: string, unit: MetricUnit, owner: MetricOwner }[]} */
const METRICS = [
  { id: "backer.npv", unit: "money", owner: "backer" },
  { id: "backer.irr", unit: "percent", owner: "backer" },
  { id: "backer.irr_since_inception", unit: "percent", owner: "backer" },
  { id: "backer.moic", unit: "multiple", owner: "backer" },
  { id: "backer.payback", unit: "year", owner: "backer" },
  { id: "backer.peak_exposure", unit: "money", owner: "backer" },
  { id: "backer.stake_npv_over_market", unit: "multiple", owner: "backer" },
  { id: "lab.npv", unit: "money", owner: "lab" },
  { id: "lab.implied_return", unit: "percent", owner: "lab" },
  { id: "lab.funding_gap", unit: "money", owner: "lab" },
  { id: "lab.dilution", unit: "percent", owner: "lab" },
  { id: "lab.equity_value", unit: "money", owner: "lab" },
  { id: "lab.lowest_cash", unit: "money", owner: "lab" },
  { id: "lab.distress_quarters", unit: "count", owner: "lab" },
  { id: "lab.revenue_total", unit: "money", owner: "lab" },
  { id: "lab.take_rate", unit: "percent", owner: "lab" },
  { id: "lab.take_rate_with_compute", unit: "percent", owner: "lab" },
  { id: "surplus", unit: "money", owner: "both" },
  { id: "commitment.billed", unit: "money", owner: "both" },
  { id: "commitment.shortfall", unit: "money", owner: "both" },
  { id: "infrastructure.peak_gw", unit: "gigawatts", owner: "both" },
  { id: "infrastructure.peak_twh", unit: "terawattHours", owner: "both" },
  { id: "infrastructure.capex", unit: "money", owner: "both" },
  { id: "infrastructure.co2", unit: "megatonnes", owner: "both" },
];

const OF_CLAUSE = "backer.npv.";

/** @param {string} id */
export const unitOf = (id) => METRICS.find((metric) => metric.id === id)?.unit ?? "money";

/**
 * Whose metric it is: it is drawn in the colour of that side.
 * @param {string} id
 */
export const ownerOf = (id) => METRICS.find((metric) => metric.id === id)?.owner ?? "backer";

/**
 * How a metric is called within a sentence.
 * @param {CardContext} context
 * @param {QuestionStrings} words
 * @param {string} id
 */
export function metricName({ info, strings }, words, id) {
  const name = words.metric[id];
  if (name) return name(info.backer, info.lab_name, "");
  const clause = id.slice(OF_CLAUSE.length);
  const kind = info.clauses.find((each) => each.id === clause)?.kind ?? clause;
  return words.metric["backer.npv.<clause>"]?.(info.backer, info.lab_name, strings.clauseSource(kind, clause)) ?? id;
}

/**
 * How a metric is called where a name stands by itself.
 * @param {CardContext} context
 * @param {QuestionStrings} words
 * @param {string} id
 */
export const metricLabel = (context, words, id) => context.strings.firstUpper(metricName(context, words, id));

/**
 * The metrics that the deal has a figure for, in groups.
 * @param {CardContext} context
 * @param {QuestionStrings} words
 */
export function metricGroups(context, words) {
  const { info, result } = context;
  const has = (/** @type {string} */ id) => (result.metrics[id] ?? null) !== null;
  const titles = {
    backer: words.metricGroups.backer(info.backer),
    lab: words.metricGroups.lab(info.lab_name),
    both: words.metricGroups.both,
  };
  const option = (/** @type {string} */ id) => ({ id, title: metricLabel(context, words, id) });
  const main = /** @type {const} */ (["backer", "lab", "both"]).map((owner) => ({
    label: titles[owner],
    options: METRICS.filter((metric) => metric.owner === owner && has(metric.id)).map(({ id }) => option(id)),
  }));
  const clauses = info.clauses.map(({ id }) => `${OF_CLAUSE}${id}`).filter(has);
  return [...main, { label: words.metricGroups.clauses(info.backer), options: clauses.map(option) }].filter(
    ({ options }) => options.length > 0,
  );
}

/**
 * How a metric's values are shown.
 * @param {CardContext} context
 * @param {QuestionStrings} words
 * @param {string} id
 * @returns {(value: number | null | undefined) => string}
 */
export function metricFormat({ format, strings }, words, id) {
  const plain = (/** @type {(text: string) => string} */ wrap) => (/** @type {number | null | undefined} */ value) =>
    value === null || value === undefined ? strings.none : wrap(format.plain(value));
  switch (unitOf(id)) {
    case "money":
      return format.money;
    case "percent":
      return format.percent;
    case "multiple":
      return format.multiple;
    case "year":
      return format.year;
    case "count":
      return plain(words.units.quarters);
    case "gigawatts":
      return plain(strings.units.gigawattsOf);
    case "terawattHours":
      return plain(strings.units.terawattHoursOf);
    case "megatonnes":
      return plain(words.units.megatonnes);
  }
}

/**
 * How a metric's values stand on an axis and in a field: shares in per cent, all else as it is.
 * @param {CardContext} context
 * @param {QuestionStrings} words
 * @param {string} id
 */
export function metricScale({ format }, words, id) {
  const unit = unitOf(id);
  const factor = unit === "percent" ? 100 : 1;
  return {
    unit: words.metricUnits[unit],
    sign: unit === "year" ? "" : words.metricUnits[unit],
    display: (/** @type {number} */ value) => toDisplay(value, factor),
    value: (/** @type {number} */ shown) => fromDisplay(shown, factor),
    tick: (/** @type {number} */ value) => (unit === "year" ? String(value) : format.exact(toDisplay(value, factor))),
  };
}

/**
 * How a change of a metric is shown, with its sign: of a share in points, of a date in years.
 * @param {CardContext} context
 * @param {QuestionStrings} words
 * @param {string} id
 * @param {(change: number) => string} [digits]
 * @returns {(change: number | null | undefined) => string}
 */
export function changeFormat({ format, strings }, words, id, digits = format.change) {
  const unit = unitOf(id);
  const wrap = {
    money: strings.units.money,
    percent: words.units.points,
    multiple: strings.units.multiple,
    year: words.units.years,
    count: words.units.quarters,
    gigawatts: strings.units.gigawattsOf,
    terawattHours: strings.units.terawattHoursOf,
    megatonnes: words.units.megatonnes,
  }[unit];
  return (change) =>
    change === null || change === undefined ? strings.none : wrap(digits(unit === "percent" ? change * 100 : change));
}

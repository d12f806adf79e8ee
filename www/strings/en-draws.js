// The words of the cards that show draws. They are loaded with those cards.
import { questions } from "./en-questions.js";

const { outOf } = questions;

/** @typedef {typeof draws} DrawStrings */
/** @import { OutOf } from "./en-questions.js" */
/**
 * Between which values most draws of a metric are, and in how many it is below zero.
 * @typedef {object} Range
 * @property {string} name
 * @property {string | null} again how it is called where the metric was named before
 * @property {string} low
 * @property {string} high
 * @property {OutOf | null} loss null where less than nothing means nothing
 * @property {string | null} owner
 */
/** Names for a series within a sentence. @typedef {(backer: string, lab: string) => string} SeriesName */

/** @type {Record<string, SeriesName>} */
const series = {
  "lab.revenue": (_backer, lab) => `${lab}’s revenue in a quarter`,
  "lab.profit": (_backer, lab) => `${lab}’s profit before tax in a quarter`,
  "lab.cash": (_backer, lab) => `${lab}’s cash`,
  "lab.equity_value": (_backer, lab) => `${lab}’s equity value`,
  cumulative: (backer) => `what ${backer} has received and paid since the first payment`,
  "flow_after_tax.total": (backer) => `what the agreement brings ${backer} in a quarter`,
  "stake.backer": (backer) => `${backer}’s stake`,
  "infrastructure.gw": (backer) => `${backer}’s capacity`,
  "infrastructure.twh": () => "electricity in a quarter",
};

export const draws = {
  questions,

  outcome: {
    kicker: "How it could turn out",
    both: "Present value of both sides",
    bothGroup: "Both sides",
    thatOf: (/** @type {string} */ owners) => `that of ${owners}`,
    /** @param {readonly Range[]} ranges */
    heading(ranges) {
      const between = ranges.map(({ name, again, low, high }, i) =>
        i === 0 ? `In 80 of 100 draws ${name} is between ${low} and ${high}` : `${again ?? name} between ${low} and ${high}`,
      );
      const first = between.join(", and ");
      const losses = ranges.flatMap(({ loss, owner }) => (loss === null ? [] : [{ loss, owner }]));
      if (losses.length === 0) return first;
      const kinds = losses.map(({ loss }) => loss.kind);
      const several = losses.length > 1;
      if (kinds.every((kind) => kind === "none")) return `${first}; ${several ? "neither is below zero in any draw" : "it is below zero in none"}`;
      if (kinds.every((kind) => kind === "none" || kind === "few")) {
        return `${first}; ${several ? "each" : "it"} is below zero in fewer than 1 of 100`;
      }
      const [one] = losses;
      if (losses.length === 1 && one) return `${first}; it is below zero in ${outOf(one.loss)}`;
      const parts = losses.map(({ loss, owner }, i) => `${i === 0 ? "below zero in " : "in "}${outOf(loss)} for ${owner}`);
      return `${first}; it is ${parts.join(", ")}`;
    },
    headingNone: (/** @type {string} */ name) => `There is no such thing as ${name} in any draw`,
    unit: (/** @type {string} */ metric, /** @type {string} */ unit, /** @type {boolean} */ dots, /** @type {string} */ count) =>
      `${metric}, ${unit}, when all ${count} uncertain assumptions are drawn together${dots ? "; each dot is 2 of 100 draws" : ""}`,
    /** @type {(metric: string, mean: string, error: string) => string} */
    mean: (metric, mean, error) => `${metric}: mean ${mean} ± ${error}.`,
    under: (/** @type {string} */ value) => `less than ${value}`,
    error: (/** @type {string} */ paths) => `From ${paths} draws; ± is one standard error of the mean.`,
    /** @type {(metric: string, count: string, paths: string) => string} */
    partly: (metric, count, paths) => `${metric} exists in ${count} of ${paths} draws.`,
    mark: (/** @type {number} */ part, /** @type {string} */ value) => (part === 50 ? `median ${value}` : `P${part} ${value}`),
    dot: "2 of 100 draws",
    lossDot: "2 of 100 draws, below zero",
    run: "Everything as assumed",
    runAt: (/** @type {string} */ value) => `As assumed ${value}`,
    interval: "P10, median and P90",
    say: (/** @type {string} */ part) => `In ${part} of 100 draws at most`,
    read: "Share of draws to read",
    more: (/** @type {string} */ paths) => `Refine with ${paths} draws`,
    atMost: (/** @type {string} */ part, /** @type {string} */ value) => `at most ${value} in ${part} of 100`,
    item: (/** @type {string} */ metric, /** @type {string} */ list) => `${metric}: ${list}.`,
    describe: (/** @type {string} */ paths, /** @type {string} */ items) =>
      `Stacked dots from ${paths} draws, over an axis of values. ${items}`,
    statistics: {
      head: "Draws",
      mean: "Mean",
      error: "Standard error of the mean",
      sd: "Standard deviation",
      quantile: (/** @type {string} */ part) => (part === "50" ? "P50, the median" : `P${part}`),
      belowZero: "Below zero, part of the draws",
      worst: "Mean of the worst twentieth",
      count: "Draws in which it exists",
    },
  },

  fan: {
    kicker: "How it could go, quarter by quarter",
    series,
    units: { money: "bn USD", percent: "%", gigawatts: "GW", terawattHours: "TWh" },
    pick: "Series",
    /**
     * @param {string} name
     * @param {{ date: string, low: string, high: string }} middle
     * @param {{ date: string, low: string, high: string }} end
     */
    heading: (name, middle, end) =>
      `In 80 of 100 draws ${name} is between ${middle.low} and ${middle.high} in ${middle.date}, and between ${end.low} and ${end.high} in ${end.date}`,
    unit: (/** @type {string} */ name, /** @type {string} */ unit) => `${name}, ${unit}, by quarter, when all uncertain assumptions are drawn together`,
    note: (/** @type {string} */ paths) =>
      `From ${paths} draws, quarter by quarter: no single draw follows an edge of the band from end to end.`,
    quarter: (/** @type {number} */ number, /** @type {number} */ year) => `Q${number} ${year}`,
    p10: "P10, 1 in 10 is lower",
    p50: "Median",
    p90: "P90, 1 in 10 is higher",
    band: "80 of 100 draws",
    run: "Everything as assumed",
    read: "Quarter to read",
    date: "Quarter",
    describe: (/** @type {string} */ name, /** @type {string} */ items) =>
      `A band over the quarters with ${name} in 80 of 100 draws, the median as a line in it, and a line for everything as assumed. ${items}`,
    item: (/** @type {string} */ date, /** @type {string} */ low, /** @type {string} */ median, /** @type {string} */ high) =>
      `${date}: ${low} to ${high}, median ${median}.`,
  },
};

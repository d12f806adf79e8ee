// What each side has by the date on which AGI counts for the contract (Model 9.2), with the date that the reader assumes.
import { cellsOf, directionOf, streams } from "./context.js";

/** @import { AgiCurve } from "../engine/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { Side } from "../strings/en.js" */
/** @import { CardContext, FigureData } from "./context.js" */

/** @typedef {"totals" | "clauses"} View */
/** @typedef {{ view?: View }} AgiPicks */
/**
 * A line over the dates, with the value at the reader's own date, which lies between two of them.
 * @typedef {object} AgiLine
 * @property {string} id
 * @property {Side} side
 * @property {string} label
 * @property {readonly number[]} values one for each date, the last for never
 * @property {readonly number[] | null} base
 * @property {number | null} own
 */
/**
 * @typedef {FigureData & {
 *   view: View,
 *   views: { id: View, title: string }[],
 *   legend: string,
 *   dates: readonly (number | null)[],
 *   own: { date: number | null, label: string },
 *   lines: AgiLine[],
 *   say: (index: number | null) => string,
 *   show: (value: number | null | undefined) => string,
 *   tick: (value: number) => string,
 *   read: string,
 *   never: string,
 *   neverShort: string,
 * }} AgiData
 */

/**
 * @param {CardContext} context
 * @param {{ curve: AgiCurve, base?: AgiCurve }} answers
 * @param {AgiPicks} picks
 * @param {QuestionStrings} words
 * @returns {AgiData}
 */
export function agi(context, { curve, base }, picks, { agi: words, metricUnits: units }) {
  const { info, result, format, strings } = context;
  const view = picks.view ?? "totals";
  const dates = curve.years;
  const own = ownDate(context);
  const owners = strings.owners(info.lab_name);
  const was = context.base === null ? null : (base ?? null);

  /**
   * @param {string} id
   * @param {Side} side
   * @param {string} label
   * @returns {AgiLine}
   */
  const line = (id, side, label) => ({
    id,
    side,
    label,
    values: curve.metrics[id] ?? [],
    base: was?.metrics[id] ?? null,
    own: result.metrics[id] ?? null,
  });
  const totals = [line("backer.npv", "backer", info.backer), line("lab.npv", "lab", owners)];
  const clauses = streams(context)
    .map(({ id, label }) => line(`backer.npv.${id}`, "backer", label))
    .filter(({ values, base: before }) => [values, before].some((list) => list?.some((value) => Math.abs(value) > 1e-9)));
  const lines = view === "totals" ? totals : clauses;

  const dateText = (/** @type {number | null} */ date) => (date === null ? words.never : format.month(date));
  const landmark = [0, dates.length >> 2, dates.length >> 1, dates.length - 2, dates.length - 1];
  const items = [...new Set(landmark)].map((i) =>
    words.item(
      dateText(dates[i] ?? null),
      lines.map(({ label, values }) => `${label} ${format.money(values[i])}`).join(", "),
    ),
  );
  const describe = view === "totals" ? words.describe(info.backer, owners, items.join(" ")) : words.describeClauses(items.join(" "));
  return {
    kicker: words.kicker,
    heading: heading(context, totals, own, words),
    unit: view === "totals" ? words.unit : words.unitClauses(info.backer),
    description: describe,
    notes: [words.note],
    view,
    views: [
      { id: "totals", title: words.views.totals },
      { id: "clauses", title: words.views.clauses(info.backer) },
    ],
    legend: words.view,
    dates,
    own: { date: own, label: own === null ? words.yoursNever : words.yours(format.longMonth(own)) },
    lines,
    say: (index) => {
      const date = index === null ? own : (dates[index] ?? null);
      if (date === null) return words.neverAt;
      return index === null ? words.atYours(format.longMonth(date)) : words.at(format.longMonth(date));
    },
    show: format.money,
    tick: format.exact,
    read: words.read,
    never: words.never,
    neverShort: words.neverShort,
    table: () => ({
      head: [
        words.date,
        ...lines.flatMap(({ label, base: before }) => (before ? [label, `${label} (${strings.figures.base})`] : [label])),
      ],
      units: [units.year, ...lines.flatMap(({ base: before }) => (before ? [strings.save.money, strings.save.money] : [strings.save.money]))],
      rows: dates.map((date, i) => ({
        label: dateText(date),
        ...(date !== null && { full: date }),
        ...cellsOf(lines.flatMap(({ values, base: before }) => (before ? [values[i], before[i]] : [values[i]])), format.tabular),
      })),
    }),
  };
}

/**
 * @param {CardContext} context
 * @param {readonly AgiLine[]} totals
 * @param {number | null} own
 * @param {QuestionStrings["agi"]} words
 */
function heading({ format }, totals, own, words) {
  const against = totals.map(({ label, values, own: value }) => {
    const never = values.at(-1) ?? null;
    return { name: label, value: format.money(value), other: format.money(never), direction: directionOf(value, never, format.money) };
  });
  const [backer, lab] = against;
  if (!backer || !lab) return words.kicker;
  if (own === null) return words.headingNever(backer.name, backer.value, lab.name, lab.value);
  return words.heading(format.longMonth(own), backer, lab);
}

/**
 * When AGI counts for the contract in the reader's state; null is never, or after the period. The engine says for each quarter
 * which part of it lies before (Model 1.5), and this reads the date off it.
 * @param {Pick<CardContext, "info" | "result">} context
 */
export function ownDate({ result }) {
  const before = result.series["agi.before"] ?? [];
  const start = result.series["quarter.start"] ?? [];
  const index = before.findIndex((part) => part < 1);
  const [part, from] = [before[index], start[index]];
  if (part === undefined || from === undefined) return null;
  // Only the first quarter may be shorter than a quarter of a year, and it ends where the second starts.
  const to = start[index + 1] ?? from + 0.25;
  return from + part * (to - from);
}

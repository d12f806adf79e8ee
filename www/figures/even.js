// Where each uncertain assumption alone brings a present value to nothing (Model 12.2).
import { metricFormat, metricLabel, metricName, ownerOf } from "./metrics.js";
import { displayFor, fullOf, labelOf, showOf, withUnit } from "./quantities.js";
import { choices } from "./solve.js";

/** @import { Answer } from "../engine/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { CardContext, FigureData } from "./context.js" */
/** @import { Mode, SolvePicks } from "./solve.js" */

/**
 * @typedef {object} EvenRow
 * @property {string} path
 * @property {string} label
 * @property {string} name the label, with the unit in which the texts are
 * @property {string} nowText
 * @property {string} atText
 * @property {number} low of what was searched
 * @property {number} high
 * @property {string} lowText
 * @property {string} highText
 * @property {number | null} now null where it is never
 * @property {number[]} roots
 * @property {number[]} jumps
 * @property {{ from: number, to: number }[]} ranges
 * @property {number[]} was where it broke even in the base case
 * @property {{ label: string, values: (number | string | null)[] }} full as a file has it
 */
/**
 * @typedef {FigureData & {
 *   mode: "even",
 *   modes: { id: Mode, title: string }[],
 *   legend: string,
 *   metrics: { label: string, groups: { label: string, options: { id: string, title: string }[] }[], value: string },
 *   tone: string,
 *   rows: EvenRow[],
 *   changed: boolean,
 *   question: string,
 * }} EvenData
 */

export const EVEN_METRICS = ["backer.npv", "lab.npv"];

/** @param {SolvePicks} picks */
export const evenMetric = ({ evenMetric: picked = "backer.npv" }) => (EVEN_METRICS.includes(picked) ? picked : "backer.npv");

/**
 * @param {CardContext} context
 * @param {{ all: Record<string, Answer>, base?: Record<string, Answer> }} answers
 * @param {SolvePicks} picks
 * @param {QuestionStrings} questions
 * @returns {EvenData}
 */
export function even(context, { all: answers, base }, picks, questions) {
  const words = questions.solve.even;
  const metric = evenMetric(picks);
  const name = metricName(context, questions, metric);
  const show = metricFormat(context, questions, metric);
  const before = context.base === null ? undefined : base;
  const all = Object.values(answers).map((answer) => rowOf(context, answer, before?.[answer.path]?.roots ?? [], questions));
  const rows = all.filter(({ roots, jumps, ranges }) => roots.length + jumps.length + ranges.length > 0);
  const [only] = rows;
  const total = String(all.length);
  const others = all.length - rows.length;
  return {
    kicker: questions.solve.kicker,
    heading:
      rows.length > 1
        ? words.heading(String(rows.length), total, name)
        : only
          ? words.headingOne(total, name, only.label, only.atText)
          : words.headingNone(total, name),
    unit: words.unit(`${name} (${show(context.result.metrics[metric])})`),
    description: words.describe(rows.map(({ name: what, nowText, atText }) => words.item(what, nowText, atText)).join(" ")),
    notes: others > 0 ? [words.others(String(others))] : [],
    mode: "even",
    ...choices(questions.solve),
    metrics: {
      label: questions.solve.metric,
      groups: [{ label: words.metrics, options: EVEN_METRICS.map((id) => ({ id, title: metricLabel(context, questions, id) })) }],
      value: metric,
    },
    tone: ownerOf(metric) === "lab" ? "lab" : "backer",
    rows,
    changed: before !== undefined,
    question: `even ${metric}`,
    table: () => ({
      head: [words.quantity, words.now, words.at, words.low, words.high],
      rows: all.map(({ name: label, nowText, atText, lowText, highText, full }) => ({
        label,
        full: full.label,
        cells: [nowText, atText, lowText, highText],
        values: full.values,
      })),
    }),
  };
}

/**
 * @param {CardContext} context
 * @param {Answer} answer
 * @param {number[]} was
 * @param {QuestionStrings} questions
 * @returns {EvenRow}
 */
function rowOf(context, { path, value, low, high, roots, jumps, ranges }, was, questions) {
  const words = questions.solve.even;
  const full = fullOf(context, path, questions);
  const at = showOf(context, path, { bare: true });
  const { sign, phrase, year } = displayFor(context, path);
  const label = labelOf(context, path);
  const texts = [
    ...roots.map(at),
    ...ranges.map(({ from, to }) => words.interval(at(from), at(to))),
    ...jumps.map((jump) => words.jump(at(jump.at))),
  ];
  const atText = texts.length === 0 ? words.none : context.strings.list(texts);
  const [only] = roots;
  // Several values, a range and a jump are no number.
  const breaks = texts.length === 0 ? null : only !== undefined && texts.length === 1 ? full.value(only) : atText;
  return {
    path,
    label,
    // The unit stands with the name, and the values without it.
    name: sign === "" && !year && phrase !== "" ? `${label}, ${phrase}` : label,
    nowText: at(value),
    atText,
    low,
    high,
    lowText: at(low),
    highText: at(high),
    now: value,
    roots,
    jumps: jumps.map((jump) => jump.at),
    ranges,
    was,
    full: { label: withUnit(label, full.unit), values: [full.value(value), breaks, full.value(low), full.value(high)] },
  };
}

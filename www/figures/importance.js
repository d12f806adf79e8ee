// What part of a metric's variance comes from each uncertain assumption when all are drawn together (Model 11.2): by itself, and with
// all that it does together with others.
import { toDisplay } from "../format/format.js";
import { metricGroups, metricName, ownerOf } from "./metrics.js";
import { labelOf } from "./quantities.js";
import { pickedMetric, viewsOf } from "./tornado.js";

/** @import { ImportanceResult } from "../engine/draws/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { CardContext, FigureData } from "./context.js" */
/** @import { TornadoPicks, View } from "./tornado.js" */

/** @typedef {{ value: number, error: number, text: string, was: number | null }} Part the error is half of a 95 % interval */
/** @typedef {{ path: string, label: string, first: Part, total: Part }} ImportanceRow */
/**
 * @typedef {FigureData & {
 *   view: "joint",
 *   views: { id: View, title: string }[],
 *   legend: string,
 *   metric: string,
 *   metricLabel: string,
 *   groups: ReturnType<typeof metricGroups>,
 *   tone: string,
 *   rows: ImportanceRow[],
 *   changed: boolean,
 *   refused: { reason: string, without: string } | null,
 *   tick: (value: number) => string,
 * }} ImportanceData
 */
/** @typedef {ImportanceResult | { refused: string }} ImportanceAnswer */

/** How many draws the indices are made of; each takes as many runs as there are uncertain assumptions, and two. */
export const IMPORTANCE_PATHS = 1024;
/** So many bars are drawn; the table has them all. */
const MOST = 12;

/**
 * Why the engine refuses, with the names of what is correlated, or in its own words where that is not why.
 * @param {CardContext} context
 * @param {string} refused
 * @param {QuestionStrings["importance"]} words
 */
function reasonOf(context, refused, words) {
  const pairs = [...refused.matchAll(/found (\S+) and (\S+) with a correlation/g)];
  if (pairs.length === 0) return refused;
  const label = (/** @type {string | undefined} */ path = "") => labelOf(context, path);
  return words.refused(context.strings.list(pairs.map(([, a, b]) => words.pair(label(a), label(b)))));
}

/**
 * @param {CardContext} context
 * @param {{ importance: ImportanceAnswer, base?: ImportanceAnswer }} answers
 * @param {TornadoPicks} picks
 * @param {QuestionStrings} questions
 * @returns {ImportanceData}
 */
export function importance(context, { importance: answer, base }, picks, questions) {
  const words = questions.importance;
  const { format, strings } = context;
  const metric = pickedMetric(context, picks);
  const name = metricName(context, questions, metric);
  const inputs = "refused" in answer ? [] : answer.inputs;
  const was = context.base === null || base === undefined || "refused" in base ? null : base;
  const before = new Map((was?.inputs ?? []).map((input) => [input.path, input]));
  /**
   * @param {number} value
   * @param {number | null} error
   * @param {number | null | undefined} earlier
   * @returns {Part}
   */
  const part = (value, error, earlier) => ({ value, error: error ?? 0, text: format.percent(value), was: earlier ?? null });
  const all = inputs.flatMap(({ path, first, total, first_ci: firstError, total_ci: totalError }) => {
    if (first === null || total === null) return [];
    const { first: firstWas, total: totalWas } = before.get(path) ?? {};
    return [{ path, label: labelOf(context, path), first: part(first, firstError, firstWas), total: part(total, totalError, totalWas) }];
  });
  const rows = all.slice(0, MOST);
  const [most] = all;
  const counted = "refused" in answer ? "" : format.exact(answer.paths);
  const margin = (/** @type {Part} */ { value, error }) => words.margin(format.percent(value), format.percent(error));
  return {
    kicker: questions.tornado.kicker,
    heading:
      "refused" in answer
        ? words.headingRefused(name)
        : most
          ? words.heading(most.label, name, most.first.text, most.total.text)
          : questions.tornado.headingNone(name),
    unit: words.unit(name),
    description: words.describe(name, rows.map(({ label, first, total }) => words.item(label, first.text, total.text)).join(" ")),
    notes:
      "refused" in answer
        ? []
        : [
            words.note(counted),
            ...rows.filter(({ path }) => path.endsWith("volatility")).map(({ label }) => words.motion(label)),
            ...(answer.left_out > 0 ? [words.leftOut(format.exact(answer.left_out))] : []),
            ...(all.length > rows.length ? [words.less(String(all.length - rows.length))] : []),
            ...(picks.independent === true ? [words.independent] : []),
          ],
    view: "joint",
    ...viewsOf(questions.tornado),
    metric,
    metricLabel: questions.tornado.metric,
    groups: metricGroups(context, questions),
    tone: ownerOf(metric) === "lab" ? "lab" : "backer",
    rows,
    changed: was !== null,
    refused: "refused" in answer ? { reason: reasonOf(context, answer.refused, words), without: words.without } : null,
    tick: (value) => strings.units.percent(format.exact(toDisplay(value, 100))),
    table: () => ({
      head: [
        questions.tornado.quantity,
        words.first,
        words.total,
        ...(was === null ? [] : [words.first, words.total].map((label) => `${label} (${strings.figures.base})`)),
      ],
      units: ["", "%", "%", "%", "%"].slice(0, was === null ? 3 : 5),
      rows: all.map(({ label, first, total }) => ({
        label,
        cells: [margin(first), margin(total), ...(was === null ? [] : [format.percent(first.was), format.percent(total.was)])],
        values: [first.value, total.value, ...(was === null ? [] : [first.was, total.was])].map((value) =>
          value === null ? null : toDisplay(value, 100),
        ),
      })),
    }),
  };
}

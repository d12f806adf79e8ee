// What an agreement brought each side over draws of all uncertain assumptions: the differences path by path (Model 12.4), so that what
// moves both agreements alike moves no difference.
import { toDisplay } from "../format/format.js";
import { outOfHundred } from "./draws.js";
import { changeFormat, metricLabel, metricScale } from "./metrics.js";

/** @import { DifferencesResult, Statistics } from "../engine/draws/types.d.ts" */
/** @import { ComparisonResult } from "../engine/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { Side } from "../strings/en.js" */
/** @import { CardContext, Table } from "./context.js" */

/** @typedef {{ low: number, median: number, high: number }} Interval P10, P50 and P90 */
/** @typedef {{ side: Side, name: string, now: Interval, was: Interval | null, run: number | null, text: string, better: string }} SpreadRow */
/**
 * @typedef {object} SpreadData
 * @property {string} title
 * @property {{ name: string, rows: SpreadRow[] }[]} steps from one agreement to the next
 * @property {boolean} changed
 * @property {string} note
 * @property {() => Table} table
 */

const NPVS = /** @type {const} */ ([
  { side: "backer", id: "backer.npv" },
  { side: "lab", id: "lab.npv" },
]);

/**
 * @param {CardContext} context
 * @param {{ spread: DifferencesResult, spreadBase?: DifferencesResult, comparison: ComparisonResult }} answers
 * @param {readonly string[]} names of the agreements
 * @param {boolean} joined whether one follows another
 * @param {Record<Side, string>} sides
 * @param {QuestionStrings} questions
 * @returns {SpreadData}
 */
export function spreadOf(context, { spread, spreadBase, comparison }, names, joined, sides, questions) {
  const words = questions.compare.spread;
  const was = context.base === null ? undefined : spreadBase;
  const steps = spread.differences.map(({ from, to, metrics }) => {
    const same = (/** @type {{ from: number, to: number }} */ each) => each.from === from && each.to === to;
    const before = was?.differences.find(same)?.metrics;
    const run = comparison.differences.find(same)?.metrics;
    const rows = NPVS.flatMap(({ side, id }) => {
      const now = intervalOf(metrics[id]);
      if (now === null) return [];
      const show = changeFormat(context, questions, id);
      const above = metrics[id]?.above_zero ?? 0;
      return [
        {
          side,
          name: sides[side],
          now,
          was: intervalOf(before?.[id]),
          run: run?.[id] ?? null,
          text: words.text(show(now.low), show(now.median), show(now.high)),
          better: words.better(outOfHundred(above)),
        },
      ];
    });
    return { name: joined ? words.step(names[to] ?? "") : words.against(names[to] ?? "", names[from] ?? ""), rows };
  });
  return {
    title: joined ? words.title : words.titleOf,
    steps,
    changed: was !== undefined,
    note: words.note(context.format.exact(spread.paths)),
    table: () => ({
      head: words.head,
      units: words.head.map((_, i) => (i > 5 ? "%" : "")),
      rows: spread.differences.flatMap(({ to, metrics }) =>
        Object.entries(metrics)
          .filter(([id, { p50 }]) => p50 !== null && !id.startsWith("backer.npv."))
          .map(([id, statistics]) => {
            const show = changeFormat(context, questions, id);
            const sure = changeFormat(context, questions, id, context.format.short);
            const { unit, display } = metricScale(context, questions, id);
            const { p10, p50, p90, mean, standard_error: error, above_zero: above, below_zero: below } = statistics;
            const full = (/** @type {number | null} */ value) => (value === null ? null : display(value));
            const part = (/** @type {number | null} */ value) => (value === null ? null : toDisplay(value, 100));
            return {
              label: `${words.row(metricLabel(context, questions, id), names[to] ?? "")} (${unit})`,
              cells: [...[p10, p50, p90, mean].map(show), sure(error), ...[above, below].map((value) => context.format.percent(value))],
              values: [...[p10, p50, p90, mean, error].map(full), part(above), part(below)],
            };
          }),
      ),
    }),
  };
}

/**
 * @param {Statistics | undefined} statistics
 * @returns {Interval | null}
 */
function intervalOf(statistics) {
  const { p10 = null, p50 = null, p90 = null } = statistics ?? {};
  return p10 === null || p50 === null || p90 === null ? null : { low: p10, median: p50, high: p90 };
}

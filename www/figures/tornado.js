// Which uncertain assumptions matter most to a metric (Model 11.1), and its exact slopes by all of them (Model 11.3).
import { changeFormat, metricFormat, metricGroups, metricName, metricScale, ownerOf } from "./metrics.js";
import { displayFor, fullOf, labelOf, quantityOf, showOf, withUnit } from "./quantities.js";

/** @import { TornadoBar } from "../engine/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { CardContext, FigureData } from "./context.js" */

/** @typedef {"single" | "joint"} View one assumption at a time, or all together */
/** @typedef {{ view?: View, metric?: string, table?: boolean, independent?: boolean }} TornadoPicks `table` says whether the reader looks at the table, `independent` leaves the correlations out */
/** @typedef {{ text: string, value: number | null, was: number | null }} End the value of the quantity, and of the metric there */
/** @typedef {{ path: string, label: string, unit: string, low: End, high: End, turns: boolean, said: string }} TornadoRow `said` has it in words */
/**
 * @typedef {FigureData & {
 *   view: "single",
 *   views: { id: View, title: string }[],
 *   legend: string,
 *   metric: string,
 *   metricLabel: string,
 *   groups: ReturnType<typeof metricGroups>,
 *   tone: string,
 *   base: number | null,
 *   was: number | null,
 *   nowText: string,
 *   rows: TornadoRow[],
 *   show: (value: number | null | undefined) => string,
 *   tick: (value: number) => string,
 *   read: string,
 * }} TornadoData
 */

/** So many bars are drawn; the table has them all. */
const MOST = 12;

/**
 * The metric that the card asks about: the one that the reader picked, where the deal has a figure for it.
 * @param {CardContext} context
 * @param {TornadoPicks} picks
 */
export const pickedMetric = ({ result }, { metric = "backer.npv" }) =>
  (result.metrics[metric] ?? null) === null ? "backer.npv" : metric;

/**
 * @param {CardContext} context
 * @param {{ bars: readonly TornadoBar[], base?: readonly TornadoBar[], slopes?: Record<string, number | null> }} answers
 * @param {TornadoPicks} picks
 * @param {QuestionStrings} questions
 * @returns {TornadoData}
 */
export function tornado(context, { bars, base, slopes }, picks, questions) {
  const words = questions.tornado;
  const metric = pickedMetric(context, picks);
  const show = metricFormat(context, questions, metric);
  const name = metricName(context, questions, metric);
  const scale = metricScale(context, questions, metric);
  const now = context.result.metrics[metric] ?? null;
  const was = context.base?.metrics[metric] ?? null;
  const inFull = (/** @type {number | null} */ value) => (value === null ? null : scale.display(value));
  const baseBars = new Map(context.base === null ? [] : (base ?? []).map((bar) => [bar.path, bar]));

  const moving = bars.filter(({ effect, at_low: low, at_high: high }) => effect && (low !== null || high !== null));
  const idle = bars.filter(({ effect }) => !effect);
  const faulty = bars.filter(({ fault }) => fault !== undefined);
  /** @type {TornadoRow[]} */
  const rows = moving.slice(0, MOST).map((bar) => {
    // The unit stands with the name, since there is little room beside a bar.
    const { phrase, sign, year } = displayFor(context, bar.path);
    const text = showOf(context, bar.path, { bare: true });
    const before = baseBars.get(bar.path);
    const label = labelOf(context, bar.path);
    const unit = sign === "" && !year ? phrase : "";
    const at = (/** @type {number | null} */ value) => `${text(value)} ${unit}`.trim();
    return {
      path: bar.path,
      label,
      unit,
      said: words.item(label, at(bar.low), show(bar.at_low), at(bar.high), show(bar.at_high)),
      low: { text: text(bar.low), value: bar.at_low, was: before?.at_low ?? null },
      high: { text: text(bar.high), value: bar.at_high, was: before?.at_high ?? null },
      turns: !bar.monotonic,
    };
  });
  const [first] = moving;
  const more = moving.length - rows.length;
  return {
    kicker: words.kicker,
    heading: first ? heading(context, first, name, show, words) : words.headingNone(name),
    unit: words.unit(context.strings.firstUpper(name), scale.unit),
    description: words.describe(
      name,
      show(now),
      rows.map(({ said }) => said).join(" "),
    ),
    notes: [
      ...(more > 0 ? [words.less(String(more))] : []),
      ...(idle.length > 0 ? [words.idle(String(idle.length), String(bars.length))] : []),
      ...faulty.map(({ path, fault }) => `${words.fault(labelOf(context, path))} ${fault}`),
    ],
    view: "single",
    ...viewsOf(words),
    metric,
    metricLabel: words.metric,
    groups: metricGroups(context, questions),
    tone: ownerOf(metric) === "lab" ? "lab" : "backer",
    base: now,
    was: was !== null && show(was) !== show(now) ? was : null,
    nowText: words.nowAt(show(now)),
    rows,
    show,
    tick: scale.tick,
    read: words.read,
    table: () => ({
      head: [words.quantity, words.low, words.high, words.atLow, words.atHigh, words.perUnit],
      units: ["", "", "", scale.unit, scale.unit, `${scale.unit} ${words.per.unit("")}`],
      rows: bars.map((bar) => {
        const text = showOf(context, bar.path);
        const full = fullOf(context, bar.path, questions);
        const label = labelOf(context, bar.path);
        const derivative = slopes?.[bar.path] ?? null;
        return {
          label,
          full: withUnit(label, full.unit),
          cells: [text(bar.low), text(bar.high), show(bar.at_low), show(bar.at_high), slope(context, questions, metric, bar.path, derivative)],
          values: [
            full.value(bar.low),
            full.value(bar.high),
            inFull(bar.at_low),
            inFull(bar.at_high),
            derivative === null ? null : scale.display(derivative) / displayFor(context, bar.path).factor,
          ],
        };
      }),
    }),
  };
}

/** @param {QuestionStrings["tornado"]} words */
export const viewsOf = (words) => ({
  legend: words.view,
  views: /** @type {const} */ (["single", "joint"]).map((id) => ({ id, title: words.views[id] })),
});

/**
 * @param {CardContext} context
 * @param {TornadoBar} bar the one that matters most
 * @param {string} name of the metric
 * @param {(value: number | null) => string} show
 * @param {QuestionStrings["tornado"]} words
 */
function heading(context, bar, name, show, words) {
  const text = showOf(context, bar.path, { inSentence: true });
  return words.heading(labelOf(context, bar.path), name, text(bar.low), text(bar.high), show(bar.at_low), show(bar.at_high));
}

/**
 * A derivative in the units that a reader sees: per percentage point of a share, per year of a date, and in points of a metric that is
 * a share itself.
 * @param {CardContext} context
 * @param {QuestionStrings} questions
 * @param {string} metric
 * @param {string} path
 * @param {number | null} derivative
 */
function slope(context, questions, metric, path, derivative) {
  const words = questions.tornado;
  if (derivative === null || quantityOf(context, path) === undefined) return context.strings.none;
  const { factor, phrase, year } = displayFor(context, path);
  const per = year ? words.per.year : factor === 100 ? words.per.point : words.per.unit(phrase);
  return words.slope(changeFormat(context, questions, metric, context.format.slope)(derivative / factor), per);
}

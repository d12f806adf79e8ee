// What would it take? A question asked backwards (Model 12.1 to 12.3): which values of a lever bring an outcome to a target, or the
// surplus to a fair division. None, one, several, a jump and a whole range are told apart, in a sentence and in the curve.
import { fromDisplay, toDisplay } from "../format/format.js";
import { metricFormat, metricGroups, metricName, metricScale, ownerOf, unitOf } from "./metrics.js";
import { displayFor, fullOf, labelOf, leverOptions, quantityOf, showOf } from "./quantities.js";
import { fairSentence, sentence } from "./sentences.js";

/** @import { Scanned, Jump } from "../charts/curve.js" */
/** @import { Answer, Question } from "../engine/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { CardContext, FigureData } from "./context.js" */
/** @import { MetricUnit } from "./metrics.js" */

/** @typedef {"target" | "chance" | "even" | "fair"} Mode */
/**
 * What the reader picked; what is absent has a value that makes sense.
 * @typedef {object} SolvePicks
 * @property {Mode} [mode]
 * @property {string} [metric]
 * @property {{ metric: string, value: number }} [target] in the unit of the metric for which it was picked
 * @property {{ metric: string, value: number }} [above] the same, of what the chance is about
 * @property {number} [chance]
 * @property {string} [lever]
 * @property {string} [fairLever]
 * @property {number} [share]
 * @property {string} [evenMetric]
 * @property {{ path: string, low?: number, high?: number }} [interval] that is searched, of the lever for which it was picked
 */
/**
 * @typedef {object} Asked
 * @property {"target" | "fair"} mode
 * @property {string} path of the lever
 * @property {string} metric
 * @property {number} target
 * @property {number} share
 * @property {number | undefined} low of the interval; undefined leaves it to the engine
 * @property {number | undefined} high
 */

/** @typedef {{ path: string, value: number, text: string, name: string, done: boolean }} Offer to set the lever to a value */
/** A number to type, and what is picked by it. @typedef {{ label: string, value: number, sign: string, picks: (shown: number) => SolvePicks }} NumberPick */
/**
 * @typedef {FigureData & {
 *   mode: "target" | "chance" | "fair",
 *   modes: { id: Mode, title: string }[],
 *   legend: string,
 *   metrics: { label: string, groups: ReturnType<typeof metricGroups>, value: string } | null,
 *   goals: NumberPick[],
 *   lever: { label: string, find: string, more: string, groups: ReturnType<typeof leverOptions>, value: string },
 *   interval: NumberPick[],
 *   tone: string,
 *   curve: Scanned,
 *   baseCurve: Scanned | null,
 *   errors: readonly (number | null)[] | null,
 *   jumps: Jump[],
 *   baseJumps: Jump[],
 *   roots: number[],
 *   ranges: { from: number, to: number }[],
 *   target: number,
 *   targetText: string,
 *   now: { at: number, value: number, text: string } | null,
 *   ends: readonly [number, number],
 *   axis: string,
 *   offers: Offer[],
 *   at: (value: number) => string,
 *   atTick: (value: number) => string,
 *   show: (value: number | null | undefined) => string,
 *   tick: (value: number) => string,
 *   read: { label: string, text: (at: string, value: string) => string },
 *   question: string,
 * }} SolveData `errors`: how sure the curve is, where it is drawn; `question` is the same as long as the reader asks the same
 */

/** The levers that are tried first, where the deal has them. */
const FIRST_LEVERS = ["clauses.revenue-share.rate", "clauses.profit-share.tiers.1.share"];
const FIRST_FAIR = ["clauses.equity.fraction", "clauses.revenue-share.rate"];
export const HALF = 0.5;
/** So many offers are made. */
const MOST_OFFERS = 4;

/**
 * What is asked of the engine, with what the reader left open filled in.
 * @param {CardContext} context
 * @param {SolvePicks} picks
 * @returns {Asked}
 */
export function asked(context, picks) {
  const has = (/** @type {string | undefined} */ path) => path !== undefined && quantityOf(context, path) !== undefined;
  const first = (/** @type {readonly string[]} */ wanted) =>
    wanted.find(has) ?? context.info.quantities.find(({ path }) => path.startsWith("clauses."))?.path ?? "";
  const fair = picks.mode === "fair";
  const path = fair
    ? (has(picks.fairLever) && picks.fairLever) || first(FIRST_FAIR)
    : (has(picks.lever) && picks.lever) || first(FIRST_LEVERS);
  const { metrics } = context.result;
  const { low, high } = picks.interval?.path === path ? picks.interval : {};
  const metric = picks.metric !== undefined && (metrics[picks.metric] ?? null) !== null ? picks.metric : "backer.npv";
  // The start is taken from the base case, so that the target stands still while a lever moves.
  const reference = (context.base ?? context.result).metrics[metric] ?? 0;
  return {
    mode: fair ? "fair" : "target",
    path,
    metric,
    target: picks.target?.metric === metric ? picks.target.value : firstTarget(reference, unitOf(metric)),
    share: picks.share ?? HALF,
    low,
    high,
  };
}

/**
 * @param {Asked} question
 * @returns {Question}
 */
export function questionOf({ mode, path, metric, target, share, low, high }) {
  const interval = { ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
  return mode === "fair" ? { vary: path, share, ...interval } : { vary: path, metric, target, ...interval };
}

/**
 * A target that makes a question of it: a round figure above what there is.
 * @param {number} value
 * @param {MetricUnit} unit
 */
export function firstTarget(value, unit) {
  if (unit === "year") return Math.floor(value) - 1;
  if (value <= 0) return 0;
  const size = Number(`1e${value.toExponential().split("e")[1]}`);
  const step = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12.5].find((each) => each * size > 1.1 * value) ?? 10;
  return Number((step * size).toPrecision(3));
}

/**
 * @param {CardContext} context
 * @param {{ answer: Answer, base?: Answer }} answers
 * @param {SolvePicks} picks
 * @param {QuestionStrings} questions
 * @returns {SolveData}
 */
export function solve(context, { answer, base }, picks, questions) {
  const words = questions.solve;
  const { info, format, strings } = context;
  const question = asked(context, picks);
  const { mode, path, metric, share } = question;
  const fair = mode === "fair";
  const scale = metricScale(context, questions, fair ? "backer.npv" : metric);
  const show = fair ? format.money : metricFormat(context, questions, metric);
  const name = metricName(context, questions, metric);
  const label = labelOf(context, path);
  const at = showOf(context, path);
  const part = format.percent(share);
  const target = fair ? 0 : question.target;
  const shown = displayFor(context, path);
  const full = fullOf(context, path, questions);
  const heading = fair ? fairSentence(context, answer, words, part) : sentence(context, answer, words, { name, show });
  const owners = strings.owners(info.lab_name);
  const { curve = { at: [], value: [] } } = answer;
  const was = context.base === null ? null : (base ?? null);

  const offers = offersOf(context, answer, words);
  const notes = [
    ...(fair && answer.gains
      ? [
          words.also.gains(
            info.backer,
            answer.gains.backer >= 0,
            format.unsigned(answer.gains.backer),
            owners,
            answer.gains.lab >= 0,
            format.unsigned(answer.gains.lab),
            format.money(context.result.metrics["surplus"]),
          ),
        ]
      : []),
    // Where nothing else does it, the sentence speaks of the first jump.
    ...answer.jumps
      .slice(answer.roots.length + answer.ranges.length === 0 ? 1 : 0)
      .map((jump) => words.also.jump(at(jump.at), show(jump.before), show(jump.after))),
    ...(answer.at_never === undefined ? [] : [words.also.never(show(answer.at_never))]),
    ...(answer.refused === undefined ? [] : [words.also.refused(answer.refused)]),
  ];
  return {
    kicker: words.kicker,
    heading,
    unit: fair ? words.fairUnit(info.backer, part, label) : words.unit(strings.firstUpper(name), scale.unit, label),
    description: words.describe(heading, label, landmarks(curve, at, show, words)),
    notes,
    mode,
    ...choices(words),
    metrics: fair ? null : { label: words.metric, groups: metricGroups(context, questions), value: metric },
    goals: [
      fair
        ? { label: words.share(info.backer), value: toDisplay(share, 100), sign: "%", picks: (typed) => ({ share: fromDisplay(typed, 100) }) }
        : {
            label: words.target,
            value: scale.display(question.target),
            sign: scale.sign,
            picks: (typed) => ({ target: { metric, value: scale.value(typed) } }),
          },
    ],
    lever: {
      label: words.lever,
      find: words.find,
      more: words.more,
      groups: leverOptions(context, questions, { clausesOnly: fair }),
      value: path,
    },
    interval: intervalOf(context, question, answer, words),
    tone: !fair && ownerOf(metric) === "lab" ? "lab" : "backer",
    curve,
    baseCurve: was?.curve ?? null,
    errors: null,
    jumps: answer.jumps,
    baseJumps: was?.jumps ?? [],
    roots: answer.roots,
    ranges: answer.ranges,
    target,
    targetText: fair ? words.fairLine : words.targetLine(show(target)),
    now:
      answer.value === null || answer.now === null
        ? null
        : { at: answer.value, value: answer.now, text: words.nowAt(at(answer.value), show(answer.now)) },
    ends: [answer.low, answer.high],
    axis: [label, shown.year ? "" : `${shown.sign} ${shown.phrase}`.trim()].filter((each) => each !== "").join(", "),
    offers,
    at,
    atTick: (value) => (shown.year ? String(value) : format.exact(toDisplay(value, shown.factor))),
    show,
    tick: scale.tick,
    read: { label: words.read(label), text: words.readAt },
    question: JSON.stringify(question),
    table: () => ({
      head: [label, words.outcome, ...(was?.curve ? [`${words.outcome} (${strings.figures.base})`] : [])],
      units: [full.unit, scale.unit, scale.unit],
      rows: curve.at.map((value, i) => {
        const outcomes = [curve.value[i] ?? null, ...(was?.curve ? [sameAt(was.curve, value)] : [])];
        return {
          label: at(value),
          full: full.value(value),
          cells: outcomes.map(show),
          values: outcomes.map((outcome) => (outcome === null ? null : scale.display(outcome))),
        };
      }),
    }),
  };
}

/**
 * The offers to set the lever where a question is answered.
 * @param {CardContext} context
 * @param {{ path: string, value: number | null, roots: readonly number[], jumps: readonly Jump[], ranges?: readonly { from: number }[] }} answer
 * @param {QuestionStrings["solve"]} words
 * @returns {Offer[]}
 */
export function offersOf(context, { path, value: now, roots, jumps, ranges = [] }, words) {
  const at = showOf(context, path);
  const { year } = displayFor(context, path);
  const found = [
    ...roots.map((root) => ({ at: root, exact: false })),
    ...ranges.map(({ from }) => ({ at: from, exact: true })),
    ...(roots.length + ranges.length === 0 ? jumps.map((jump) => ({ at: jump.at, exact: true })) : []),
  ];
  return found.slice(0, MOST_OFFERS).map((each) => {
    const value = each.exact ? each.at : asTyped(each.at, year);
    const done = now !== null && asTyped(now, year) === asTyped(value, year);
    const text = at(value);
    return { path, value, text: done ? words.isSet(text) : words.set(text), name: words.setFor(labelOf(context, path), text), done };
  });
}

/**
 * The fields of the interval that is searched.
 * @param {CardContext} context
 * @param {{ path: string, low: number | undefined, high: number | undefined }} question
 * @param {{ low: number, high: number }} answer
 * @param {QuestionStrings["solve"]} words
 * @returns {NumberPick[]}
 */
export function intervalOf(context, { path, low, high }, answer, words) {
  const { factor, year, sign } = displayFor(context, path);
  const picked = { path, ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
  return /** @type {const} */ (["low", "high"]).map((which) => ({
    label: which === "low" ? words.from : words.to,
    value: asTyped(answer[which] * factor, year),
    sign,
    picks: (typed) => ({ interval: { ...picked, [which]: asTyped(typed / factor, year) } }),
  }));
}

/**
 * What can be chosen first of all.
 * @param {QuestionStrings["solve"]} words
 */
export const choices = (words) => ({
  legend: words.mode,
  modes: /** @type {const} */ (["target", "even", "fair", "chance"]).map((id) => ({ id, title: words.modes[id] })),
});

/**
 * A value as someone would have typed it: a link and a lever then show it as it is. Dates are kept to the hour.
 * @param {number} value
 * @param {boolean} year
 */
const asTyped = (value, year) => (year ? Number(value.toFixed(4)) : Number(value.toPrecision(6)));

/**
 * The value that another curve has at the same place, where it was scanned there too.
 * @param {Scanned} curve
 * @param {number} at
 */
export function sameAt({ at: places, value }, at) {
  const index = places.indexOf(at);
  return index < 0 ? null : (value[index] ?? null);
}

/**
 * @param {Scanned} curve
 * @param {(at: number) => string} at
 * @param {(value: number | null | undefined) => string} show
 * @param {QuestionStrings["solve"]} words
 */
export function landmarks({ at: places, value }, at, show, words) {
  const few = [0, places.length >> 2, places.length >> 1, (3 * places.length) >> 2, places.length - 1];
  return [...new Set(few)]
    .filter((i) => i >= 0 && places[i] !== undefined)
    .map((i) => `${words.readAt(at(places[i] ?? 0), show(value[i]))}.`)
    .join(" ");
}

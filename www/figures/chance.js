// Which value of a lever gives a chance that an outcome is above something? The chance is drawn at each value, always with the same
// draws, so that it goes up and down by what the lever does alone.
import { fromDisplay, toDisplay } from "../format/format.js";
import { cellsOf } from "./context.js";
import { metricFormat, metricGroups, metricName, metricScale, ownerOf, unitOf } from "./metrics.js";
import { displayFor, fullOf, labelOf, leverOptions, showOf } from "./quantities.js";
import { countWord, valuesOf } from "./sentences.js";
import { asked, choices, intervalOf, landmarks, offersOf, sameAt } from "./solve.js";

/** @import { ChanceAnswer, ChanceQuestion } from "../engine/draws/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { CardContext } from "./context.js" */
/** @import { MetricUnit } from "./metrics.js" */
/** @import { SolveData, SolvePicks } from "./solve.js" */

/** How many draws there are at each value. */
export const CHANCE_PATHS = 4096;
export const FIRST_CHANCE = 0.8;
/** Nothing that is drawn is certain: chances are asked for between this and what is left of one. */
export const LEAST = 0.001;

/**
 * What is asked of the engine, with what the reader left open filled in.
 * @param {CardContext} context
 * @param {SolvePicks} picks
 * @returns {ChanceQuestion & { low?: number, high?: number }}
 */
export function chanceOf(context, picks) {
  const { path, metric, low, high } = asked(context, { ...picks, mode: "target" });
  // The start is taken from the base case, so that it stands still while a lever moves.
  const reference = (context.base ?? context.result).metrics[metric] ?? 0;
  return {
    vary: path,
    metric,
    above: picks.above?.metric === metric ? picks.above.value : firstAbove(reference, unitOf(metric)),
    chance: picks.chance ?? FIRST_CHANCE,
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
  };
}

/**
 * A bound that makes a question of it: a round figure below what there is.
 * @param {number} value
 * @param {MetricUnit} unit
 */
export function firstAbove(value, unit) {
  if (unit === "year") return Math.floor(value);
  if (value <= 0) return 0;
  const size = Number(`1e${value.toExponential().split("e")[1]}`);
  const step = [8, 6, 5, 4, 3, 2.5, 2, 1.5, 1].find((each) => each * size < 0.9 * value) ?? 0.8;
  return Number((step * size).toPrecision(3));
}

/**
 * @param {CardContext} context
 * @param {{ answer: ChanceAnswer, base?: ChanceAnswer }} answers
 * @param {SolvePicks} picks
 * @param {QuestionStrings} questions
 * @returns {SolveData}
 */
export function chance(context, { answer, base }, picks, questions) {
  const words = questions.solve;
  const { format, strings } = context;
  const { vary: path, ...question } = chanceOf(context, picks);
  const { metric, above, chance: wanted } = question;
  const scale = metricScale(context, questions, metric);
  const label = labelOf(context, path);
  const at = showOf(context, path);
  const bound = metricFormat(context, questions, metric)(above);
  const name = metricName(context, questions, metric);
  const heading = sentence(context, answer, words, { name, bound });
  const { percent } = format;
  const was = context.base === null ? null : (base ?? null);
  const shown = displayFor(context, path);
  const full = fullOf(context, path, questions);
  const paths = format.exact(answer.paths);
  const [sure] = answer.root_errors;
  const off = sure === undefined ? undefined : Number(sure.toPrecision(2));
  const error = off === undefined ? undefined : shown.year ? questions.units.years(format.short(off)) : at(off);
  return {
    kicker: words.kicker,
    heading,
    unit: words.chance.unit(name, bound, label),
    description: words.describe(heading, label, landmarks(answer.curve, at, percent, words)),
    notes: [
      words.chance.note(paths),
      words.chance.now(percent(answer.now), percent(answer.now_error)),
      ...(answer.roots.length === 1 && error !== undefined ? [words.chance.sure(error)] : []),
      ...(answer.exists === undefined ? [] : [words.chance.exists(strings.firstUpper(name), percent(answer.exists))]),
      ...(answer.at_never === undefined ? [] : [words.also.never(percent(answer.at_never))]),
      ...(answer.refused === undefined ? [] : [words.also.refused(answer.refused)]),
      ...answer.jumps.slice(answer.roots.length + answer.ranges.length === 0 ? 1 : 0).map((jump) => words.also.jump(at(jump.at), percent(jump.before), percent(jump.after))),
    ],
    mode: "chance",
    ...choices(words),
    metrics: { label: words.metric, groups: metricGroups(context, questions), value: metric },
    goals: [
      {
        label: words.chance.above,
        value: scale.display(above),
        sign: scale.sign,
        picks: (typed) => ({ above: { metric, value: scale.value(typed) } }),
      },
      {
        label: words.chance.chance,
        value: toDisplay(wanted, 100),
        sign: "%",
        picks: (typed) => ({ chance: Math.min(1 - LEAST, Math.max(LEAST, fromDisplay(typed, 100))) }),
      },
    ],
    lever: { label: words.lever, find: words.find, more: words.more, groups: leverOptions(context, questions), value: path },
    interval: intervalOf(context, { path, low: question.low, high: question.high }, answer, words),
    tone: ownerOf(metric) === "lab" ? "lab" : "backer",
    curve: answer.curve,
    baseCurve: was?.curve ?? null,
    errors: answer.curve.error,
    jumps: answer.jumps,
    baseJumps: was?.jumps ?? [],
    roots: answer.roots,
    ranges: answer.ranges,
    target: answer.chance,
    targetText: words.targetLine(percent(answer.chance)),
    now:
      answer.value === null
        ? null
        : { at: answer.value, value: answer.now, text: words.nowAt(at(answer.value), percent(answer.now)) },
    ends: [answer.low, answer.high],
    axis: [label, shown.year ? "" : `${shown.sign} ${shown.phrase}`.trim()].filter((each) => each !== "").join(", "),
    offers: offersOf(context, answer, words),
    at,
    atTick: (value) => (shown.year ? String(value) : format.exact(toDisplay(value, shown.factor))),
    show: percent,
    tick: (value) => strings.units.percent(format.exact(toDisplay(value, 100))),
    read: { label: words.read(label), text: words.readAt },
    question: JSON.stringify([path, question]),
    table: () => ({
      head: [label, words.chance.outcome, words.chance.error, ...(was === null ? [] : [`${words.chance.outcome} (${strings.figures.base})`])],
      units: [full.unit, "%", "%", "%"].slice(0, was === null ? 3 : 4),
      rows: answer.curve.at.map((value, i) => {
        const { cells, values } = cellsOf(
          [answer.curve.value[i], answer.curve.error[i], ...(was === null ? [] : [sameAt(was.curve, value)])],
          percent,
        );
        return { label: at(value), full: full.value(value), cells, values: values.map((part) => (part === null ? null : toDisplay(part, 100))) };
      }),
    }),
  };
}

/**
 * The answer in one sentence: one value gives the chance, several do, a jump passes it, or none does and how far it goes.
 * @param {CardContext} context
 * @param {ChanceAnswer} answer
 * @param {QuestionStrings["solve"]} words
 * @param {{ name: string, bound: string }} about
 */
function sentence(context, { path, chance: wanted, roots, jumps, ranges, low, high, reach }, words, { name, bound }) {
  const label = labelOf(context, path);
  const at = showOf(context, path, { inSentence: true });
  const { percent } = context.format;
  const event = words.chance.event(percent(wanted), name, bound);
  const { count, text: values } = valuesOf(context, { roots, ranges }, at, words);
  const [jump] = jumps;
  if (count > 1) return words.chance.several(countWord(count, words), label, event, values);
  if (count === 1) return words.chance.one(values, label, event);
  if (jump) return words.chance.jump(label, event, at(jump.at), percent(jump.before), percent(jump.after));
  if (reach === null) return words.is.nowhere(label, name);
  const { lowest, highest } = reach;
  if (highest.value < wanted) return words.chance.tooLow(label, at(low), at(high), event, percent(highest.value), at(highest.at));
  return words.chance.tooHigh(label, at(low), at(high), event, percent(lowest.value), at(lowest.at));
}

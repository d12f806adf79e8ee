// Which value of a lever gives a chance that an outcome is above something? The chance is drawn at each value, always with the same
// draws, so that it goes up and down by what the lever does alone.
import { fromDisplay, toDisplay } from "../format/format.js";
import { metricFormat, metricGroups, metricName, metricScale, ownerOf, unitOf } from "./metrics.js";
import { displayFor, labelOf, leverOptions, showOf } from "./quantities.js";
import { asked, choices, intervalOf, landmarks, offersOf, sameAt } from "./solve.js";

/** @import { ChanceAnswer, ChanceQuestion } from "../engine/draws/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { CardContext } from "./context.js" */
/** @import { MetricUnit } from "./metrics.js" */
/** @import { SolveData, SolvePicks } from "./solve.js" */

/** How many draws there are at each value. */
export const CHANCE_PATHS = 4096;
const FIRST_CHANCE = 0.8;

/**
 * What is asked of the engine, with what the reader left open filled in.
 * @param {CardContext} context
 * @param {SolvePicks} picks
 * @returns {ChanceQuestion}
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
  const paths = format.exact(answer.paths);
  return {
    kicker: words.kicker,
    heading,
    unit: words.chance.unit(name, bound, label),
    description: words.describe(heading, label, landmarks(answer.curve, at, percent, words)),
    notes: [
      words.chance.note(paths),
      ...(answer.now === null ? [] : [words.chance.now(percent(answer.now), format.percent(answer.now_error))]),
      ...answer.jumps.slice(answer.roots.length === 0 ? 1 : 0).map((jump) => words.also.jump(at(jump.at), percent(jump.before), percent(jump.after))),
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
        picks: (typed) => ({ chance: Math.min(1, Math.max(0, fromDisplay(typed, 100))) }),
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
    ranges: [],
    target: answer.chance,
    targetText: words.targetLine(percent(answer.chance)),
    now:
      answer.value === null || answer.now === null
        ? null
        : { at: answer.value, value: answer.now, text: words.nowAt(at(answer.value), percent(answer.now)) },
    ends: [answer.low, answer.high],
    axis: [label, shown.year ? "" : `${shown.sign} ${shown.phrase}`.trim()].filter((each) => each !== "").join(", "),
    offers: offersOf(context, answer, words),
    at,
    atTick: (value) => (shown.year ? String(value) : format.exact(toDisplay(value, shown.factor))),
    show: percent,
    tick: percent,
    read: { label: words.read(label), text: words.readAt },
    question: JSON.stringify([path, question]),
    table: () => ({
      head: [label, words.chance.outcome, words.chance.error, ...(was === null ? [] : [`${words.chance.outcome} (${strings.figures.base})`])],
      rows: answer.curve.at.map((value, i) => ({
        label: at(value),
        cells: [
          percent(answer.curve.value[i]),
          percent(answer.curve.error[i]),
          ...(was === null ? [] : [percent(sameAt(was.curve, value))]),
        ],
      })),
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
function sentence(context, { path, chance: wanted, roots, jumps, low, high, reach }, words, { name, bound }) {
  const label = labelOf(context, path);
  const at = showOf(context, path, { inSentence: true });
  const { percent } = context.format;
  const event = words.chance.event(percent(wanted), name, bound);
  const values = context.strings.list(roots.map((root) => at(root)));
  const [jump] = jumps;
  if (roots.length > 1) {
    const count = words.counts[/** @type {keyof typeof words.counts} */ (roots.length)] ?? String(roots.length);
    return words.chance.several(count, label, event, values);
  }
  if (roots.length === 1) return words.chance.one(values, label, event);
  if (jump) return words.chance.jump(label, event, at(jump.at), percent(jump.before), percent(jump.after));
  if (reach === null) return words.is.nowhere(label, name);
  const { lowest, highest } = reach;
  if (highest.value < wanted) return words.chance.tooLow(label, at(low), at(high), event, percent(highest.value), at(highest.at));
  return words.chance.tooHigh(label, at(low), at(high), event, percent(lowest.value), at(lowest.at));
}

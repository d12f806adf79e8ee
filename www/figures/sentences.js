// The answer to a question asked backwards, in one sentence: one value does it, several do, a whole range does, a jump passes it, or
// none does and how far it goes.
import { labelOf, showOf } from "./quantities.js";

/** @import { Answer } from "../engine/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { CardContext } from "./context.js" */

/**
 * The values that do it, in words: roots, and ranges from one to another.
 * @param {CardContext} context
 * @param {Pick<Answer, "roots" | "ranges">} answer
 * @param {(at: number) => string} at
 * @param {QuestionStrings["solve"]} words
 */
export function valuesOf({ strings }, { roots, ranges }, at, words) {
  const all = [
    ...roots.map((root) => ({ from: root, text: at(root) })),
    ...ranges.map(({ from, to }) => ({ from, text: words.also.range(at(from), at(to)) })),
  ].sort((a, b) => a.from - b.from);
  const texts = all.map(({ text }) => text);
  return { count: texts.length, text: strings.list(texts) };
}

/**
 * @param {CardContext} context
 * @param {Answer} answer
 * @param {QuestionStrings["solve"]} words
 * @param {{ name: string, show: (value: number | null | undefined) => string }} metric
 */
export function sentence(context, answer, words, { name, show }) {
  const label = labelOf(context, answer.path);
  const at = showOf(context, answer.path, { inSentence: true });
  const target = show(answer.target);
  const { count, text } = valuesOf(context, answer, at, words);
  const [range] = answer.ranges;
  const [jump] = answer.jumps;
  const [low, high] = [at(answer.low), at(answer.high)];
  if (count > 1) return words.is.several(countWord(count, words), label, name, target, text);
  if (range) return words.is.range(at(range.from), at(range.to), label, name, target);
  if (count === 1) return words.is.one(text, label, name, target);
  if (jump) return words.is.jump(label, name, target, at(jump.at), show(jump.before), show(jump.after));
  if (answer.reach === null || answer.target === null) return words.is.nowhere(label, name);
  const { lowest, highest } = answer.reach;
  if (highest.value < answer.target) return words.is.tooLow(label, low, high, name, target, show(highest.value), at(highest.at));
  if (lowest.value > answer.target) return words.is.tooHigh(label, low, high, name, target, show(lowest.value), at(lowest.at));
  return words.is.none(label, low, high, name, target);
}

/**
 * @param {CardContext} context
 * @param {Answer} answer whose outcome is by how much the backer's gain exceeds its part, bn
 * @param {QuestionStrings["solve"]} words
 * @param {string} part
 */
export function fairSentence(context, answer, words, part) {
  const { backer } = context.info;
  const { money, unsigned } = context.format;
  const label = labelOf(context, answer.path);
  const at = showOf(context, answer.path, { inSentence: true });
  const { count, text } = valuesOf(context, answer, at, words);
  const [jump] = answer.jumps;
  const [low, high] = [at(answer.low), at(answer.high)];
  if (count > 1) return words.fairIs.several(countWord(count, words), label, backer, part, text);
  if (count === 1) return words.fairIs.one(text, label, backer, part);
  if (jump) return words.fairIs.jump(label, backer, part, at(jump.at));
  const { lowest, highest } = answer.reach ?? {};
  if (lowest && lowest.value > 0) return words.fairIs.tooMuch(label, low, high, backer, part, money(lowest.value), at(lowest.at));
  if (highest && highest.value < 0) return words.fairIs.tooLittle(label, low, high, backer, part, unsigned(highest.value), at(highest.at));
  return words.is.nowhere(label, words.fairIs.surplus);
}

/**
 * @param {number} count
 * @param {QuestionStrings["solve"]} words
 */
export const countWord = (count, { counts }) => counts[/** @type {keyof typeof counts} */ (count)] ?? String(count);

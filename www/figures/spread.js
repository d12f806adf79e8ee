// A distribution in words.

/** @import { Quantity, Spread } from "../engine/types.d.ts" */
/** @import { Format } from "../format/format.js" */
/** @import { Strings } from "../strings/en.js" */

/**
 * @param {Spread} spread
 * @param {Pick<Quantity, "unit" | "kind">} quantity
 * @param {{ format: Format, strings: Strings, show?: (value: number) => string }} words
 */
export function spreadText({ kind, low = 0, high = 0, points = [], p = 0 }, { unit, kind: measure }, words) {
  const { format, strings, show = (value) => format.quantity(value, unit, measure) } = words;
  const say = strings.spread.is;
  if (kind === "none") return say.none;
  if (kind === "bernoulli") return say.bernoulli(format.percent(p));
  if (kind !== "cumulative") return say[kind](show(low), show(high));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return say.none;
  const text = say.cumulative(show(first[0]), show(last[0]));
  return last[1] < 1 ? say.orNever(text, format.percent(1 - last[1])) : text;
}

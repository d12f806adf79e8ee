// Which price of a clause is to be explained, and what stands behind it. A price is asked for like a metric, by `price:` and the name of
// the clause or bundle.

/** @import { CardContext } from "./context.js" */

const PREFIX = "price:";

/** @param {string} unit */
export const priceOf = (unit) => PREFIX + unit;

/**
 * The clause or bundle whose price is meant, if one is.
 * @param {string} metric
 */
export const unitOfPrice = (metric) => (metric.startsWith(PREFIX) ? metric.slice(PREFIX.length) : null);

/**
 * The clauses that are priced together under a name.
 * @param {Pick<CardContext, "info">} context
 * @param {string} unit
 */
export function clausesOf({ info }, unit) {
  const held = info.clauses.filter(({ bundle, enabled }) => enabled && bundle === unit);
  return held.length > 0 ? held : info.clauses.filter(({ id }) => id === unit);
}

/**
 * The metric that the engine is asked about where a number is explained: the number itself, or of what is priced the clause that pays
 * most.
 * @param {Pick<CardContext, "info" | "result">} context
 * @param {string} metric
 */
export function askedAbout(context, metric) {
  const unit = unitOfPrice(metric);
  if (unit === null) return metric;
  const size = (/** @type {{ id: string }} */ { id }) => Math.abs(context.result.metrics[`backer.npv.${id}`] ?? 0);
  const [first] = clausesOf(context, unit).toSorted((a, b) => size(b) - size(a));
  return first === undefined ? "backer.npv" : `backer.npv.${first.id}`;
}

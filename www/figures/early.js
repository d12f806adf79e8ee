// What an early AGI would change: the same deal run once more, with AGI in a year that its own file thinks early. Where the reader
// already assumes a year as early as that, the question is turned round: what if it did not come?
import { NEVER, currentValue } from "../state/state.js";
import { directionOf } from "./context.js";

/** @import { DealRequest, RunResult } from "../engine/types.d.ts" */
/** @import { CardContext } from "./context.js" */
/** @import { Direction } from "../strings/en.js" */

/** @typedef {{ year: string, never: boolean, direction: Direction, value: string }} Early */

const YEAR = "agi.year";

/**
 * What to ask: AGI in another year, or never.
 * @param {CardContext} context
 * @returns {{ request: DealRequest, year: number, never: boolean } | null} null where the deal knows no other year
 */
export function earlyQuestion(context) {
  const { info, state, request } = context;
  const quantity = info.quantities.find(({ path }) => path === YEAR);
  if (quantity === undefined) return null;
  const own = currentValue(info, state, quantity);
  const early = earlyYear(context);
  if (early !== null && (own === NEVER || (typeof own === "number" && early < own))) {
    return { request: withYear(request, early), year: early, never: false };
  }
  return typeof own === "number" && quantity.range.never ? { request: withYear(request, NEVER), year: own, never: true } : null;
}

/**
 * @param {CardContext} context
 * @param {RunResult} answer to the question
 * @returns {Early | null}
 */
export function early(context, answer) {
  const asked = earlyQuestion(context);
  const now = context.result.metrics["backer.npv"] ?? null;
  const then = answer.metrics["backer.npv"] ?? null;
  if (asked === null || now === null || then === null) return null;
  const { format, strings } = context;
  const value = format.unsigned(then - now);
  const direction = value === format.unsigned(0) ? "same" : directionOf(then, now, String);
  return { year: format.year(asked.year) ?? strings.none, never: asked.never, direction, value };
}

/**
 * The year that its distribution holds for early: the first point of a curve that is not impossible, or the low end. One that has
 * passed when the deal starts is none.
 * @param {CardContext} context
 */
function earlyYear({ info, state }) {
  const spread = state.spread[YEAR] ?? info.spreads[YEAR];
  const found = spread?.points?.find(([, chance]) => chance > 0)?.[0] ?? spread?.low;
  return found !== undefined && found > Number(info.effective.slice(0, 4)) ? found : null;
}

/**
 * @param {DealRequest} request
 * @param {number | typeof NEVER} year
 * @returns {DealRequest}
 */
function withYear({ spread, ...request }, year) {
  // A quantity that is set is certain, so nothing may be said of its distribution besides.
  const { [YEAR]: _year, ...others } = spread ?? {};
  return { ...request, ...(Object.keys(others).length > 0 && { spread: others }), set: { ...request.set, [YEAR]: year } };
}

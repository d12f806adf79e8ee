// What the first sentence of the page asks about an early AGI. It has no place of its own, and is asked whenever the figures have
// settled: a run of a millisecond or two, which no movement of a lever waits for.
import { html } from "lit";
import { early, earlyQuestion } from "../figures/early.js";

/** @import { RunResult } from "../engine/types.d.ts" */
/** @import { CardContext } from "../figures/context.js" */
/** @import { Early } from "../figures/early.js" */
/** @import { Card, CardModule } from "./desk.js" */

export const EARLY = "early";

/** @type {CardModule} */
export const card = {
  questions: (context) => {
    const asked = earlyQuestion(context);
    return asked === null ? [] : [{ name: "early", method: "run", args: [asked.request] }];
  },
  show: () => html``,
};

/**
 * What is known of it for the sentence: all, or what was so a moment ago, or nothing yet, where words of about the same length hold
 * the place.
 * @typedef {"known" | "lagging" | "awaited"} Known
 */

/**
 * @param {readonly Card[]} cards
 * @param {CardContext} context
 * @returns {{ early: Early | null, known: Known }}
 */
export function earlyOf(cards, context) {
  const { shown = null, fault = null } = cards.find(({ id }) => id === EARLY) ?? {};
  const asked = earlyQuestion(context);
  if (fault !== null || asked === null) return { early: null, known: "known" };
  const result = /** @type {RunResult | undefined} */ (shown?.answers["early"]);
  if (shown === null || result === undefined || shown.context.info !== context.info) {
    return { early: early(context, { ...context.result, metrics: { "backer.npv": 0 } }), known: "awaited" };
  }
  return { early: early(shown.context, result), known: shown.context === context ? "known" : "lagging" };
}

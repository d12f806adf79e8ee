// The card of questions asked backwards.
import { html } from "lit";
import "../elements/solve/solve.js";
import { CHANCE_PATHS, FIRST_CHANCE, LEAST, chance, chanceOf } from "../figures/chance.js";
import { EVEN_METRICS, even, evenMetric } from "../figures/even.js";
import { interval, metric, number, ofMetric, quantity, word } from "../figures/picks.js";
import { HALF, asked, questionOf, solve } from "../figures/solve.js";
import { strings } from "../strings/questions.js";

/** @import { ChanceAnswer } from "../engine/draws/types.d.ts" */
/** @import { Answer } from "../engine/types.d.ts" */
/** @import { CardModule, Shown } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  fields: {
    mode: word("target", "chance", "even", "fair"),
    metric: metric("backer.npv"),
    target: ofMetric,
    above: ofMetric,
    chance: number(LEAST, 1 - LEAST, FIRST_CHANCE),
    lever: quantity((context) => asked(context, {}).path),
    fairLever: quantity((context) => asked(context, { mode: "fair" }).path),
    share: number(-1e6, 1e6, HALF),
    evenMetric: word(...EVEN_METRICS),
    interval,
  },
  questions: (context, picks) => {
    if (picks["mode"] === "even") {
      const metric = evenMetric(picks);
      return [
        { name: "all", method: "breakEven", args: [context.request, metric] },
        ...(context.base === null ? [] : /** @type {const} */ ([{ name: "base", method: "breakEven", args: [context.asAgreed, metric] }])),
      ];
    }
    if (picks["mode"] === "chance") {
      const question = chanceOf(context, picks);
      const drawn = /** @type {const} */ ({ method: "chance", steps: [CHANCE_PATHS], long: true });
      return [
        { name: "answer", args: [context.request, question], ...drawn },
        ...(context.base === null ? [] : [{ name: "base", args: [context.asAgreed, question], ...drawn, optional: true }]),
      ];
    }
    const question = questionOf(asked(context, picks));
    return [
      { name: "answer", method: "solve", args: [context.request, question] },
      ...(context.base === null ? [] : /** @type {const} */ ([{ name: "base", method: "solve", args: [context.asAgreed, question] }])),
    ];
  },
  show: (shown) => html`<cw-solve .data=${dataOf(shown)}></cw-solve>`,
};

/** @param {Shown} shown */
function dataOf({ context, picks, answers }) {
  if (picks["mode"] === "even") {
    return even(context, /** @type {{ all: Record<string, Answer>, base?: Record<string, Answer> }} */ (answers), picks, strings);
  }
  if (picks["mode"] === "chance") {
    return chance(context, /** @type {{ answer: ChanceAnswer, base?: ChanceAnswer }} */ (answers), picks, strings);
  }
  return solve(context, /** @type {{ answer: Answer, base?: Answer }} */ (answers), picks, strings);
}

// The card of questions asked backwards.
import { html } from "lit";
import "../elements/solve/solve.js";
import { CHANCE_PATHS, chance, chanceOf } from "../figures/chance.js";
import { even, evenMetric } from "../figures/even.js";
import { asked, questionOf, solve } from "../figures/solve.js";
import { strings } from "../strings/questions.js";

/** @import { ChanceAnswer } from "../engine/draws/types.d.ts" */
/** @import { Answer } from "../engine/types.d.ts" */
/** @import { CardModule, Shown } from "./desk.js" */

/** @type {CardModule} */
export const card = {
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

// The card of which assumptions matter most: one at a time, or all together.
import { html } from "lit";
import "../elements/tornado/tornado.js";
import { IMPORTANCE_PATHS, importance } from "../figures/importance.js";
import { flag, metric, word } from "../figures/picks.js";
import { pickedMetric, tornado } from "../figures/tornado.js";
import { strings } from "../strings/questions.js";

/** @import { TornadoBar } from "../engine/types.d.ts" */
/** @import { ImportanceAnswer } from "../figures/importance.js" */
/** @import { CardModule, Shown } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  // Whether the table is open is no part of a link.
  fields: { view: word("single", "joint"), metric: metric("backer.npv"), independent: flag },
  questions: (context, picks) => {
    const metric = pickedMetric(context, picks);
    if (picks["view"] === "joint") {
      const independent = picks["independent"] === true;
      const asked = { metric, ...(independent && { independent }) };
      const drawn = /** @type {const} */ ({ method: "importance", steps: [IMPORTANCE_PATHS], long: true, refusable: !independent });
      return [
        { name: "importance", args: [context.request, asked], ...drawn },
        ...(context.base === null ? [] : [{ name: "base", args: [context.asAgreed, asked], ...drawn, optional: true }]),
      ];
    }
    return [
      { name: "bars", method: "tornado", args: [context.request, metric] },
      ...(context.base === null ? [] : /** @type {const} */ ([{ name: "base", method: "tornado", args: [context.asAgreed, metric] }])),
      ...(picks["table"] === true ? /** @type {const} */ ([{ name: "slopes", method: "gradient", args: [context.request, metric] }]) : []),
    ];
  },
  show: (shown) => html`<cw-tornado .data=${dataOf(shown)}></cw-tornado>`,
};

/** @param {Shown} shown */
function dataOf({ context, picks, answers }) {
  if (picks["view"] === "joint") {
    return importance(context, /** @type {{ importance: ImportanceAnswer, base?: ImportanceAnswer }} */ (answers), picks, strings);
  }
  return tornado(
    context,
    /** @type {{ bars: TornadoBar[], base?: TornadoBar[], slopes?: Record<string, number | null> }} */ (answers),
    picks,
    strings,
  );
}

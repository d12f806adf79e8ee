// The card of an outcome over two assumptions at once.
import { html } from "lit";
import "../elements/heat/heat.js";
import { gridQuestion, heat, heatAsked } from "../figures/heat.js";
import { metric, quantity } from "../figures/picks.js";
import { strings as words } from "../strings/figures.js";
import { strings } from "../strings/questions.js";

/** @import { MetricGrid } from "../engine/types.d.ts" */
/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  fields: {
    metric: metric((context) => heatAsked(context, {}).metric),
    x: quantity((context) => heatAsked(context, {}).x),
    y: quantity((context) => heatAsked(context, {}).y),
  },
  questions: (context, picks) => {
    const question = gridQuestion(context, heatAsked(context, picks));
    return [
      { name: "grid", method: "grid", args: [context.request, question] },
      ...(context.base === null ? [] : /** @type {const} */ ([{ name: "base", method: "grid", args: [context.asAgreed, question] }])),
    ];
  },
  show: ({ context, picks, answers }) => html`
    <cw-heat
      .data=${heat(context, /** @type {{ grid: MetricGrid, base?: MetricGrid }} */ (answers), picks, words, strings)}
    ></cw-heat>
  `,
};

// The card of what each side may come to.
import { html } from "lit";
import "../elements/outcome/outcome.js";
import { ROUGH_TO_FINE, stepsOf } from "../figures/draws.js";
import { BOTH, outcome } from "../figures/outcome.js";
import { flag, metric } from "../figures/picks.js";
import { strings } from "../strings/draws.js";

/** @import { Distribution } from "../engine/draws/types.d.ts" */
/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  fields: { metric: metric(BOTH, BOTH), more: flag },
  questions: ({ request, asAgreed, base }, picks) => [
    { name: "draws", method: "simulate", args: [request], steps: stepsOf(picks) },
    ...(base === null ? [] : /** @type {const} */ ([{ name: "base", method: "simulate", args: [asAgreed], steps: ROUGH_TO_FINE }])),
  ],
  show: ({ context, picks, answers }) => html`
    <cw-outcome
      .data=${outcome(context, /** @type {{ draws: Distribution, base?: Distribution }} */ (answers), picks, strings)}
    ></cw-outcome>
  `,
};

// The card of how a series may go.
import { html } from "lit";
import "../elements/fan/fan.js";
import { ROUGH_TO_FINE } from "../figures/draws.js";
import { fan, pickedSeries, seriesField } from "../figures/fan.js";
import { strings } from "../strings/draws.js";

/** @import { Distribution } from "../engine/draws/types.d.ts" */
/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  fields: { series: seriesField },
  questions: (context, picks) => {
    const drawn = /** @type {const} */ ({ method: "simulate", series: [pickedSeries(context, picks)], steps: ROUGH_TO_FINE });
    return [
      { name: "draws", args: [context.request], ...drawn },
      ...(context.base === null ? [] : [{ name: "base", args: [context.asAgreed], ...drawn }]),
    ];
  },
  show: ({ context, picks, answers }) => html`
    <cw-fan .data=${fan(context, /** @type {{ draws: Distribution, base?: Distribution }} */ (answers), picks, strings)}></cw-fan>
  `,
};

// The card of what each side has by the date of AGI.
import { html } from "lit";
import "../elements/agi/agi.js";
import { agi } from "../figures/agi.js";
import { word } from "../figures/picks.js";
import { strings } from "../strings/questions.js";

/** @import { AgiCurve } from "../engine/types.d.ts" */
/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  fields: { view: word("totals", "clauses") },
  questions: ({ request, asAgreed, base }) => [
    { name: "curve", method: "agiCurve", args: [request] },
    ...(base === null ? [] : /** @type {const} */ ([{ name: "base", method: "agiCurve", args: [asAgreed] }])),
  ],
  show: ({ context, picks, answers }) => html`
    <cw-agi .data=${agi(context, /** @type {{ curve: AgiCurve, base?: AgiCurve }} */ (answers), picks, strings)}></cw-agi>
  `,
};

// The card of who pays for the lab and who owns it. It asks what the card of payments asks, so that one answer serves both.
import { html } from "lit";
import "../elements/funding/funding.js";
import { funding } from "../figures/funding.js";
import { strings } from "../strings/figures.js";

/** @import { Payments } from "../engine/types.d.ts" */
/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  questions: ({ request, asAgreed, base }) => [
    { name: "payments", method: "payments", args: [request] },
    ...(base === null ? [] : /** @type {const} */ ([{ name: "base", method: "payments", args: [asAgreed] }])),
  ],
  show: ({ context, answers }) => html`
    <cw-funding .data=${funding(context, /** @type {{ payments: Payments, base?: Payments }} */ (answers), strings)}></cw-funding>
  `,
};

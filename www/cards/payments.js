// The card of who pays whom in a year.
import { html } from "lit";
import "../elements/payments/payments.js";
import { payments, yearField } from "../figures/payments.js";
import { strings } from "../strings/figures.js";

/** @import { Payments } from "../engine/types.d.ts" */
/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  fields: { year: yearField },
  questions: ({ request, asAgreed, base }) => [
    { name: "payments", method: "payments", args: [request] },
    ...(base === null ? [] : /** @type {const} */ ([{ name: "base", method: "payments", args: [asAgreed] }])),
  ],
  show: ({ context, picks, answers }) => html`
    <cw-payments
      .data=${payments(context, /** @type {{ payments: Payments, base?: Payments }} */ (answers), picks, strings)}
    ></cw-payments>
  `,
};

// The card of what each clause is worth.
import { html } from "lit";
import "../elements/clauses/clauses.js";
import { clausePairs } from "../figures/clauses.js";
import { word } from "../figures/picks.js";

/** @import { ClausePrices } from "../engine/types.d.ts" */
/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  fields: { view: word("shapley", "removal") },
  questions: ({ request, asAgreed, base }) => [
    { name: "prices", method: "clauses", args: [request] },
    ...(base === null ? [] : /** @type {const} */ ([{ name: "base", method: "clauses", args: [asAgreed] }])),
  ],
  show: ({ context, picks, answers }) => html`
    <cw-clauses
      .data=${clausePairs(context, /** @type {{ prices: ClausePrices, base?: ClausePrices }} */ (answers), picks)}
    ></cw-clauses>
  `,
};

// The card of the library's agreements side by side.
import { html } from "lit";
import "../elements/compare/compare.js";
import { compare, comparisonOf } from "../figures/compare.js";
import { strings } from "../strings/questions.js";

/** @import { ComparisonResult } from "../engine/types.d.ts" */
/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  questions: (context) => [
    { name: "comparison", method: "compare", args: comparisonOf(context, context.request) },
    ...(context.base === null
      ? []
      : /** @type {const} */ ([{ name: "base", method: "compare", args: comparisonOf(context, context.asAgreed) }])),
  ],
  show: ({ context, picks, answers }) => html`
    <cw-compare
      .data=${compare(context, /** @type {{ comparison: ComparisonResult, base?: ComparisonResult }} */ (answers), picks, strings)}
    ></cw-compare>
  `,
};

// The card of agreements side by side, and of the scenarios of one.
import { html } from "lit";
import "../elements/compare/compare.js";
import { ROUGH_TO_FINE } from "../figures/draws.js";
import { compare } from "../figures/compare.js";
import { comparisonOf, withField } from "../figures/compared.js";
import { word } from "../figures/picks.js";
import { strings } from "../strings/questions.js";

/** @import { CardModule } from "./desk.js" */

/** @typedef {Parameters<typeof compare>[1]} CompareAnswers */

/** @type {CardModule} */
export const card = {
  fields: { view: word("metrics", "spread", "backer", "lab"), with: withField },
  questions: (context, picks) => {
    const now = comparisonOf(context, context.request, picks);
    const then = comparisonOf(context, context.asAgreed, picks);
    const spread = /** @type {const} */ ({ method: "spread", steps: ROUGH_TO_FINE });
    const changed = context.base !== null;
    return [
      { name: "comparison", method: "compare", args: now },
      ...(changed ? /** @type {const} */ ([{ name: "base", method: "compare", args: then }]) : []),
      ...(picks["view"] === "spread"
        ? [{ name: "spread", args: now, ...spread }, ...(changed ? [{ name: "spreadBase", args: then, ...spread, optional: true }] : [])]
        : []),
    ];
  },
  show: ({ context, picks, answers }) => html`
    <cw-compare .data=${compare(context, /** @type {CompareAnswers} */ (/** @type {unknown} */ (answers)), picks, strings)}></cw-compare>
  `,
};

// What the engine is asked about a number that the reader wants explained. The card itself is `parts/explain.js`, which shows all that
// is known already while the engine is being asked.
import { html } from "lit";
import { askedAbout } from "../figures/price.js";

/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  questions: (context, { metric }) =>
    typeof metric === "string" ? [{ name: "bars", method: "tornado", args: [context.request, askedAbout(context, metric)] }] : [],
  show: () => html``,
};

// What the engine is asked about a number that the reader wants explained. The card itself is `parts/explain.js`, which shows all that
// is known already while the engine is being asked.
import { html } from "lit";
import { ROUGH_TO_FINE } from "../figures/draws.js";

/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  questions: ({ request }, { metric }) =>
    typeof metric === "string"
      ? [
          { name: "bars", method: "tornado", args: [request, metric] },
          { name: "draws", method: "simulate", args: [request], steps: ROUGH_TO_FINE, optional: true },
        ]
      : [],
  show: () => html``,
};

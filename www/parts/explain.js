// The explanation of a number: over the page, and at once with what is known.
import { html } from "lit";
import "../elements/explain/explain.js";
import { explained } from "../figures/explain.js";
import { strings as words } from "../strings/explain.js";
import { strings as questions } from "../strings/questions.js";

/** @import { TornadoBar } from "../engine/types.d.ts" */
/** @import { Distribution } from "../engine/draws/types.d.ts" */
/** @import { PartModule } from "./index.js" */

/** @type {PartModule} */
export const part = {
  show: ({ shown, explaining: metric, cards }, handlers) => {
    const card = cards.find(({ id }) => id === "explain");
    // What the engine said of another number, or of another state, is not of this one.
    const current = card?.shown && card.shown.context === shown && card.shown.picks["metric"] === metric ? card.shown.answers : {};
    const { bars = null, draws } = /** @type {{ bars?: TornadoBar[], draws?: Distribution }} */ (current);
    const distribution = draws?.metrics[metric ?? ""] ?? null;
    return html`
      <cw-explain
        .data=${shown && metric !== null ? explained(shown, metric, { bars, distribution }, words, questions) : null}
        .fault=${card?.fault?.message ?? null}
        @explain-close=${handlers.closeExplanation}
        @find-assumption=${handlers.findAssumption}
      ></cw-explain>
    `;
  },
};

// The explanation of a number: over the page, and at once with what is known.
import { html } from "lit";
import "../elements/explain/explain.js";
import { explained, explainedPrice } from "../figures/explain.js";
import { unitOfPrice } from "../figures/price.js";
import { strings as words } from "../strings/explain.js";
import { strings as questions } from "../strings/questions.js";

/** @import { Distribution } from "../engine/draws/types.d.ts" */
/** @import { ClausePrices, TornadoBar } from "../engine/types.d.ts" */
/** @import { ClausePicks } from "../figures/clauses.js" */
/** @import { PartModule } from "./index.js" */

/** @type {PartModule} */
export const part = {
  show: ({ shown, explaining: metric, cards }, handlers) => {
    // What was said of another number, or of another state, is not of this one.
    const answersOf = (/** @type {string} */ id) => {
      const answered = cards.find((card) => card.id === id)?.shown;
      return answered && answered.context === shown && answered.picks["metric"] === metric ? answered.answers : {};
    };
    const { bars = null } = /** @type {{ bars?: TornadoBar[] }} */ (answersOf("explain"));
    const { draws } = /** @type {{ draws?: Distribution }} */ (answersOf("chance"));
    const fault = cards.find(({ id }) => id === "explain")?.fault?.message ?? null;
    const priced = cards.find((card) => card.shown?.context === shown && "prices" in card.shown.answers)?.shown ?? null;
    const { view = "shapley" } = /** @type {ClausePicks} */ (priced?.picks ?? {});
    const prices = priced === null ? null : /** @type {ClausePrices} */ (priced.answers["prices"]);
    const data = (/** @type {NonNullable<typeof shown>} */ context, /** @type {string} */ about) =>
      unitOfPrice(about) === null
        ? explained(context, about, { bars, distribution }, words, questions)
        : explainedPrice(context, about, { prices, view, bars }, words, questions);
    const distribution = metric === null ? null : (draws?.metrics[metric] ?? null);
    return html`
      <cw-explain
        .data=${shown && metric !== null ? data(shown, metric) : null}
        .fault=${fault}
        @explain-close=${handlers.closeExplanation}
        @find-assumption=${handlers.findAssumption}
      ></cw-explain>
    `;
  },
};

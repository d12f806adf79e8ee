// The guided tour: one stop at a time, with the levers and the figure that belong to it.
import { html } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import "../elements/tour/tour.js";
import { strings as words } from "../strings/tour.js";
import { stops } from "../tour/stops.js";
import { leversOf, tour } from "../tour/tour.js";

/** @import { StopId } from "../state/tour.js" */
/** @import { PartModule } from "./index.js" */

/** @type {PartModule} */
export const part = {
  show: ({ shown, state, stop, fault, cards }, handlers, _words, place) => {
    if (shown === null || stop === null) return html``;
    const levers = leversOf(shown, state, stop, fault);
    const card = cards.find(({ id }) => id === `tour-${stop}`);
    return html`
      <cw-tour
        .data=${guard([shown, state, stop], () => tour(shown, state, stop, words, handlers.linkOfStop))}
        @travel=${(/** @type {CustomEvent<StopId | null>} */ { detail }) => handlers.travel(detail)}
        @quantity-change=${handlers.changeQuantity}
        @find-assumption=${handlers.findAssumption}
      >
        ${repeat(
          levers,
          ({ path }) => path,
          ({ path, parts, data }) => html`<cw-lever slot="levers" data-path=${path} .data=${guard(parts, data)}></cw-lever>`,
        )}
        ${repeat(
          card ? [card] : [],
          ({ id }) => id,
          (each) => html`<div slot="figure">${place(each, stops[stop].card)}</div>`,
        )}
      </cw-tour>
    `;
  },
};

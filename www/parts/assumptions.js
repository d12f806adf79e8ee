// The table of all assumptions.
import { html } from "lit";
import { guard } from "lit/directives/guard.js";
import "../elements/assumptions/assumptions.js";
import { assumptionGroups } from "../figures/assumptions.js";
import { strings as words } from "../strings/assumptions.js";

/** @import { PartModule } from "./index.js" */

/** @type {PartModule} */
export const part = {
  show: ({ info, state, fault, sought }, handlers, { format, strings }) => html`
    <cw-assumptions
      id="assumptions"
      .data=${guard([info, state, fault], () => ({
        groups: () => assumptionGroups({ info, state, format, strings, words, fault }),
      }))}
      .sought=${sought}
      @quantity-change=${handlers.changeQuantity}
      @spread-change=${handlers.changeSpread}
    ></cw-assumptions>
  `,
};

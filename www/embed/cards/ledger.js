// The ledger by calendar year, of a run alone.
import { html } from "lit";
import "../../elements/ledger/ledger.js";
import { ledger } from "../../figures/ledger.js";

/** @import { CardModule } from "../../cards/desk.js" */

/** @type {CardModule} */
export const card = {
  questions: () => [],
  show: ({ context }) => html`<cw-ledger .data=${ledger(context)}></cw-ledger>`,
};

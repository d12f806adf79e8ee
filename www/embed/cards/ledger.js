// The ledger by calendar year, of a run alone.
import { html } from "lit";
import "../../elements/ledger/ledger.js";
import { ledger } from "../../figures/ledger.js";
import { strings } from "../../strings/run.js";

/** @import { CardModule } from "../../cards/desk.js" */

/** @type {CardModule} */
export const card = {
  questions: () => [],
  show: ({ context }) => html`<cw-ledger .data=${ledger(context, strings.ledger)}></cw-ledger>`,
};

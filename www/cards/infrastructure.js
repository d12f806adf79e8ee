// The card of what has to be built. It asks nothing: the run says all of it.
import { html } from "lit";
import "../elements/infrastructure/infrastructure.js";
import { infrastructure } from "../figures/infrastructure.js";
import { strings } from "../strings/figures.js";

/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  questions: () => [],
  show: ({ context }) => html`<cw-infrastructure .data=${infrastructure(context, strings)}></cw-infrastructure>`,
};

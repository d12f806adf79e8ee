// The lab's money, of a run alone.
import { html } from "lit";
import "../../elements/stack/stack.js";
import { lab } from "../../figures/lab.js";
import { strings } from "../../strings/run.js";

/** @import { CardModule } from "../../cards/desk.js" */

/** @type {CardModule} */
export const card = {
  questions: () => [],
  show: ({ context }) => html`<cw-stack .data=${lab(context, strings.lab)}></cw-stack>`,
};

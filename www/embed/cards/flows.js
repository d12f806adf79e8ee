// The backer's flows by clause, of a run alone.
import { html } from "lit";
import "../../elements/stack/stack.js";
import { flows } from "../../figures/flows.js";
import { strings } from "../../strings/flows.js";

/** @import { CardModule } from "../../cards/desk.js" */

/** @type {CardModule} */
export const card = {
  questions: () => [],
  show: ({ context }) => html`<cw-stack .data=${flows(context, strings)}></cw-stack>`,
};

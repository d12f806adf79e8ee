// What is drawn for a number that the reader wants explained: how uncertain it is. It is apart from what moves the number most, so that
// neither waits for the other.
import { html } from "lit";
import { ROUGH_TO_FINE } from "../figures/draws.js";
import { unitOfPrice } from "../figures/price.js";

/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  questions: ({ request }, { metric }) =>
    // A price is made of many runs, and is not drawn.
    typeof metric === "string" && unitOfPrice(metric) === null ? [{ name: "draws", method: "simulate", args: [request], steps: ROUGH_TO_FINE }] : [],
  show: () => html``,
};

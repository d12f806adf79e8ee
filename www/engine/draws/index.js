// What draws, as the page loads it: the schedule with its pool, for the desk that knows what is needed.
import { openPool } from "./open.js";
import { createDraws } from "./schedule.js";

/** @import { Desk } from "../../cards/desk.js" */

/** @typedef {ReturnType<typeof createDraws>} Draws */

/** @param {Pick<Desk, "nextDraw" | "drawn" | "failed" | "progressed">} desk */
export const openDraws = (desk) =>
  createDraws({
    next: () => desk.nextDraw(),
    open: openPool,
    drawn: (draw, answer) => desk.drawn(draw, answer),
    failed: (draw, error) => desk.failed(draw, error),
    progressed: (draw, done, of) => desk.progressed(draw, done, of),
  });

// What draws, as the page loads it: the schedule with its pool, for the desk that knows what is needed.
import { openPool } from "./open.js";
import { createDraws } from "./schedule.js";

/** @import { Tree } from "../types.d.ts" */
/** @import { Desk } from "../../cards/desk.js" */

/** @typedef {ReturnType<typeof createDraws>} Draws */

/**
 * @param {Pick<Desk, "nextDraw" | "drawn" | "failed" | "progressed">} desk
 * @param {() => readonly { id: string, tree: Tree }[]} own the deals of the reader's own
 */
export const openDraws = (desk, own) =>
  createDraws({
    next: () => desk.nextDraw(),
    open: async () => {
      const pool = await openPool();
      for (const { id, tree } of own()) pool.adopt(id, tree);
      return pool;
    },
    drawn: (draw, answer) => desk.drawn(draw, answer),
    failed: (draw, error) => desk.failed(draw, error),
    progressed: (draw, done, of) => desk.progressed(draw, done, of),
  });

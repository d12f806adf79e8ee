// What draws, as the page loads it: the schedule with its pool, for the desk that knows what is needed.
import { openPool } from "./open.js";
import { createDraws } from "./schedule.js";

/** @import { Tree } from "clauseworth-simulation" */
/** @import { Desk } from "../../cards/desk.js" */

/** @typedef {ReturnType<typeof createDraws>} Draws */

/**
 * @param {Pick<Desk, "nextDraw" | "drawn" | "failed" | "progressed">} desk
 * @param {() => readonly { id: string, tree: Tree }[]} own the deals that are not of the library
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

// What is drawn, and when. One step of one task at a time, with no queue: whenever the pool is free, the page says which is the next
// step that it needs. The first step of a state follows a slider at once and is finished in any case, or the figures would stand still
// until the slider rests; what refines it, and what takes long, waits for that rest and is dropped by the next movement.
import { REST, browserClock } from "../questions.js";
import { Dropped } from "./pool.js";

/** @import { Tree } from "clauseworth-simulation" */
/** @import { Clock } from "../questions.js" */
/** @import { Pool } from "./pool.js" */
/** @import { Task } from "./types.d.ts" */

/** Where the page itself has to draw, what took longer waits for that rest: half a frame. */
const SLOW = 8;

/**
 * @template {{ task: Task, patient: boolean, long: boolean }} Draw `patient` where it can wait, and be dropped
 * @param {object} options
 * @param {() => Draw | null} options.next what is to be drawn now, if there is something
 * @param {() => Promise<Pick<Pool, "run" | "blocking" | "adopt" | "close">>} options.open
 * @param {(draw: Draw, answer: unknown) => void} options.drawn
 * @param {(draw: Draw, error: unknown) => void} options.failed
 * @param {(draw: Draw, done: number, of: number) => void} options.progressed in batches; 0 of 0 until they are counted
 * @param {Clock} [options.clock]
 */
export function createDraws({ next, open, drawn, failed, progressed, clock = browserClock }) {
  /** @type {Promise<Pick<Pool, "run" | "blocking" | "adopt" | "close">> | null} */
  let pool = null;
  let closed = false;
  /** @type {{ draw: Draw, dropping: AbortController } | null} */
  let current = null;
  let working = false;
  let alarm = false;
  let moved = -Infinity;
  /** Whether a first step keeps the page from following the slider. */
  let blocks = false;

  function poolOf() {
    pool ??= open().catch((error) => {
      pool = null;
      throw error;
    });
    return pool;
  }

  /** @param {number} milliseconds */
  function wakeAfter(milliseconds) {
    if (alarm) return;
    alarm = true;
    clock.later(() => {
      alarm = false;
      wake();
    }, milliseconds);
  }

  async function work() {
    working = true;
    try {
      for (let draw = next(); draw !== null && !closed; draw = next()) {
        const wait = draw.patient || blocks ? moved + REST - clock.now() : 0;
        if (wait > 0) return wakeAfter(wait);
        const dropping = new AbortController();
        current = { draw, dropping };
        try {
          const { signal } = dropping;
          const asked = draw;
          const progress = (/** @type {number} */ done, /** @type {number} */ of) => {
            if (of > 1 && !signal.aborted) progressed(asked, done, of);
          };
          if (draw.long) progressed(draw, 0, 0);
          const threads = await poolOf();
          const start = clock.now();
          const answer = await threads.run(draw.task, { signal, progress });
          if (!draw.patient) blocks = threads.blocking && clock.now() - start > SLOW;
          current = null;
          drawn(draw, answer);
        } catch (error) {
          current = null;
          if (!(error instanceof Dropped)) failed(draw, error);
        }
      }
    } finally {
      working = false;
    }
  }

  /** There may be something to draw, or something else than what is being drawn. */
  function wake() {
    if (!working) return void work();
    if (current === null || !current.draw.patient) return;
    const wanted = next();
    if (wanted === null || JSON.stringify(wanted.task) !== JSON.stringify(current.draw.task)) current.dropping.abort();
  }

  return {
    wake,
    /** The reader moves something. */
    moved: () => {
      moved = clock.now();
    },
    /**
     * A deal is added to the library, replaced in it, or taken away. What is being drawn may be of the one before.
     * @param {string} id
     * @param {Tree | null} tree
     */
    adopt: (id, tree) => {
      current?.dropping.abort();
      void pool?.then((threads) => threads.adopt(id, tree), () => {});
    },
    /** Nothing is drawn any more, and the threads end. */
    close: () => {
      closed = true;
      current?.dropping.abort();
      void pool?.then((threads) => threads.close(), () => {});
    },
  };
}

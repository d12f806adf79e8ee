// The questions that follow a run, one in flight at a time. There is no queue: whenever one may be asked, the page says which is
// the next it needs for the state it is in, so that a question whose time has passed is never asked.
//
// Runs come first, and none may be waiting when a question is sent: the worker does one thing after the other. While a slider moves,
// questions take at most half of the worker's time, and one that is known to be slow waits until the slider rests.

/** How many milliseconds nothing may move until the page is at rest. */
export const REST = 120;
/** What took longer waits for the rest. */
const SLOW = 80;

/** @typedef {{ now: () => number, later: (wake: () => void, milliseconds: number) => void }} Clock */

/** @type {Clock} */
export const browserClock = {
  now: () => performance.now(),
  later: (wake, milliseconds) => void setTimeout(wake, milliseconds),
};

/**
 * @template {{ method: string }} Question
 * @param {object} options
 * @param {() => Question | null} options.next the question to be asked now, if there is one
 * @param {(question: Question) => Promise<unknown>} options.ask
 * @param {(question: Question, answer: unknown) => void} options.answered
 * @param {(question: Question, error: unknown) => void} options.failed
 * @param {() => boolean} options.busy whether a run is in flight or waiting; when it no longer is, `wake` is to be called
 * @param {Clock} [options.clock]
 */
export function createQuestions({ next, ask, answered, failed, busy, clock = browserClock }) {
  let asking = false;
  let alarm = false;
  let moved = -Infinity;
  /** When the last question was answered, and how long it took. */
  let last = { end: -Infinity, took: 0 };
  /** How long the last question of each kind took. @type {Map<string, number>} */
  const took = new Map();

  /**
   * How long a question has to wait.
   * @param {Question} question
   */
  function pause({ method }) {
    const now = clock.now();
    const untilRest = moved + REST - now;
    const slow = (took.get(method) ?? Infinity) > SLOW;
    return slow ? untilRest : Math.min(untilRest, last.end + last.took - now);
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
    asking = true;
    try {
      while (!busy()) {
        const question = next();
        if (question === null) return;
        const wait = pause(question);
        if (wait > 0) return wakeAfter(wait);
        const start = clock.now();
        let answer;
        try {
          answer = await ask(question);
        } catch (error) {
          failed(question, error);
          continue;
        }
        last = { end: clock.now(), took: clock.now() - start };
        took.set(question.method, last.took);
        answered(question, answer);
      }
    } finally {
      asking = false;
    }
  }

  /** There may be something to ask. */
  function wake() {
    if (!asking) void work();
  }

  return {
    wake,
    /** The reader moves something. */
    moved: () => {
      moved = clock.now();
    },
  };
}

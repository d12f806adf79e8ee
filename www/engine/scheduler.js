// Latest wins: of all requests that arrive while a run is in flight, only the last is run, and it starts when that run is back.
//
// The mark of the waiting request is cleared BEFORE its run starts. Cleared after, a request that arrives during the run would be
// taken for one that is already served, or one change would be run, and painted, twice.

/**
 * @template Job, Result
 * @param {object} options
 * @param {(job: Job) => Promise<Result>} options.run
 * @param {(result: Result, job: Job) => void} options.deliver called in the order of the requests, once for each run
 * @param {(error: unknown, job: Job) => void} options.fail
 * @param {() => void} [options.rest] called when nothing runs and nothing waits any more
 */
export function createScheduler({ run, deliver, fail, rest }) {
  /** @type {{ job: Job } | null} */
  let waiting = null;
  let running = false;

  async function work() {
    running = true;
    try {
      while (waiting) {
        const { job } = waiting;
        waiting = null;
        let result;
        try {
          result = await run(job);
        } catch (error) {
          fail(error, job);
          continue;
        }
        deliver(result, job);
      }
    } finally {
      running = false;
    }
    rest?.();
  }

  return {
    /** @param {Job} job */
    request(job) {
      waiting = { job };
      if (!running) void work();
    },
    /** Whether nothing runs and nothing waits. */
    get idle() {
      return !running && waiting === null;
    },
  };
}

// The threads that draw, and how a task is divided among them. Each takes the next batch when it is done with one, and one thread
// collects: the one that has the batches of the task's former steps. What comes out is the same however many there are, since every
// batch is collected once. Between two batches a task can be dropped; what is not divided is dropped with the thread that does it, and
// another is opened. Where a thread is lost, the others do what it left.
import { nameOf } from "./drawer.js";
import { LostThread } from "./thread.js";

/** @import { Tree } from "clauseworth-simulation" */
/** @import { Batch, Task, Thread } from "./types.d.ts" */

/** The task was dropped, as another matters more now. */
export class Dropped extends Error {}

/**
 * @typedef {object} Options
 * @property {AbortSignal} signal drops the task
 * @property {(done: number, of: number) => void} [progress] in batches
 */

/** Where so many tasks were collected is remembered. */
const REMEMBERED = 8;

export class Pool {
  /** Each with how many of its calls have not come back. @type {Map<Thread, number>} */
  #threads = new Map();
  /** Which thread has the batches of a task. @type {Map<string, Thread>} */
  #homes = new Map();
  /** The reader's own deals by their ids, which a thread that joins later is told of. @type {Map<string, Tree | null>} */
  #adopted = new Map();
  #spare;
  #closed = false;

  /**
   * @param {readonly Thread[]} threads
   * @param {() => Promise<Thread>} spare opens a thread in the place of one that is gone
   */
  constructor(threads, spare) {
    for (const thread of threads) this.add(thread);
    this.#spare = spare;
  }

  /** @param {Thread} thread */
  add(thread) {
    if (this.#closed) return thread.close();
    this.#threads.set(thread, 0);
    for (const [id, tree] of this.#adopted) this.#tell(thread, id, tree);
  }

  /**
   * Tells all threads of a deal that is added to the library, replaced in it, or taken away: whatever they are asked later is of that.
   * @param {string} id
   * @param {Tree | null} tree
   */
  adopt(id, tree) {
    this.#adopted.set(id, tree);
    this.#homes.clear();
    for (const thread of this.#threads.keys()) this.#tell(thread, id, tree);
  }

  /**
   * @param {Thread} thread
   * @param {string} id
   * @param {Tree | null} tree
   */
  #tell(thread, id, tree) {
    // A thread that is lost meanwhile is found out by whoever asks it next.
    this.#call(thread, "adopt", id, tree).catch(() => {});
  }

  /** Stops all threads, those that join later too. What is being drawn is to be dropped first. */
  close() {
    this.#closed = true;
    for (const thread of this.#threads.keys()) thread.close();
    this.#threads.clear();
  }

  get size() {
    return this.#threads.size;
  }

  /** Whether the page waits while it draws. */
  get blocking() {
    return [...this.#threads.keys()].some(({ blocking }) => blocking);
  }

  /**
   * What all batches of a task say together.
   * @param {Task} task
   * @param {Options} options
   * @returns {Promise<unknown>} rejects with `Dropped` as soon as it is dropped
   */
  run(task, { signal, progress }) {
    return new Promise((resolve, reject) => {
      const drop = () => reject(new Dropped());
      if (signal.aborted) drop();
      signal.addEventListener("abort", drop);
      this.#work(task, signal, progress ?? (() => {})).then(resolve, reject);
    });
  }

  /**
   * What one thread does alone.
   * @param {Task} task
   * @param {Thread} home
   * @param {AbortSignal} signal
   */
  async #ask(task, home, signal) {
    const stop = () => {
      if (home.blocking) return;
      this.#threads.delete(home);
      home.close();
      this.#spare().then((thread) => this.add(thread), () => {});
    };
    signal.addEventListener("abort", stop);
    try {
      return await this.#call(home, "answer", task);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /**
   * @param {Task} task
   * @param {AbortSignal} signal
   * @param {NonNullable<Options["progress"]>} progress
   * @returns {Promise<unknown>}
   */
  async #work(task, signal, progress) {
    while (!signal.aborted) {
      if (this.#threads.size === 0) this.add(await this.#spare());
      if (signal.aborted) break;
      const home = this.#home(task);
      try {
        if (task.method === "chance") return await this.#ask(task, home, signal);
        return await this.#divide(task, home, signal, progress);
      } catch (error) {
        if (!(error instanceof LostThread)) throw error;
      }
    }
    throw new Dropped();
  }

  /**
   * @param {Task} task
   * @param {Thread} home the thread that collects
   * @param {AbortSignal} signal
   * @param {NonNullable<Options["progress"]>} progress
   */
  async #divide(task, home, signal, progress) {
    const { batches, known } = /** @type {{ batches: number, known: number[] }} */ (await this.#call(home, "begin", task));
    const missing = Array.from({ length: batches }, (_, number) => number).filter((number) => !known.includes(number));
    /** @type {Batch[]} */
    const others = [];
    /** @type {{ number: number, error: unknown }[]} */
    const failed = [];

    const draw = async (/** @type {Thread} */ thread) => {
      while (failed.length === 0 && !signal.aborted) {
        const number = missing.shift();
        if (number === undefined) return;
        try {
          const batch = await this.#call(thread, "draw", task, number, thread === home);
          if (batch !== null) others.push(/** @type {Batch} */ (batch));
        } catch (error) {
          if (error instanceof LostThread) {
            missing.unshift(number);
            return;
          }
          failed.push({ number, error });
        }
        progress(batches - missing.length, batches);
      }
    };
    while (missing.length > 0 && failed.length === 0 && !signal.aborted) {
      if (!this.#threads.has(home)) throw new LostThread("What it had collected is lost.");
      const rest = [...this.#threads.keys()].filter((thread) => thread !== home);
      await Promise.all([home, ...rest].map(draw));
    }
    // Batches are handed out in order: no batch before the first that failed is missing, so that the error, too, is always the same.
    const [first] = failed.sort((a, b) => a.number - b.number);
    if (first !== undefined) throw first.error;
    if (signal.aborted) throw new Dropped();
    return this.#call(home, "collect", task, others);
  }

  /**
   * The thread that collects a task: the one that has batches of it, or else the one that is least busy.
   * @param {Task} task
   */
  #home(task) {
    const name = nameOf(task);
    const before = this.#homes.get(name);
    const [idlest] = [...this.#threads].sort(([, a], [, b]) => a - b);
    const home = before !== undefined && this.#threads.has(before) ? before : idlest?.[0];
    if (home === undefined) throw new LostThread("There is no thread to draw.");
    this.#homes.delete(name);
    this.#homes.set(name, home);
    const [oldest] = this.#homes.keys();
    if (this.#homes.size > REMEMBERED && oldest !== undefined) this.#homes.delete(oldest);
    return home;
  }

  /**
   * @param {Thread} thread
   * @param {Parameters<Thread["call"]>} call
   */
  async #call(thread, ...call) {
    this.#count(thread, 1);
    try {
      return await thread.call(...call);
    } catch (error) {
      if (error instanceof LostThread) this.#threads.delete(thread);
      throw error;
    } finally {
      this.#count(thread, -1);
    }
  }

  /**
   * @param {Thread} thread
   * @param {number} change
   */
  #count(thread, change) {
    const count = this.#threads.get(thread);
    if (count !== undefined) this.#threads.set(thread, count + change);
  }
}

// What a thread that draws does. A task is something of the engine that is divided into batches: any thread computes any of them,
// and one that has taken them all says what they come to, with the same bits whoever computed what. So a thread needs to know nothing
// of the others. Its deals are its own, since a deal lives in the memory of the module that opened it.
import { Shelf, askOf } from "../library.js";

/** @import { Tree } from "clauseworth-wasm" */
/** @import { Batch, Divided, DrawingModule, DrawingSampling, Task } from "./types.d.ts" */

/** Every figure comes of the same draws, so that none moves but by what the reader does. The command line's default, too. A program may
 * ask for others. */
const SEED = 1;
/** The batches of so many tasks are kept: a later step of a task takes those of the steps before. */
const KEPT = 3;
/** So few paths make the browser compile what draws them. */
const WARMING = 32;

export class Drawer {
  #library;
  #shelf;
  #module;
  /** @type {{ key: string, divided: Divided<unknown> } | null} */
  #ready = null;
  /** Batches by the name of their task, then by their number. @type {Map<string, Map<number, Batch>>} */
  #kept = new Map();

  /**
   * @param {DrawingModule} module
   * @param {Record<string, Tree>} library deals by their ids
   */
  constructor(module, library) {
    this.#module = module;
    this.#library = library;
    this.#shelf = new Shelf(library, (deal, all) => module.Deal.open(deal, all));
  }

  /** Draws a little and forgets it. */
  warm() {
    const [deal] = Object.keys(this.#library);
    if (deal === undefined) return;
    const divided = this.#shelf.deal({ deal }).simulation({}, { paths: WARMING, seed: SEED, series: [] });
    divided.add(divided.batch(0));
    divided.result();
    divided.free();
  }

  /**
   * Adds a deal to the library, puts it in the place of the one that has its id there, or takes it away.
   * @param {string} id
   * @param {Tree | null} tree
   */
  adopt(id, tree) {
    if (tree === null) delete this.#library[id];
    else this.#library[id] = { ...tree, id };
    this.#kept.clear();
    this.#free();
  }

  /**
   * How many batches a task has, and which of them are here already.
   * @param {Task} task
   */
  begin(task) {
    const batches = this.#divided(task).batches();
    const known = [...(this.#kept.get(nameOf(task))?.keys() ?? [])].filter((number) => number < batches);
    return { batches, known };
  }

  /**
   * Computes a batch.
   * @param {Task} task
   * @param {number} number
   * @param {boolean} keep whether the batch is collected here
   * @returns {Batch | null} null where it is kept
   */
  draw(task, number, keep) {
    const batch = this.#divided(task).batch(number);
    if (!keep) return batch;
    this.#keep(task, [batch]);
    return null;
  }

  /**
   * What all batches of a task say together.
   * @param {Task} task
   * @param {readonly Batch[]} others the batches that were computed elsewhere
   */
  collect(task, others) {
    const divided = this.#divided(task);
    try {
      const count = divided.batches();
      for (const batch of this.#keep(task, others).values()) if (batch.number < count) divided.add(batch);
      return divided.result();
    } finally {
      this.#free();
    }
  }

  /**
   * Answers what cannot be divided.
   * @param {Task} task
   */
  answer(task) {
    const { method, args } = task;
    if (method !== "chance") throw new Error(`“${method}” is divided.`);
    const [request, question] = args;
    return this.#shelf.deal(request).chance(askOf(request), question, samplingOf(task));
  }

  /**
   * The object of the engine that draws a task. One is kept: the batches of a task follow one another.
   * @param {Task} task
   */
  #divided(task) {
    const key = `${nameOf(task)} ${task.paths}`;
    if (this.#ready?.key === key) return this.#ready.divided;
    this.#free();
    const divided = this.#open(task);
    this.#ready = { key, divided };
    return divided;
  }

  /**
   * @param {Task} task
   * @returns {Divided<unknown>}
   */
  #open(task) {
    const sampling = samplingOf(task);
    if (task.method === "simulate") {
      const [request, { series }] = task.args;
      return this.#shelf.deal(request).simulation(askOf(request), { ...sampling, series: [...series] });
    }
    if (task.method === "importance") {
      const [request, question] = task.args;
      return this.#shelf.deal(request).importance(askOf(request), { ...question, paths: sampling.paths, seed: sampling.seed });
    }
    if (task.method === "spread") {
      const [requests, world] = task.args;
      const comparison = new this.#module.Comparison();
      try {
        for (const request of requests) comparison.add(this.#shelf.deal(request), askOf(request));
        return comparison.simulation(world, sampling);
      } finally {
        comparison.free();
      }
    }
    throw new Error(`“${task.method}” cannot be divided.`);
  }

  /**
   * @param {Task} task
   * @param {readonly Batch[]} batches
   */
  #keep(task, batches) {
    const name = nameOf(task);
    const kept = this.#kept.get(name) ?? new Map();
    for (const batch of batches) kept.set(batch.number, batch);
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }

  #free() {
    this.#ready?.divided.free();
    this.#ready = null;
  }
}

/**
 * Two tasks of one name have the same batches, however many of them.
 * @param {Task} task
 */
export const nameOf = ({ method, args, seed, sampler }) => JSON.stringify([method, args, seed, sampler]);

/**
 * @param {Task} task
 * @returns {DrawingSampling}
 */
const samplingOf = ({ paths, seed = SEED, sampler }) => ({ paths, seed, ...(sampler !== undefined && { sampler }) });

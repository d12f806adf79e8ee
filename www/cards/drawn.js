// What has been drawn. A drawing is refined in steps, each of more paths than the one before and each a figure by itself, so that the
// first is there at once. Several cards may need the same drawing with different series of it; it is drawn once, with all of them.

/** @import { DrawMethod, Task } from "../engine/draws/types.d.ts" */

/**
 * Something to be drawn, and the name under which its answer is used.
 * @typedef {object} DrawNeed
 * @property {string} name
 * @property {DrawMethod} method
 * @property {readonly unknown[]} args
 * @property {readonly number[]} steps how many paths, ascending
 * @property {readonly string[]} [series] whose bands are needed
 * @property {boolean} [long] whether it takes long even at its first step, so that the reader can call it off
 * @property {boolean} [optional] whether the card is shown without it until it is there
 * @property {boolean} [refusable] whether the card itself says why it cannot be drawn: its answer is then `{ refused }`
 */
/** @typedef {DrawNeed & { key: string }} KeyedNeed two needs of one key are met by one drawing, if it has the series of both */
/** @typedef {{ paths: number, series: readonly string[], answer: unknown }} Drawing */
/** @typedef {{ key: string, task: Task, series: readonly string[], patient: boolean, long: boolean, refusable: boolean }} Step */

/** So many drawings are kept, with the series that were needed together. */
const KEPT = 24;

export class Drawn {
  /** @type {Map<string, Drawing[]>} */
  #drawings = new Map();

  /**
   * The most refined drawing that has what is needed.
   * @param {KeyedNeed} need
   * @returns {Drawing | null}
   */
  find({ key, series = [] }) {
    const found = (this.#drawings.get(key) ?? []).filter((drawing) => covers(drawing, series));
    return found.sort((a, b) => b.paths - a.paths)[0] ?? null;
  }

  /**
   * How many of its steps a need has been through.
   * @param {KeyedNeed} need
   */
  level(need) {
    const paths = this.find(need)?.paths ?? 0;
    return need.steps.filter((step) => step <= paths).length;
  }

  /**
   * The step that is to be drawn now: whatever has nothing yet comes first, what takes long comes last.
   * @param {readonly KeyedNeed[]} needs in the order in which they are read
   * @returns {{ index: number, step: Step } | null} the need that it is for, and the step
   */
  next(needs) {
    const open = needs
      .map((need, index) => ({ need, index, level: this.level(need) }))
      .filter(({ need, level }) => level < need.steps.length)
      .sort((a, b) => rank(a.need) - rank(b.need) || a.level - b.level || a.index - b.index);
    const [first] = open;
    if (first === undefined) return null;
    const { need, index, level } = first;
    const { key, method, args, steps, long = false, refusable = false } = need;
    const series = [...new Set(needs.filter((other) => other.key === key).flatMap((other) => other.series ?? []))].sort();
    const drawn = method === "simulate" ? [...args, { series }] : args;
    const task = /** @type {Task} */ ({ method, args: drawn, paths: steps[level] ?? 0 });
    return { index, step: { key, task, series, patient: long || level > 0, long, refusable } };
  }

  /**
   * @param {Step} step
   * @param {unknown} answer
   */
  add({ key, task, series }, answer) {
    const others = (this.#drawings.get(key) ?? []).filter(
      (drawing) => drawing.paths > task.paths || !drawing.series.every((name) => series.includes(name)),
    );
    this.#drawings.delete(key);
    this.#drawings.set(key, [...others, { paths: task.paths, series, answer }]);
    const [oldest] = this.#drawings.keys();
    if (this.#drawings.size > KEPT && oldest !== undefined) this.#drawings.delete(oldest);
  }

  /**
   * A drawing that is shown is kept longer than one that is not.
   * @param {string} key
   */
  touch(key) {
    const drawings = this.#drawings.get(key);
    if (drawings === undefined) return;
    this.#drawings.delete(key);
    this.#drawings.set(key, drawings);
  }
}

/**
 * What takes long comes last, and of that what a card can do without.
 * @param {DrawNeed} need
 */
const rank = ({ long = false, optional = false }) => (long ? (optional ? 2 : 1) : 0);

/**
 * @param {Drawing} drawing
 * @param {readonly string[]} series
 */
const covers = (drawing, series) => series.every((name) => drawing.series.includes(name));

// Undo and redo over values that are never changed in place.
//
// A drag passes through hundreds of values and is one step to the person who makes it: values that are not settled replace each
// other, and only the settled one joins the history, with the value before the drag as what undo returns to.

/** @template T */
export class History {
  /** @type {T[]} */
  #past = [];
  /** @type {T[]} */
  #future = [];
  /** @type {T} */
  #present;
  /** The value before the movement that is under way. @type {{ value: T } | null} */
  #before = null;
  #same;

  /**
   * @param {T} present
   * @param {(a: T, b: T) => boolean} same two values that are the same are no step apart
   */
  constructor(present, same) {
    this.#present = present;
    this.#same = same;
  }

  get present() {
    return this.#present;
  }

  get canUndo() {
    return this.#past.length > 0 || this.#before !== null;
  }

  get canRedo() {
    return this.#future.length > 0 && this.#before === null;
  }

  /**
   * @param {T} value
   * @param {{ settled?: boolean }} [options]
   */
  change(value, { settled = true } = {}) {
    const before = this.#before ?? { value: this.#present };
    this.#present = value;
    if (!settled) {
      this.#before = before;
      return;
    }
    this.#before = null;
    if (this.#same(before.value, value)) return;
    this.#past.push(before.value);
    this.#future = [];
  }

  /**
   * Leaves out of the past and the future what is gone.
   * @param {(value: T) => boolean} gone
   */
  forget(gone) {
    this.#past = this.#past.filter((value) => !gone(value));
    this.#future = this.#future.filter((value) => !gone(value));
  }

  undo() {
    this.change(this.#present);
    const value = this.#past.pop();
    if (value === undefined) return;
    this.#future.push(this.#present);
    this.#present = value;
  }

  redo() {
    this.change(this.#present);
    const value = this.#future.pop();
    if (value === undefined) return;
    this.#past.push(this.#present);
    this.#present = value;
  }
}

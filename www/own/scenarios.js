// The reader's own scenarios, deal by deal: those that the device keeps, and those that a link brought, which are not kept on a device
// unless its reader says so. Nothing is overwritten without being asked: a scenario of a link whose name is taken gets another one.
import { keepScenarios, readScenarios } from "./kept.js";

/** @import { Saved } from "../state/saved.js" */

/** @typedef {Saved & { kept: boolean }} Listed `kept`: whether the device keeps it */

export class Scenarios {
  /** What no device keeps: what a link brought, and everything where storage does not work. @type {Map<string, Saved[]>} */
  #loose = new Map();
  #kept = readScenarios();

  /** Another window has saved, renamed or taken away one. */
  refresh() {
    this.#kept = readScenarios();
  }

  /**
   * @param {string} deal
   * @returns {Listed[]} those that are kept come first, in the order in which they were saved
   */
  of(deal) {
    const kept = (this.#kept[deal] ?? []).map((each) => ({ ...each, kept: true }));
    const loose = (this.#loose.get(deal) ?? []).filter(({ name }) => !kept.some((each) => each.name === name));
    return [...kept, ...loose.map((each) => ({ ...each, kept: false }))];
  }

  /**
   * @param {string} deal
   * @param {string} name
   */
  find(deal, name) {
    return this.of(deal).find((each) => each.name === name) ?? null;
  }

  /**
   * Saves a scenario, in the place of the one that has its name.
   * @param {string} deal
   * @param {Saved} saved
   * @returns {boolean} whether the device keeps it
   */
  save(deal, { name, fragment }) {
    return this.#put(deal, name, { name, fragment });
  }

  /**
   * @param {string} deal
   * @param {string} name
   * @param {string} wanted which no other has
   */
  rename(deal, name, wanted) {
    const found = this.find(deal, name);
    return found !== null && this.#put(deal, name, { name: wanted, fragment: found.fragment });
  }

  /**
   * @param {string} deal
   * @param {string} name
   */
  remove(deal, name) {
    this.#loose.set(deal, (this.#loose.get(deal) ?? []).filter((each) => each.name !== name));
    // Read again, since another window may have saved one in the meantime.
    this.refresh();
    const left = (this.#kept[deal] ?? []).filter((each) => each.name !== name);
    if (left.length !== (this.#kept[deal] ?? []).length) keepScenarios({ ...this.#kept, [deal]: left });
    this.refresh();
  }

  /**
   * What a link brings. What is here already under the same name is not taken twice.
   * @param {string} deal
   * @param {readonly Saved[]} brought
   * @param {(name: string, n: number) => string} another the name of the `n`th scenario of one name
   * @returns {Record<string, string>} the names that had to be changed
   */
  receive(deal, brought, another) {
    /** @type {Record<string, string>} */
    const renamed = {};
    for (const { name, fragment } of brought) {
      let free = name;
      for (let n = 2; (this.find(deal, free)?.fragment ?? fragment) !== fragment; n += 1) free = another(name, n);
      if (free !== name) renamed[name] = free;
      if (this.find(deal, free) === null) this.#loose.set(deal, [...(this.#loose.get(deal) ?? []), { name: free, fragment }]);
    }
    return renamed;
  }

  /**
   * What a link has to carry: what is compared, and what is kept nowhere else.
   * @param {string} deal
   * @param {readonly string[]} compared names
   * @returns {Saved[]}
   */
  carried(deal, compared) {
    return this.of(deal)
      .filter(({ name, kept }) => !kept || compared.includes(name))
      .map(({ name, fragment }) => ({ name, fragment }));
  }

  /**
   * @param {string} deal
   * @param {string} place the name whose place it takes, if one has it
   * @param {Saved} saved
   */
  #put(deal, place, saved) {
    this.refresh();
    const kept = keepScenarios({ ...this.#kept, [deal]: replaced(this.#kept[deal] ?? [], place, saved) });
    this.refresh();
    const loose = this.#loose.get(deal) ?? [];
    this.#loose.set(deal, kept ? loose.filter(({ name }) => name !== place && name !== saved.name) : replaced(loose, place, saved));
    return kept;
  }
}

/**
 * @param {readonly Saved[]} all
 * @param {string} place
 * @param {Saved} saved
 */
const replaced = (all, place, saved) =>
  all.some(({ name }) => name === place) ? all.map((each) => (each.name === place ? saved : each)) : [...all, saved];

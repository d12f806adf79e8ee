// Drawing on the page's own thread, where no worker is possible. It works in slices, between which the page lives on.
import { EngineError, toPlain } from "../errors.js";
import { Drawer } from "./drawer.js";
import { openModule } from "./module.js";

/** @import { DrawerMethod, DrawerParts, Thread } from "./types.d.ts" */

/** After so many milliseconds of work the page has its turn: half a frame. A single batch is never divided. */
const SLICE = 8;

/** Resolves when the page has done what waited. */
const turn = () =>
  new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** @implements {Thread} */
export class ThisThread {
  /** While it draws, the page waits. */
  blocking = true;
  #drawer;
  #worked = 0;

  /** @param {Drawer} drawer */
  constructor(drawer) {
    this.#drawer = drawer;
  }

  /** @param {DrawerParts} parts */
  static async open(parts) {
    return new ThisThread(new Drawer(await openModule(parts), parts.library));
  }

  /** The page’s own thread cannot be stopped: by the time that anything could ask for it, it has done. */
  close() {}

  /**
   * @param {DrawerMethod} method
   * @param {readonly unknown[]} all its arguments
   */
  async call(method, ...all) {
    if (this.#worked >= SLICE) {
      this.#worked = 0;
      await turn();
    }
    const start = performance.now();
    try {
      return /** @type {(...all: unknown[]) => unknown} */ (this.#drawer[method]).apply(this.#drawer, [...all]);
    } catch (error) {
      throw new EngineError(toPlain(error));
    } finally {
      this.#worked += performance.now() - start;
    }
  }
}

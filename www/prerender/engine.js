// The engine in Node, for the build: the same modules that a browser loads, read from the disk and asked in the same words.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { initSync } from "clauseworth-wasm";
import { initSync as initAnalysis } from "clauseworth-analysis";
import * as simulation from "clauseworth-simulation";
import { isDrawn, keyOf } from "../cards/desk.js";
import { Drawn } from "../cards/drawn.js";
import { Drawer } from "../engine/draws/drawer.js";
import { Analyst } from "../engine/analysis.js";
import { Host } from "../engine/host.js";

/** @import { CardModule, Picks } from "../cards/desk.js" */
/** @import { DrawingModule, Task } from "../engine/draws/types.d.ts" */
/** @import { CardContext } from "../figures/context.js" */

/** @param {string} packages the folder in which the engine lies */
export async function openHere(packages) {
  const read = (/** @type {string} */ name) => readFile(join(packages, name));
  const [text, run, analysis, draws] = await Promise.all([
    // An embed begins with the library that has no words.
    readFile(join(packages, "library-bare.json"), "utf8"),
    ...["clauseworth_wasm", "clauseworth_analysis", "clauseworth_simulation"].map((name) => read(`${name}_bg.wasm`)),
  ]);
  initSync({ module: /** @type {Buffer<ArrayBuffer>} */ (run) });
  initAnalysis({ module: /** @type {Buffer<ArrayBuffer>} */ (analysis) });
  simulation.initSync({ module: /** @type {Buffer<ArrayBuffer>} */ (draws) });
  const library = JSON.parse(text);
  return { host: new Host(library, false), analyst: new Analyst(library), drawer: new Drawer(/** @type {DrawingModule} */ (/** @type {unknown} */ (simulation)), library) };
}

/** @typedef {Awaited<ReturnType<typeof openHere>>} Here */

/**
 * What a card shows of a state, once all that it asks is answered. What is drawn is drawn in its first step.
 * @param {Here} here
 * @param {CardModule} card
 * @param {CardContext} context
 * @param {Picks} [picks]
 */
export async function shownBy({ host, analyst, drawer }, card, context, picks = {}) {
  /** @type {Record<string, unknown>} */
  const answers = {};
  for (const need of card.questions(context, picks)) {
    if (isDrawn(need)) {
      const drawn = new Drawn().next([{ ...need, key: keyOf(need) }]);
      if (drawn && !need.optional) answers[need.name] = draw(drawer, drawn.step.task);
    } else {
      const asked = /** @type {Record<string, (...all: unknown[]) => unknown>} */ (/** @type {unknown} */ (need.method in analyst ? analyst : host));
      answers[need.name] = await asked[need.method]?.(...need.args);
    }
  }
  return card.show({ context, picks, answers });
}

/**
 * @param {Drawer} drawer
 * @param {Task} task
 */
function draw(drawer, task) {
  if (task.method === "chance") return drawer.answer(task);
  const { batches } = drawer.begin(task);
  for (let number = 0; number < batches; number += 1) drawer.draw(task, number, true);
  return drawer.collect(task, []);
}

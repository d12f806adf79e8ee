import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Drawer } from "../engine/draws/drawer.js";
import { Dropped, Pool } from "../engine/draws/pool.js";
import { LostThread } from "../engine/draws/thread.js";
import { settle } from "./fixtures/clock.js";

/** @import { Batch, DrawingModule, Task, Thread } from "../engine/draws/types.d.ts" */

const BATCH = 1024;

/**
 * A stand-in for the engine: a batch is its number, and the result is the list of all that were collected, in the order of their
 * numbers. Collecting one twice, or not all, is an error, so that a test sees it.
 * @param {{ fails?: readonly number[] }} [options]
 * @returns {DrawingModule}
 */
function module({ fails = [] } = {}) {
  const divided = (/** @type {number} */ paths) => {
    const count = Math.ceil(paths / BATCH);
    /** @type {number[]} */
    const taken = [];
    return {
      batches: () => count,
      batch: (/** @type {number} */ number) => {
        if (fails.includes(number)) throw new Error(`batch ${number}`);
        return { number, values: Float64Array.of(number) };
      },
      add: (/** @type {Batch} */ { number }) => {
        assert.ok(!taken.includes(number), `${number} is collected twice`);
        taken.push(number);
      },
      result: () => {
        assert.equal(taken.length, count);
        return { paths, taken: taken.sort((a, b) => a - b) };
      },
      free: () => {},
    };
  };
  const deal = {
    simulation: (/** @type {unknown} */ _request, /** @type {{ paths: number }} */ { paths }) => divided(paths),
    importance: (/** @type {unknown} */ _request, /** @type {{ paths: number }} */ { paths }) => divided(paths),
    chance: (/** @type {unknown} */ _request, /** @type {unknown} */ question) => ({ question }),
  };
  return /** @type {DrawingModule} */ (/** @type {unknown} */ ({ Deal: { open: () => deal } }));
}

/**
 * A thread that computes when the test lets it, and counts what it was asked.
 * @param {{ module?: DrawingModule }} [options]
 */
function thread({ module: engine = module() } = {}) {
  const drawer = new Drawer(engine, { pact: {} });
  /** @type {{ name: string, go: () => void, lose: () => void }[]} */
  const waiting = [];
  const counts = { draws: 0, collects: 0 };
  let lost = false;
  const lose = () => {
    lost = true;
    for (const each of waiting.splice(0)) each.lose();
  };
  /** @type {Thread} */
  const made = {
    blocking: false,
    close: lose,
    call: (method, ...all) => {
      if (lost) return Promise.reject(new LostThread("gone"));
      if (method === "draw") counts.draws += 1;
      if (method === "collect") counts.collects += 1;
      return new Promise((resolve, reject) => {
        waiting.push({
          name: method === "draw" ? `draw ${all[1]}` : method,
          go: () => {
            try {
              resolve(/** @type {(...all: unknown[]) => unknown} */ (drawer[method]).apply(drawer, [...all]));
            } catch (error) {
              reject(error);
            }
          },
          lose: () => reject(new LostThread("gone")),
        });
      });
    },
  };
  /** Answers the oldest call. */
  const step = async () => {
    waiting.shift()?.go();
    await settle();
  };
  return {
    thread: made,
    counts,
    step,
    waiting: () => waiting.map(({ name }) => name),
    lose: async () => {
      lose();
      await settle();
    },
    lost: () => lost,
  };
}

/** @param {number} paths @param {string} [about] @returns {Task} */
const task = (paths, about = "a") => ({ method: "simulate", args: [{ deal: "pact", scenario: about }, { series: [] }], paths });

const never = () => new AbortController().signal;
const none = () => Promise.reject(new Error("no spare thread"));

/**
 * Lets all threads work in turn until nothing waits.
 * @param {readonly ReturnType<typeof thread>[]} threads
 */
async function finish(threads) {
  while (threads.some(({ waiting }) => waiting().length > 0)) for (const { step } of threads) await step();
}

/** @param {number} count */
const numbers = (count) => Array.from({ length: count }, (_, i) => i);

describe("the pool", () => {
  for (const count of [1, 2, 3, 8]) {
    it(`has ${count} thread${count > 1 ? "s" : ""} collect every batch once`, async () => {
      const threads = numbers(count).map(() => thread());
      const pool = new Pool(threads.map((each) => each.thread), none);
      const answer = pool.run(task(10 * BATCH), { signal: never() });
      await settle();
      await finish(threads);
      assert.deepEqual(await answer, { paths: 10 * BATCH, taken: numbers(10) });
      const drawn = threads.map(({ counts }) => counts.draws);
      assert.equal(drawn.reduce((sum, each) => sum + each), 10);
      assert.equal(threads.filter(({ counts }) => counts.collects > 0).length, 1);
      if (count === 2) assert.ok(drawn.every((each) => each === 5), `${drawn}`);
    });
  }

  it("draws for a later step only what the steps before have not, in the thread that has those", async () => {
    const threads = [thread(), thread()];
    const pool = new Pool(threads.map((each) => each.thread), none);
    const first = pool.run(task(BATCH), { signal: never() });
    await settle();
    await finish(threads);
    await first;
    const home = threads.findIndex(({ counts }) => counts.collects === 1);
    const second = pool.run(task(4 * BATCH), { signal: never() });
    await settle();
    await finish(threads);
    assert.deepEqual(await second, { paths: 4 * BATCH, taken: numbers(4) });
    // The batches of the home alone are kept.
    assert.equal(threads[home]?.counts.collects, 2);
    assert.equal((threads[0]?.counts.draws ?? 0) + (threads[1]?.counts.draws ?? 0), 4);
  });

  it("drops a task between two batches, and tells at once", async () => {
    const threads = [thread(), thread()];
    const pool = new Pool(threads.map((each) => each.thread), none);
    const dropping = new AbortController();
    const answer = pool.run(task(64 * BATCH), { signal: dropping.signal });
    const dropped = assert.rejects(answer, Dropped);
    await settle();
    await threads[0]?.step();
    await threads[0]?.step();
    dropping.abort();
    await dropped;
    await finish(threads);
    const drawn = threads.reduce((sum, { counts }) => sum + counts.draws, 0);
    assert.ok(drawn <= 3, `${drawn} batches were drawn`);
    assert.ok(threads.every(({ counts }) => counts.collects === 0));
    const next = pool.run(task(BATCH, "b"), { signal: never() });
    await settle();
    await finish(threads);
    assert.deepEqual(await next, { paths: BATCH, taken: [0] });
  });

  it("asks the next task of a thread that is not busy with the last", async () => {
    const threads = [thread(), thread()];
    const pool = new Pool(threads.map((each) => each.thread), none);
    const dropping = new AbortController();
    const answer = pool.run(task(BATCH), { signal: dropping.signal });
    const dropped = assert.rejects(answer, Dropped);
    await settle();
    dropping.abort();
    await dropped;
    const next = pool.run(task(BATCH, "b"), { signal: never() });
    await settle();
    assert.deepEqual(threads.map(({ waiting }) => waiting()), [["begin"], ["begin"]]);
    await finish(threads);
    await next;
  });

  it("has the others draw what a lost thread left", async () => {
    const threads = [thread(), thread(), thread()];
    const pool = new Pool(threads.map((each) => each.thread), none);
    const answer = pool.run(task(9 * BATCH), { signal: never() });
    await settle();
    await threads[0]?.step();
    const other = threads.findIndex(({ waiting }, i) => i > 0 && waiting().length > 0);
    await threads[other]?.lose();
    await finish(threads);
    assert.deepEqual(await answer, { paths: 9 * BATCH, taken: numbers(9) });
    assert.equal(pool.size, 2);
  });

  it("begins anew where the thread that collects is lost, and in a spare one where all are", async () => {
    const threads = [thread(), thread()];
    const pool = new Pool(threads.map((each) => each.thread), none);
    const answer = pool.run(task(4 * BATCH), { signal: never() });
    await settle();
    await threads[0]?.step();
    await threads[0]?.step();
    await threads[0]?.lose();
    await finish(threads);
    assert.deepEqual(await answer, { paths: 4 * BATCH, taken: numbers(4) });

    const spare = thread();
    const alone = thread();
    const little = new Pool([alone.thread], async () => spare.thread);
    const saved = little.run(task(2 * BATCH), { signal: never() });
    await settle();
    await alone.lose();
    await finish([spare]);
    assert.deepEqual(await saved, { paths: 2 * BATCH, taken: [0, 1] });
  });

  it("rejects with the error of the first batch that has one, whichever thread finds one first", async () => {
    const engine = () => module({ fails: [1, 2] });
    const threads = [thread({ module: engine() }), thread({ module: engine() }), thread({ module: engine() })];
    const pool = new Pool(threads.map((each) => each.thread), none);
    const answer = pool.run(task(6 * BATCH), { signal: never() });
    const rejected = assert.rejects(answer, /batch 1/);
    await settle();
    await threads[0]?.step();
    // Thread by thread from the last: batch 2 fails before batch 1 does.
    for (const { step } of threads.toReversed()) await step();
    await finish(threads);
    await rejected;
  });

  it("counts the batches", async () => {
    const one = thread();
    /** @type {string[]} */
    const seen = [];
    const answer = new Pool([one.thread], none).run(task(3 * BATCH), {
      signal: never(),
      progress: (done, of) => seen.push(`${done} of ${of}`),
    });
    await settle();
    await finish([one]);
    await answer;
    assert.deepEqual(seen, ["1 of 3", "2 of 3", "3 of 3"]);
  });

  it("has one thread answer what cannot be divided", async () => {
    const threads = [thread(), thread()];
    const pool = new Pool(threads.map((each) => each.thread), none);
    const question = { vary: "agi.year", metric: "lab.npv", above: 0, chance: 0.8 };
    const answer = pool.run({ method: "chance", args: [{ deal: "pact" }, question], paths: BATCH }, { signal: never() });
    await settle();
    assert.deepEqual(threads.flatMap(({ waiting }) => waiting()), ["answer"]);
    await finish(threads);
    assert.deepEqual(await answer, { question });
  });

  it("tells every thread of a deal of the reader’s own, also one that joins later", async () => {
    const [first, later] = [thread(), thread()];
    const pool = new Pool([first.thread], none);
    pool.adopt("mine", { title: "Mine" });
    pool.add(later.thread);
    assert.deepEqual([first, later].map(({ waiting }) => waiting()), [["adopt"], ["adopt"]]);
    await finish([first, later]);
    const answer = pool.run({ method: "simulate", args: [{ deal: "mine" }, { series: [] }], paths: BATCH }, { signal: never() });
    await settle();
    await finish([first, later]);
    assert.deepEqual(await answer, { paths: BATCH, taken: [0] });
    pool.adopt("mine", null);
    await settle();
    await finish([first, later]);
    const gone = pool.run({ method: "simulate", args: [{ deal: "mine" }, { series: [] }], paths: BATCH }, { signal: never() });
    const rejected = assert.rejects(gone, /no deal "mine"/);
    await settle();
    await finish([first, later]);
    await rejected;
  });

  it("stops the thread that does what cannot be divided where that is dropped, and opens another", async () => {
    const [busy, spare] = [thread(), thread()];
    const pool = new Pool([busy.thread], async () => spare.thread);
    const dropping = new AbortController();
    const question = { vary: "agi.year", metric: "lab.npv", above: 0, chance: 0.8 };
    const answer = pool.run({ method: "chance", args: [{ deal: "pact" }, question], paths: BATCH }, { signal: dropping.signal });
    const dropped = assert.rejects(answer, Dropped);
    await settle();
    dropping.abort();
    await dropped;
    await settle();
    assert.ok(busy.lost());
    assert.equal(pool.size, 1);
    const next = pool.run(task(BATCH), { signal: never() });
    await settle();
    await finish([spare]);
    assert.deepEqual(await next, { paths: BATCH, taken: [0] });
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Desk } from "../cards/desk.js";
import { Drawn } from "../cards/drawn.js";
import { Drawer } from "../engine/draws/drawer.js";
import { Dropped } from "../engine/draws/pool.js";
import { createDraws } from "../engine/draws/schedule.js";
import { LostThread, WorkerThread } from "../engine/draws/thread.js";
import { EngineError, toPlain } from "../engine/errors.js";
import { changed, context } from "./fixtures/card.js";
import { HandClock, settle } from "./fixtures/clock.js";

/** @import { CardModule, Draw } from "../cards/desk.js" */
/** @import { KeyedNeed } from "../cards/drawn.js" */
/** @import { DrawerCall, DrawerParts, DrawerReply, DrawingModule, Task } from "../engine/draws/types.d.ts" */

describe("a worker that draws", () => {
  class FakeWorker extends EventTarget {
    /** @type {{ call: DrawerCall, handed: unknown[] }[]} */
    sent = [];
    terminated = false;

    /** @param {DrawerCall} call @param {unknown[]} handed */
    postMessage(call, handed) {
      if (this.refuses(call)) throw new DOMException("It cannot be cloned.", "DataCloneError");
      this.sent.push({ call, handed });
    }

    /** @param {DrawerCall} _call */
    refuses(_call) {
      return false;
    }

    terminate() {
      this.terminated = true;
    }

    /** @param {DrawerReply} reply */
    reply(reply) {
      this.dispatchEvent(Object.assign(new Event("message"), { data: reply }));
    }

    /** @param {string} message */
    crash(message) {
      this.dispatchEvent(Object.assign(new Event("error"), { message }));
    }
  }

  const compiled = /** @type {WebAssembly.Module} */ ({});
  const bytes = new ArrayBuffer(8);
  /** @type {DrawerParts} */
  const parts = { wasm: compiled, vectors: true, library: {} };

  async function opened() {
    const worker = new FakeWorker();
    const opening = WorkerThread.open(/** @type {Worker} */ (/** @type {unknown} */ (worker)), parts, () => bytes);
    worker.reply({ kind: "listening" });
    worker.reply({ kind: "ready" });
    return { worker, thread: await opening };
  }

  it("is given what it needs once it listens", async () => {
    const { worker } = await opened();
    assert.deepEqual(worker.sent.map(({ call }) => call), [{ kind: "open", ...parts }]);
  });

  it("is given bytes where a compiled module cannot be sent, or does not arrive", async () => {
    const strict = new FakeWorker();
    strict.refuses = (call) => call.kind === "open" && call.wasm === compiled;
    void WorkerThread.open(/** @type {Worker} */ (/** @type {unknown} */ (strict)), parts, () => bytes);
    strict.reply({ kind: "listening" });
    assert.deepEqual(strict.sent.map(({ call }) => call.kind === "open" && call.wasm), [bytes]);

    const deaf = new FakeWorker();
    void WorkerThread.open(/** @type {Worker} */ (/** @type {unknown} */ (deaf)), parts, () => bytes);
    deaf.reply({ kind: "listening" });
    deaf.reply({ kind: "unreadable" });
    assert.deepEqual(deaf.sent.map(({ call }) => call.kind === "open" && call.wasm), [compiled, bytes]);
  });

  it("hands the values of batches over, and does not copy them", async () => {
    const { worker, thread } = await opened();
    const batch = { number: 3, paths: 2, metrics: Float64Array.of(1, 2), series: Float64Array.of(3) };
    void thread.call("collect", { method: "simulate" }, [batch]);
    assert.deepEqual(worker.sent.at(-1)?.handed, [batch.metrics.buffer, batch.series.buffer]);
  });

  it("gives each answer to its own call, and errors as the engine’s", async () => {
    const { worker, thread } = await opened();
    const [first, second] = [thread.call("begin"), thread.call("draw")];
    worker.reply({ kind: "value", id: 2, value: "second" });
    worker.reply({ kind: "error", id: 1, error: toPlain(Object.assign(new Error("no"), { path: "agi.year" })) });
    assert.equal(await second, "second");
    await assert.rejects(first, (error) => error instanceof EngineError && error.path === "agi.year");
  });

  it("tells whoever waits, and whoever comes later, that it is lost", async () => {
    const { worker, thread } = await opened();
    const waiting = thread.call("draw");
    worker.crash("out of memory");
    await assert.rejects(waiting, LostThread);
    await assert.rejects(thread.call("draw"), LostThread);
    assert.ok(worker.terminated);
  });

  it("says so when it cannot start, or cannot load the engine", async () => {
    const silent = new FakeWorker();
    const opening = WorkerThread.open(/** @type {Worker} */ (/** @type {unknown} */ (silent)), parts, () => bytes);
    silent.crash("blocked");
    await assert.rejects(opening, /blocked/);
    const broken = new FakeWorker();
    const loading = WorkerThread.open(/** @type {Worker} */ (/** @type {unknown} */ (broken)), parts, () => bytes);
    broken.reply({ kind: "failed", error: toPlain(new Error("no WebAssembly")) });
    await assert.rejects(loading, /no WebAssembly/);
  });
});

describe("what a thread draws", () => {
  /** A stand-in for the engine that writes down what it is asked. */
  function engine() {
    /** @type {unknown[][]} */
    const calls = [];
    let open = 0;
    const divided = (/** @type {string} */ what, /** @type {unknown[]} */ all) => {
      calls.push([what, ...all]);
      open += 1;
      return { batches: () => 2, batch: (/** @type {number} */ number) => ({ number }), add: () => {}, result: () => what, free: () => (open -= 1) };
    };
    const deal = {
      simulation: (/** @type {unknown[]} */ ...all) => divided("simulation", all),
      importance: (/** @type {unknown[]} */ ...all) => divided("importance", all),
      chance: (/** @type {unknown[]} */ ...all) => (calls.push(["chance", ...all]), "chance"),
    };
    class Comparison {
      /** @type {unknown[]} */
      added = [];
      /** @param {unknown} _deal @param {unknown} request */
      add(_deal, request) {
        this.added.push(request);
      }
      /** @param {unknown} world @param {unknown} sampling */
      simulation(world, sampling) {
        return divided("spread", [this.added, world, sampling]);
      }
      free() {
        calls.push(["freed"]);
      }
    }
    const module = /** @type {DrawingModule} */ (/** @type {unknown} */ ({ Deal: { open: () => deal }, Comparison }));
    return { drawer: new Drawer(module, { pact: {}, old: {} }), calls, open: () => open };
  }

  it("is asked of the engine in its own words, always with the same seed", () => {
    const { drawer, calls, open } = engine();
    /** @type {Task[]} */
    const tasks = [
      { method: "simulate", args: [{ deal: "pact", scenario: "soon" }, { series: ["lab.cash"] }], paths: 2048 },
      { method: "importance", args: [{ deal: "pact" }, { metric: "lab.npv", independent: true }], paths: 1024 },
      { method: "spread", args: [[{ deal: "old" }, { deal: "pact", set: {} }], 1], paths: 4096 },
    ];
    for (const task of tasks) {
      assert.deepEqual(drawer.begin(task), { batches: 2, known: [] });
      assert.deepEqual(drawer.draw(task, 0, false), { number: 0 });
      assert.equal(drawer.draw(task, 1, true), null);
      assert.equal(drawer.collect(task, [{ number: 0 }]), task.method === "simulate" ? "simulation" : task.method);
    }
    assert.deepEqual(drawer.answer({ method: "chance", args: [{ deal: "pact" }, { vary: "a.b", metric: "lab.npv", above: 0, chance: 0.8 }], paths: 1024 }), "chance");
    assert.deepEqual(calls, [
      ["simulation", { scenario: "soon" }, { paths: 2048, seed: 1, series: ["lab.cash"] }],
      ["importance", {}, { metric: "lab.npv", independent: true, paths: 1024, seed: 1 }],
      ["spread", [{}, { set: {} }], 1, { paths: 4096, seed: 1 }],
      ["freed"],
      ["chance", {}, { vary: "a.b", metric: "lab.npv", above: 0, chance: 0.8 }, { paths: 1024, seed: 1 }],
    ]);
    assert.equal(open(), 0, "the engine’s memory is given back");
  });

  it("remembers the batches of few tasks", () => {
    const { drawer } = engine();
    const about = (/** @type {string} */ scenario) =>
      /** @type {Task} */ ({ method: "simulate", args: [{ deal: "pact", scenario }, { series: [] }], paths: 1024 });
    for (const scenario of ["a", "b", "c", "d"]) drawer.draw(about(scenario), 0, true);
    assert.deepEqual(["a", "b", "d"].map((scenario) => drawer.begin(about(scenario)).known), [[], [0], [0]]);
  });
});

describe("the steps of a drawing", () => {
  /** @param {string} key @param {Partial<KeyedNeed>} [rest] @returns {KeyedNeed} */
  const need = (key, rest = {}) => ({ name: "draws", method: "simulate", args: [key], steps: [1, 4, 16], key, ...rest });
  /** @param {Drawn} drawn @param {KeyedNeed[]} needs */
  const order = (drawn, needs) => {
    /** @type {string[]} */
    const seen = [];
    for (let next = drawn.next(needs); next !== null; next = drawn.next(needs)) {
      seen.push(`${next.step.key}${next.step.task.paths}${next.step.patient ? "" : "!"}`);
      drawn.add(next.step, next.step.task.paths);
    }
    return seen;
  };

  it("come first for all, then refine, and what takes long comes last", () => {
    const long = need("c", { method: "importance", steps: [1], long: true });
    assert.deepEqual(order(new Drawn(), [long, need("a"), need("b")]), ["a1!", "b1!", "a4", "b4", "a16", "b16", "c1"]);
  });

  it("are drawn once for cards that need the same, with the series of all", () => {
    const drawn = new Drawn();
    const [card, other] = [need("a"), need("a", { series: ["lab.cash"] })];
    assert.deepEqual(drawn.next([card, other])?.step.task.args, ["a", { series: ["lab.cash"] }]);
    assert.deepEqual(order(drawn, [card, other]), ["a1!", "a4", "a16"]);
    assert.equal(drawn.find(card)?.answer, 16);
  });

  it("do not take from a card what it has when another needs more series", () => {
    const drawn = new Drawn();
    const [card, other] = [need("a"), need("a", { series: ["lab.cash"] })];
    order(drawn, [card]);
    const next = drawn.next([card, other]);
    assert.deepEqual([next?.index, next?.step.task.paths], [1, 1]);
    if (next) drawn.add(next.step, "rough");
    assert.equal(drawn.find(card)?.answer, 16);
    assert.equal(drawn.find(other)?.answer, "rough");
  });
});

/** A card of draws, refined in two steps, with something long where the reader wants that. @type {CardModule} */
const card = {
  questions: ({ request, base, asAgreed }, picks) => [
    { name: "draws", method: "simulate", args: [request], steps: [1, 4] },
    ...(base ? [{ name: "base", method: /** @type {const} */ ("simulate"), args: [asAgreed], steps: [1, 4] }] : []),
    ...(picks["long"] === true ? [{ name: "long", method: /** @type {const} */ ("importance"), args: [request], steps: [1], long: true }] : []),
  ],
  show: () => /** @type {import("lit").TemplateResult} */ (/** @type {unknown} */ (null)),
};

async function desk() {
  const made = new Desk([{ id: "first", load: async () => card }], { changed: () => {}, plain: toPlain });
  made.approach("first", true);
  await settle();
  const shown = () => {
    const [first] = made.cards();
    assert.ok(first);
    return first;
  };
  /** @param {string} answer */
  const draw = (answer) => {
    const next = made.nextDraw();
    assert.ok(next);
    made.drawn(next, answer);
    return next;
  };
  return { desk: made, shown, draw };
}

describe("the desk, where cards need draws", () => {
  it("shows the first step, and then each refinement", async () => {
    const { desk: made, shown, draw } = await desk();
    made.follow(context());
    assert.equal(made.next(), null, "the engine is asked nothing");
    assert.ok(shown().settling);
    draw("rough");
    assert.deepEqual(shown().shown?.answers, { draws: "rough" });
    assert.ok(!shown().settling);
    draw("fine");
    assert.deepEqual(shown().shown?.answers, { draws: "fine" });
    assert.equal(made.nextDraw(), null);
  });

  it("has the base case beside a change, drawn once", async () => {
    const { desk: made, shown, draw } = await desk();
    made.follow(context());
    draw("base rough");
    draw("base fine");
    made.follow(changed());
    draw("rough");
    assert.deepEqual(shown().shown?.answers, { draws: "rough", base: "base fine" });
  });

  it("shows the first step of a state that has passed, but not once it shows a later one, nor of another deal", async () => {
    const { desk: made, shown, draw } = await desk();
    const first = context();
    made.follow(first);
    const late = /** @type {Draw} */ (made.nextDraw());
    const second = context({ request: { deal: "pact", set: { "agi.year": 2030 } } });
    made.follow(second);
    made.drawn(late, "late");
    assert.equal(shown().shown?.context, first);
    assert.ok(shown().settling);
    draw("now");
    assert.equal(shown().shown?.context, second);
    made.drawn(late, "later still");
    assert.equal(shown().shown?.context, second);

    const other = context({ info: { ...first.info, id: "other" }, request: { deal: "other" } });
    const waiting = /** @type {Draw} */ (made.nextDraw());
    made.follow(other);
    made.drawn(waiting, "of the deal before");
    assert.equal(shown().shown?.context, second);
  });

  it("counts how much is done, for the state of the figures alone", async () => {
    const { desk: made, shown } = await desk();
    made.follow(context());
    const draw = /** @type {Draw} */ (made.nextDraw());
    made.progressed(draw, 1, 4);
    assert.deepEqual(shown().wait, { done: 1, of: 4, long: false });
    made.follow(changed());
    assert.notEqual(shown().wait, null, "it is now the base case that is drawn");
    made.follow(context({ request: { deal: "pact", set: { "agi.year": 2030 } } }));
    assert.equal(shown().wait, null);
  });

  it("lets the reader call off what takes long, and want it after all", async () => {
    const { desk: made, shown, draw } = await desk();
    made.follow(context());
    made.choose("first", { long: true });
    draw("rough");
    draw("fine");
    assert.ok(made.nextDraw()?.long);
    assert.ok(shown().settling);
    made.stop("first", true);
    assert.equal(made.nextDraw(), null);
    assert.equal(shown().wait, "stopped");
    made.stop("first", false);
    assert.ok(made.nextDraw()?.long);
    made.stop("first", true);
    made.choose("first", { long: true });
    assert.ok(made.nextDraw()?.long, "another choice wants it again");
    draw("long");
    assert.deepEqual(shown().shown?.answers, { draws: "fine", long: "long" });
  });

  it("forgets what was drawn of a deal whose file is another now, also what is on its way", async () => {
    const { desk: made, draw } = await desk();
    made.follow(context());
    draw("rough");
    const late = /** @type {Draw} */ (made.nextDraw());
    made.forget();
    made.drawn(late, "of the file before");
    assert.equal(made.nextDraw()?.task.paths, 1);
    draw("rough again");
    assert.equal(made.nextDraw()?.task.paths, 4);
  });

  it("says why a state cannot be drawn, also where its first step could", async () => {
    const { desk: made, shown, draw } = await desk();
    made.follow(context());
    draw("rough");
    made.failed(/** @type {Draw} */ (made.nextDraw()), new Error("path 3,000"));
    assert.equal(shown().fault?.message, "path 3,000");
    assert.equal(made.nextDraw(), null);
  });
});

describe("when things are drawn", () => {
  /** A page with a pool that answers when the test says. @param {{ blocking?: boolean }} [options] */
  async function page({ blocking = false } = {}) {
    const clock = new HandClock();
    const { desk: made, shown } = await desk();
    /** @type {{ name: string, answer: () => Promise<unknown>, reject: (error: Error) => void }[]} */
    const running = [];
    /** @type {string[]} */
    const asked = [];
    /** @type {string[]} */
    const dropped = [];
    const pool = {
      blocking,
      adopt: () => {},
      close: () => {},
      run: (/** @type {Task} */ task, /** @type {{ signal: AbortSignal }} */ { signal }) =>
        new Promise((resolve, reject) => {
          const [request] = /** @type {readonly [{ set?: Record<string, unknown> }]} */ (/** @type {unknown} */ (task.args));
          const name = `${JSON.stringify(request.set ?? {})} ${task.paths}`;
          asked.push(name);
          const done = () => running.splice(running.findIndex((each) => each.name === name), 1);
          running.push({ name, answer: () => (done(), resolve(name), settle()), reject });
          signal.addEventListener("abort", () => {
            done();
            dropped.push(name);
            reject(new Dropped());
          });
        }),
    };
    const draws = createDraws({
      next: () => made.nextDraw(),
      open: async () => pool,
      drawn: (draw, answer) => made.drawn(draw, answer),
      failed: (draw, error) => made.failed(draw, error),
      progressed: (draw, done, of) => made.progressed(draw, done, of),
      clock,
    });
    const move = async (/** @type {number} */ state) => {
      draws.moved();
      made.follow(context({ request: { deal: "pact", set: { state } } }));
      draws.wake();
      await settle();
    };
    return { clock, desk: made, shown, draws, running, asked, dropped, move };
  }

  it("the first step follows at once, and its refinement when nothing moves", async () => {
    const { clock, running, asked, move, shown } = await page();
    await move(1);
    assert.deepEqual(asked, ['{"state":1} 1']);
    await running[0]?.answer();
    assert.deepEqual(asked, ['{"state":1} 1']);
    await clock.pass(130);
    assert.deepEqual(asked, ['{"state":1} 1', '{"state":1} 4']);
    await running[0]?.answer();
    assert.deepEqual(shown().shown?.answers, { draws: '{"state":1} 4' });
  });

  it("a first step is finished and shown, then the latest state is drawn, and none between", async () => {
    const { running, asked, dropped, move, shown } = await page();
    for (const state of [1, 2, 3]) await move(state);
    assert.deepEqual(asked, ['{"state":1} 1']);
    await running[0]?.answer();
    assert.deepEqual(shown().shown?.answers, { draws: '{"state":1} 1' });
    assert.deepEqual(asked, ['{"state":1} 1', '{"state":3} 1']);
    assert.deepEqual(dropped, []);
  });

  it("a refinement is dropped by the next movement", async () => {
    const { clock, running, asked, dropped, move } = await page();
    await move(1);
    await running[0]?.answer();
    await clock.pass(130);
    await move(2);
    assert.deepEqual(dropped, ['{"state":1} 4']);
    assert.equal(asked.at(-1), '{"state":2} 1');
    assert.equal(running.length, 1);
  });

  it("a refinement goes on where nothing else is wanted, and is dropped where the card goes away", async () => {
    const { clock, desk: made, draws, running, dropped, move } = await page();
    await move(1);
    await running[0]?.answer();
    await clock.pass(130);
    draws.wake();
    await settle();
    assert.deepEqual(dropped, []);
    made.approach("first", false);
    draws.wake();
    await settle();
    assert.deepEqual(dropped, ['{"state":1} 4']);
    assert.equal(running.length, 0);
  });

  it("where the page itself draws, and slowly, it waits for the rest", async () => {
    const { clock, running, asked, move } = await page({ blocking: true });
    await move(1);
    await clock.pass(40);
    await running[0]?.answer();
    await move(2);
    assert.deepEqual(asked, ['{"state":1} 1']);
    await clock.pass(130);
    assert.deepEqual(asked, ['{"state":1} 1', '{"state":2} 1']);
  });

  it("an error is its card’s, and the next state is drawn", async () => {
    const { running, asked, move, shown } = await page();
    await move(1);
    running.shift()?.reject(new Error("too much"));
    await settle();
    assert.equal(shown().fault?.message, "too much");
    await move(2);
    assert.equal(asked.at(-1), '{"state":2} 1');
  });

  it("threads that cannot be opened are tried again when the reader asks for it", async () => {
    let fails = true;
    const { desk: made, shown } = await desk();
    const draws = createDraws({
      next: () => made.nextDraw(),
      open: async () => {
        if (fails) throw Object.assign(new Error("offline"), { missing: true });
        return { blocking: false, adopt: () => {}, close: () => {}, run: async () => "drawn" };
      },
      drawn: (draw, answer) => made.drawn(draw, answer),
      failed: (draw, error) => made.failed(draw, error),
      progressed: () => {},
      clock: new HandClock(),
    });
    made.follow(context());
    draws.wake();
    await settle();
    assert.equal(shown().fault?.missing, true);
    fails = false;
    made.retry();
    draws.wake();
    await settle();
    assert.deepEqual(shown().shown?.answers, { draws: "drawn" });
  });
});

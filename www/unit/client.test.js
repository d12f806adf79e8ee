import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { WorkerEngine } from "../engine/client.js";
import { EngineError, MissingError, toPlain } from "../engine/errors.js";

/** @import { Call, Reply } from "../engine/types.d.ts" */

/** Stands in for the worker: it keeps the calls, and answers what the test says. */
class FakeWorker extends EventTarget {
  /** @type {Call[]} */
  calls = [];

  /** @param {Call} call */
  postMessage(call) {
    this.calls.push(call);
  }

  terminate() {}

  /** @param {Reply} reply */
  reply(reply) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: reply }));
  }

  /** @param {string} message */
  crash(message) {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

async function opened() {
  const worker = new FakeWorker();
  const opening = WorkerEngine.open(worker);
  worker.reply({ kind: "ready" });
  return { worker, engine: await opening };
}

describe("the engine behind a worker", () => {
  it("gives each answer to its own question, in whatever order they come", async () => {
    const { worker, engine } = await opened();
    const version = engine.version();
    const deals = engine.deals();
    const [first, second] = worker.calls;
    worker.reply({ kind: "value", id: second?.id ?? 0, value: [] });
    worker.reply({ kind: "value", id: first?.id ?? 0, value: "1.2.3" });
    assert.equal(await version, "1.2.3");
    assert.deepEqual(await deals, []);
    assert.deepEqual(
      worker.calls.map(({ method }) => method),
      ["version", "deals"],
    );
  });

  it("passes the request on as it is", async () => {
    const { worker, engine } = await opened();
    const request = { deal: "pact", scenario: "soon", set: { "agi.year": "never" }, without: [] };
    void engine.run(request);
    assert.deepEqual(worker.calls[0]?.arguments, [request]);
  });

  it("passes all that a question has", async () => {
    const { worker, engine } = await opened();
    const request = { deal: "pact" };
    const question = { vary: "agi.year", metric: "lab.npv", target: 3 };
    void engine.clauses(request);
    void engine.agiCurve(request);
    void engine.tornado(request, "lab.npv");
    void engine.gradient(request, "lab.npv");
    void engine.solve(request, question);
    void engine.breakEven(request, "lab.npv");
    void engine.compare([request], null);
    assert.deepEqual(
      worker.calls.map(({ method, arguments: all }) => [method, ...all]),
      [
        ["clauses", request],
        ["agiCurve", request],
        ["tornado", request, "lab.npv"],
        ["gradient", request, "lab.npv"],
        ["solve", request, question],
        ["breakEven", request, "lab.npv"],
        ["compare", [request], null],
      ],
    );
  });

  it("says when a part of the engine did not arrive", async () => {
    const { worker, engine } = await opened();
    const curve = engine.agiCurve({ deal: "pact" });
    worker.reply({ kind: "error", id: worker.calls[0]?.id ?? 0, error: toPlain(new MissingError(new Error("offline"))) });
    await assert.rejects(curve, (error) => error instanceof EngineError && error.missing && error.message === "offline");
  });

  it("rejects with the path of the quantity at fault", async () => {
    const { worker, engine } = await opened();
    const run = engine.run({ deal: "pact" });
    const thrown = Object.assign(new Error("too much"), { path: "agi.layer", errors: [] });
    worker.reply({ kind: "error", id: worker.calls[0]?.id ?? 0, error: toPlain(thrown) });
    await assert.rejects(run, (error) => error instanceof EngineError && error.path === "agi.layer" && !error.missing);
  });

  it("rejects everything that waits when the worker crashes", async () => {
    const { worker, engine } = await opened();
    const waiting = [engine.version(), engine.deals()];
    worker.crash("out of memory");
    for (const promise of waiting) await assert.rejects(promise, /out of memory/);
  });

  it("says so when the worker cannot start, or cannot load the engine", async () => {
    const silent = new FakeWorker();
    const opening = WorkerEngine.open(silent);
    silent.crash("blocked");
    await assert.rejects(opening, /blocked/);

    const broken = new FakeWorker();
    const loading = WorkerEngine.open(broken);
    broken.reply({ kind: "failed", error: toPlain(new Error("no WebAssembly")) });
    await assert.rejects(loading, /no WebAssembly/);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createScheduler } from "../engine/scheduler.js";

/** A scheduler whose runs end when the test says so. */
function stage() {
  /** @type {{ job: string, resolve: (result: string) => void, reject: (error: Error) => void }[]} */
  const runs = [];
  /** @type {string[]} */
  const delivered = [];
  /** @type {string[]} */
  const failed = [];
  const scheduler = createScheduler({
    run: (/** @type {string} */ job) =>
      new Promise((/** @type {(result: string) => void} */ resolve, reject) => runs.push({ job, resolve, reject })),
    deliver: (result, job) => delivered.push(`${job}:${result}`),
    fail: (error, job) => failed.push(`${job}:${error instanceof Error ? error.message : ""}`),
  });
  return { scheduler, runs, delivered, failed };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("the scheduler", () => {
  it("makes one run and one delivery of one request", async () => {
    const { scheduler, runs, delivered } = stage();
    scheduler.request("a");
    assert.equal(runs.length, 1);
    runs[0]?.resolve("done");
    await settle();
    assert.deepEqual(delivered, ["a:done"]);
    assert.equal(runs.length, 1);
    assert.ok(scheduler.idle);
  });

  it("has one run in flight, and of what waits runs the latest alone", async () => {
    const { scheduler, runs, delivered } = stage();
    for (const job of ["a", "b", "c", "d"]) scheduler.request(job);
    assert.deepEqual(
      runs.map(({ job }) => job),
      ["a"],
    );
    runs[0]?.resolve("1");
    await settle();
    assert.deepEqual(
      runs.map(({ job }) => job),
      ["a", "d"],
    );
    assert.ok(!scheduler.idle);
    runs[1]?.resolve("2");
    await settle();
    assert.deepEqual(delivered, ["a:1", "d:2"]);
    assert.ok(scheduler.idle);
  });

  it("runs a request that arrives during a run exactly once more", async () => {
    const { scheduler, runs } = stage();
    scheduler.request("a");
    scheduler.request("b");
    runs[0]?.resolve("1");
    await settle();
    runs[1]?.resolve("2");
    await settle();
    assert.equal(runs.length, 2);
  });

  it("takes a request made by a delivery", async () => {
    /** @type {string[]} */
    const runs = [];
    const scheduler = createScheduler({
      run: async (/** @type {string} */ job) => runs.push(job),
      deliver: (_, job) => {
        if (job === "a") scheduler.request("b");
      },
      fail: () => assert.fail(),
    });
    scheduler.request("a");
    await settle();
    assert.deepEqual(runs, ["a", "b"]);
  });

  it("goes on after a run that failed", async () => {
    const { scheduler, runs, delivered, failed } = stage();
    scheduler.request("a");
    scheduler.request("b");
    runs[0]?.reject(new Error("no"));
    await settle();
    runs[1]?.resolve("yes");
    await settle();
    assert.deepEqual(failed, ["a:no"]);
    assert.deepEqual(delivered, ["b:yes"]);
  });
});

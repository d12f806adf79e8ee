import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { createQuestions } from "../engine/questions.js";
import { HandClock, settle } from "./fixtures/clock.js";

/** @typedef {{ method: string, about: string, resolve: (answer: string) => void, reject: (error: Error) => void }} Asked */

describe("the questions that follow a run", () => {
  let clock = new HandClock();
  /** What would be asked next, first to last. @type {{ method: string, about: string }[]} */
  let wanted = [];
  /** @type {Asked[]} */
  let asked = [];
  /** @type {string[]} */
  let told = [];
  let busy = false;

  const make = () =>
    createQuestions({
      next: () => wanted[0] ?? null,
      ask: (question) => new Promise((resolve, reject) => asked.push({ ...question, resolve, reject })),
      answered: (question, answer) => {
        told.push(`${question.about}: ${answer}`);
        wanted = wanted.filter((each) => each !== question);
      },
      failed: (question, error) => {
        told.push(`${question.about} failed: ${error instanceof Error ? error.message : ""}`);
        wanted = wanted.filter((each) => each !== question);
      },
      busy: () => busy,
      clock,
    });

  /** Answers the last question after some time. @param {number} [milliseconds] */
  const answer = async (milliseconds = 0) => {
    await clock.pass(milliseconds);
    asked.at(-1)?.resolve("yes");
    await settle();
  };

  beforeEach(() => {
    clock = new HandClock();
    [wanted, asked, told, busy] = [[], [], [], false];
  });

  it("are asked one at a time, each when the one before is answered", async () => {
    const questions = make();
    wanted = [{ method: "a", about: "1" }, { method: "b", about: "2" }];
    questions.wake();
    questions.wake();
    await settle();
    assert.deepEqual(asked.map(({ about }) => about), ["1"]);
    await answer();
    assert.deepEqual(asked.map(({ about }) => about), ["1", "2"]);
    await answer();
    assert.deepEqual(told, ["1: yes", "2: yes"]);
    assert.equal(asked.length, 2);
  });

  it("wait for a run, and are chosen only when it is back", async () => {
    const questions = make();
    busy = true;
    wanted = [{ method: "a", about: "old" }];
    questions.wake();
    await settle();
    assert.equal(asked.length, 0);
    wanted = [{ method: "a", about: "new" }];
    busy = false;
    questions.wake();
    await settle();
    assert.deepEqual(asked.map(({ about }) => about), ["new"]);
  });

  it("that are superseded while another is in flight are never asked", async () => {
    const questions = make();
    wanted = [{ method: "a", about: "1" }, { method: "b", about: "1" }];
    questions.wake();
    await settle();
    for (const about of ["2", "3", "4"]) wanted = [{ method: "a", about }, { method: "b", about }];
    await answer();
    assert.deepEqual(asked.map(({ about }) => about), ["1", "4"]);
  });

  it("go on after one that failed", async () => {
    const questions = make();
    wanted = [{ method: "a", about: "1" }, { method: "b", about: "2" }];
    questions.wake();
    await settle();
    asked[0]?.reject(new Error("no"));
    await settle();
    await answer();
    assert.deepEqual(told, ["1 failed: no", "2: yes"]);
  });

  it("of a kind that is not known, or known to be slow, wait until the slider rests", async () => {
    const questions = make();
    wanted = [{ method: "slow", about: "1" }];
    questions.wake();
    await settle();
    await answer(500);

    questions.moved();
    wanted = [{ method: "slow", about: "2" }];
    questions.wake();
    await clock.pass(100);
    assert.equal(asked.length, 1);
    questions.moved();
    await clock.pass(100);
    assert.equal(asked.length, 1, "it was moved again in between");
    await clock.pass(100);
    assert.equal(asked.length, 2);
  });

  it("that are quick follow the slider, and take half of the time at most", async () => {
    const questions = make();
    wanted = [{ method: "quick", about: "0" }];
    questions.wake();
    await settle();
    await answer(20);

    let taken = 0;
    for (let i = 1; i <= 40; i += 1) {
      questions.moved();
      wanted = [{ method: "quick", about: String(i) }];
      questions.wake();
      await settle();
      if (asked.length > told.length) {
        taken += 20;
        await answer(20);
      }
      await clock.pass(5);
    }
    assert.ok(asked.length > 5, "it follows");
    assert.ok(taken <= clock.now() / 2 + 20, `${taken} of ${clock.now()}`);
  });
});

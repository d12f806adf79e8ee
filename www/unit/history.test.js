import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { History } from "../state/history.js";

const history = () => new History(/** @type {number} */ (0), Object.is);

describe("the history", () => {
  it("goes back and forth", () => {
    const steps = history();
    steps.change(1);
    steps.change(2);
    steps.undo();
    assert.equal(steps.present, 1);
    steps.undo();
    assert.equal(steps.present, 0);
    assert.ok(!steps.canUndo);
    steps.redo();
    steps.redo();
    assert.equal(steps.present, 2);
    assert.ok(!steps.canRedo);
  });

  it("leaves out what is gone, on both sides", () => {
    const steps = history();
    for (const value of [1, 2, 3, 4]) steps.change(value);
    steps.undo();
    steps.undo();
    steps.forget((value) => value % 2 === 1);
    assert.equal(steps.present, 2);
    steps.undo();
    assert.equal(steps.present, 0);
    assert.ok(!steps.canUndo);
    steps.redo();
    steps.redo();
    assert.equal(steps.present, 4);
  });

  it("stays where it is at either end", () => {
    const steps = history();
    steps.undo();
    steps.redo();
    assert.equal(steps.present, 0);
  });

  it("forgets what was undone once something else is done", () => {
    const steps = history();
    steps.change(1);
    steps.undo();
    steps.change(2);
    assert.ok(!steps.canRedo);
    steps.undo();
    assert.equal(steps.present, 0);
  });

  it("takes a whole movement for one step", () => {
    const steps = history();
    for (const value of [1, 2, 3]) steps.change(value, { settled: false });
    steps.change(3);
    steps.undo();
    assert.equal(steps.present, 0);
    steps.redo();
    assert.equal(steps.present, 3);
  });

  it("makes no step of a movement that ends where it began", () => {
    const steps = history();
    steps.change(5, { settled: false });
    steps.change(0);
    assert.ok(!steps.canUndo);
  });

  it("undoes a movement that has not settled", () => {
    const steps = history();
    steps.change(1);
    steps.change(7, { settled: false });
    assert.ok(steps.canUndo);
    steps.undo();
    assert.equal(steps.present, 1);
    steps.redo();
    assert.equal(steps.present, 7);
  });
});

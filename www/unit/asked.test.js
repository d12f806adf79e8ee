// What a program hands over wrongly is said in the words of the engine: where, what may stand there, and what did.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EngineError } from "../engine/errors.js";
import { asked, askedOfAll, metricOf, questionOf, treeOf } from "../package/asked.js";

describe("what a program asks", () => {
  it("goes through where it is right", () => {
    const request = { deal: "pact", set: { "agi.year": "never", "lab.cash": 3 }, without: ["equity"] };
    assert.equal(asked(request), request);
    assert.deepEqual(askedOfAll([request]), [request]);
    assert.equal(metricOf("lab.npv"), "lab.npv");
    assert.deepEqual(treeOf({ format: 1 }), { format: 1 });
  });

  it("is refused with its place where it is not", () => {
    /** @type {Record<string, unknown>} */
    const circle = {};
    circle["itself"] = circle;
    /** @type {[() => unknown, string, string][]} */
    const cases = [
      [() => asked(/** @type {any} */ ({})), "deal", "deal: expected the id of a deal, found undefined"],
      [() => asked(/** @type {any} */ (undefined)), "request", "request: expected an object, found undefined"],
      [() => asked(/** @type {any} */ ({ deal: "pact", without: "equity" })), "without", 'without: expected a list of clauses, found "equity"'],
      [() => asked(/** @type {any} */ ({ deal: "pact", set: { "lab.cash": undefined } })), "lab.cash", "lab.cash: expected a number, a word, or true or false, found undefined"],
      [() => askedOfAll([]), "requests", "requests: expected a list of one or more requests, found a list"],
      [() => askedOfAll(/** @type {any} */ ([{ deal: "pact" }, 7])), "requests.1", "requests.1: expected an object, found 7"],
      [() => metricOf(/** @type {any} */ (undefined)), "metric", "metric: expected the name of a metric, found undefined"],
      [() => questionOf(null), "question", "question: expected an object, found null"],
      [() => treeOf(circle), "deal", "deal: expected what a file can hold, without circles, found an object"],
      [() => treeOf(7), "deal", "deal: expected an object, found 7"],
    ];
    for (const [ask, path, message] of cases) {
      assert.throws(ask, (error) => {
        assert.ok(error instanceof EngineError);
        assert.deepEqual([error.path, error.message, error.errors.length], [path, message, 1]);
        return true;
      });
    }
  });
});

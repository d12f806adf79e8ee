import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { currentValue, isUntouched, requestOf, sameState, untouched, withScenario, withValue } from "../state/state.js";
import { Store } from "../state/store.js";
import { deal } from "./fixtures/deal.js";

const state = untouched("pact");
const agi = /** @type {NonNullable<typeof deal.quantities[0]>} */ (deal.quantities[0]);

describe("the state", () => {
  it("holds differences alone: a quantity moved back is none", () => {
    const moved = withValue(state, deal, "clauses.revenue-share.rate", 0.1);
    assert.deepEqual(moved.set, { "clauses.revenue-share.rate": 0.1 });
    assert.ok(isUntouched(withValue(moved, deal, "clauses.revenue-share.rate", 0.2)));
  });

  it("measures differences from the scenario, whose dates are decimal years", () => {
    const soon = withScenario(state, deal, "soon");
    assert.equal(currentValue(deal, soon, agi), 2028.5);
    assert.deepEqual(withValue(soon, deal, "agi.year", 2028.5).set, {});
    assert.deepEqual(withValue(soon, deal, "agi.year", 2031).set, { "agi.year": 2031 });
  });

  it("keeps the reader's changes through a scenario, except to what it sets", () => {
    let changed = withValue(state, deal, "agi.year", 2040);
    changed = withValue(changed, deal, "clauses.revenue-share.rate", 0.3);
    assert.deepEqual(withScenario(changed, deal, "soon").set, { "clauses.revenue-share.rate": 0.3 });
    assert.equal(currentValue(deal, withScenario(changed, deal, "bust"), agi), "never");
  });

  it("is the same in whatever order it was reached", () => {
    const a = { ...state, set: { x: 1, y: 2 }, without: ["p", "q"] };
    const b = { ...state, set: { y: 2, x: 1 }, without: ["q", "p"] };
    assert.ok(sameState(a, b));
    assert.ok(!sameState(a, { ...b, set: { x: 1 } }));
    assert.ok(!sameState(a, { ...b, scenario: "soon" }));
    assert.ok(!sameState(a, { ...b, unknown: [["k", "v"]] }));
  });

  it("asks the engine for no scenario where none is chosen", () => {
    assert.deepEqual(requestOf(state), { deal: "pact", set: {}, without: [] });
    assert.equal(requestOf({ ...state, scenario: "soon" }).scenario, "soon");
  });
});

describe("the store", () => {
  it("tells of each change once, and of a movement's end though nothing moved", () => {
    const store = new Store(state);
    let told = 0;
    store.subscribe(() => void (told += 1));
    store.change({ ...state, set: { x: 1 } }, { settled: false });
    store.change({ ...state, set: { x: 1 } }, { settled: false });
    assert.equal(told, 1);
    store.change({ ...state, set: { x: 1 } });
    assert.equal(told, 2);
    store.undo();
    assert.equal(told, 3);
    assert.deepEqual(store.state.set, {});
  });
});

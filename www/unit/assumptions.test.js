import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assumptionGroups } from "../figures/assumptions.js";
import { nameOf } from "../figures/names.js";
import { createFormat } from "../format/format.js";
import { isUntouched, requestOf, sameState, untouched, withScenario, withSpread, withValue } from "../state/state.js";
import { strings as words } from "../strings/assumptions.js";
import { strings } from "../strings/index.js";
import { deal } from "./fixtures/deal.js";

/** @import { Spread } from "../engine/types.d.ts" */
/** @import { State } from "../state/state.js" */

const RATE = "clauses.revenue-share.rate";
const format = createFormat("en-US", strings);
const state = untouched("pact");
/** @type {Spread} */
const wide = { kind: "triangular", value: 0.2, low: 0.05, high: 0.4 };
/** @type {Spread} */
const ofFile = { kind: "pert", value: 0.2, low: 0.1, high: 0.25 };

/** @param {State} now @param {string} path @param {{ path: string, message: string } | null} [fault] */
function row(now, path, fault = null) {
  const groups = assumptionGroups({ info: deal, state: now, format, strings, words, fault });
  const found = groups.flatMap(({ rows }) => rows).find((each) => each.path === path);
  assert.ok(found, path);
  return found;
}

describe("a distribution of the reader's", () => {
  it("is a difference, and none where it is the file's", () => {
    const changed = withSpread(state, deal, RATE, wide);
    assert.deepEqual(changed.spread, { [RATE]: wide });
    assert.ok(!isUntouched(changed) && !sameState(changed, state));
    assert.ok(isUntouched(withSpread(changed, deal, RATE, ofFile)));
  });

  it("goes to the engine with the request, which has none where there is none", () => {
    assert.deepEqual(requestOf(withSpread(state, deal, RATE, wide)).spread, { [RATE]: wide });
    assert.ok(!("spread" in requestOf(state)));
  });

  it("and a value that is set do not stand side by side: the last of them counts", () => {
    const valued = withValue(withSpread(state, deal, RATE, wide), deal, RATE, 0.3);
    assert.deepEqual([valued.set, valued.spread], [{ [RATE]: 0.3 }, {}]);
    const spread = withSpread(valued, deal, RATE, wide);
    assert.deepEqual([spread.set, spread.spread], [{}, { [RATE]: wide }]);
  });

  it("of one value is that value, and the file's value without its distribution is a difference", () => {
    assert.deepEqual(withSpread(state, deal, RATE, { kind: "none", value: 0.3 }).set, { [RATE]: 0.3 });
    assert.deepEqual(withSpread(state, deal, RATE, { kind: "none", value: 0.2 }).spread, { [RATE]: { kind: "none", value: 0.2 } });
  });

  it("gives way to a scenario that sets the quantity, and stays beside others", () => {
    const soon = withSpread(state, deal, "agi.year", { kind: "uniform", value: 2030, low: 2029, high: 2035 });
    assert.deepEqual(withScenario(soon, deal, "soon").spread, {});
    assert.deepEqual(withScenario(withSpread(state, deal, RATE, wide), deal, "soon").spread, { [RATE]: wide });
  });
});

describe("the table of all assumptions", () => {
  it("has every quantity, word and flag, the clauses first", () => {
    const groups = assumptionGroups({ info: deal, state, format, strings, words, fault: null });
    const paths = groups.flatMap(({ rows }) => rows.map(({ path }) => path));
    const all = [...deal.quantities, ...deal.words].map(({ path }) => path);
    assert.deepEqual(paths.toSorted(), all.toSorted());
    assert.deepEqual(groups.slice(0, 2).map(({ label }) => label), ["The stake", "Revenue share"]);
  });

  it("shows a share in per cent, its source and how it is uncertain", () => {
    const data = row(state, RATE).data();
    assert.equal(data.form, "number");
    assert.equal(data.sign, "%");
    assert.equal(data.spreadText, "PERT from 10% to 25%");
    assert.deepEqual(data.source, { title: "A letter", by: "The Gazette, October 29, 2025", url: "https://example.org/letter" });
    assert.equal(data.status?.text, "reported");
    assert.ok(row(state, RATE).uncertain);
  });

  it("finds a quantity by its source, its path and its name", () => {
    for (const text of ["gazette", "revenue-share.rate", "revenue share"]) assert.ok(row(state, RATE).search.includes(text), text);
  });

  it("marks what is changed, and says what it was", () => {
    const changed = row(withSpread(state, deal, RATE, wide), RATE);
    assert.ok(changed.changed);
    assert.equal(changed.data().spreadText, "triangle from 5% to 40%");
    assert.equal(changed.data().spreadWas, "PERT from 10% to 25%");
    const word = row(withValue(state, deal, "clauses.revenue-share.on_agi", "layer"), "clauses.revenue-share.on_agi");
    assert.ok(word.changed);
    assert.deepEqual([word.data().value, word.data().reference], ["layer", "stop"]);
    assert.ok(!row(state, RATE).changed);
  });

  it("says the engine's fault at the field of the value, or of the distribution", () => {
    const fault = { path: `${RATE}.value`, message: "No." };
    assert.equal(row(state, RATE, fault).data().fault, "No.");
    assert.equal(row(withSpread(state, deal, RATE, wide), RATE, fault).data().spreadFault, "No.");
  });

  it("proposes a distribution of another kind from the numbers that there are", () => {
    const { proposed, kinds } = row(state, RATE).data();
    assert.deepEqual(proposed(ofFile, "uniform"), { kind: "uniform", value: 0.2, low: 0.1, high: 0.25 });
    assert.deepEqual(proposed({ kind: "none", value: 0.2 }, "pert"), { kind: "pert", value: 0.2, low: 0.15, high: 0.25 });
    assert.deepEqual(proposed(ofFile, "cumulative").points, [[0.1, 0], [0.2, 0.5], [0.25, 1]]);
    assert.ok(kinds.some(({ id }) => id === "lognormal") && !kinds.some(({ id }) => id === "bernoulli"));
    assert.deepEqual(row(state, "regulation.acts").data().kinds.map(({ id }) => id), ["none", "bernoulli"]);
  });
});

describe("a name", () => {
  it("is the file's, or made of the path", () => {
    assert.equal(nameOf({ path: "lab.cash", label: "Cash at signing" }, strings), "Cash at signing");
    assert.equal(nameOf({ path: "lab.min_cash" }, strings), "Min cash");
    assert.equal(nameOf({ path: "demand.lines.app.half_life" }, strings), "App, half life");
    assert.equal(nameOf({ path: "clauses.hosting.share.1" }, strings), "Share, entry 2");
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { awaiting, dealOf, encode, interpret, parse } from "../state/fragment.js";
import { untouched } from "../state/state.js";
import { deal } from "./fixtures/deal.js";

const library = [
  { id: "pact", title: "Pact", scenarios: [] },
  { id: "accord", title: "Accord", scenarios: [] },
];
const state = untouched("pact");
const read = (/** @type {string} */ fragment) => interpret(parse(fragment), deal);

describe("a fragment", () => {
  it("is empty where nothing differs from the first deal", () => {
    assert.equal(encode(state, "pact"), "");
    assert.deepEqual(read(""), { state, problems: [] });
  });

  it("brings back every state, to the last bit", () => {
    const changed = {
      ...state,
      scenario: "soon",
      set: {
        "agi.year": "never",
        "clauses.revenue-share.rate": 0.1 + 0.2,
        "demand.lines.chat.growth": -1e-7,
        "lab.cash": 1e-21,
        "devices.launch": 2027.75,
      },
      without: ["equity", "hosting"],
    };
    const fragment = encode(changed, "pact");
    assert.deepEqual(read(`#${fragment}`), { state: changed, problems: [] });
  });

  it("brings back distributions of every kind, and words and flags", () => {
    const path = "clauses.revenue-share.rate";
    const numbers = { value: 0.2, low: 0.1 + 0.2, high: 0.4 };
    /** @type {import("../engine/types.d.ts").Spread[]} */
    const all = [
      { kind: "none", value: 0.2 },
      { kind: "uniform", ...numbers },
      { kind: "triangular", ...numbers },
      { kind: "pert", ...numbers },
      { kind: "pert", ...numbers, shape: 6 },
      { kind: "normal", ...numbers, max: 0.9 },
      { kind: "lognormal", ...numbers, min: 0.01 },
      { kind: "cumulative", value: 0.2, points: [[0.1, 0], [0.2, 0.5], [0.3, 1]] },
    ];
    for (const spread of all) {
      const changed = { ...state, set: { "agi.trigger": "either", "clauses.equity.enabled": false }, spread: { [path]: spread } };
      assert.deepEqual(read(`#${encode(changed, "pact")}`), { state: changed, problems: [] }, spread.kind);
    }
    const never = { ...state, spread: { "agi.year": /** @type {const} */ ({ kind: "cumulative", value: "never", points: [[2028, 0], [2040, 0.4]] }) } };
    assert.deepEqual(read(encode(/** @type {any} */ (never), "pact")).state, never);
    assert.equal(encode({ ...state, spread: { [path]: { kind: "pert", ...numbers, low: 0.1 } } }, "pact"), `v=1&~${path}=pert,0.1,0.2,0.4`);
  });

  it("reports distributions, words and flags that cannot be, and says nothing twice", () => {
    const path = "clauses.revenue-share.rate";
    for (const value of ["pert", "pert,0.1,0.2", "pert,0.1,0.2,7", "bell,0.1,0.2,0.3", "pert,0.1,0.2,0.3,4,5", "cumulative,0.2,0.1,0", "bernoulli,0.2,0.5", ""]) {
      assert.deepEqual(read(`~${path}=${value}`).problems, [{ key: `~${path}`, value, reason: "value" }], value);
    }
    const { state: kept, problems } = read(`${path}=0.3&~${path}=uniform,0.1,0.2,0.3&agi.trigger=nobody&clauses.equity.enabled=1&~x.y=none,1`);
    assert.deepEqual([kept.set, kept.spread], [{ [path]: 0.3 }, {}]);
    assert.deepEqual(problems.map(({ reason }) => reason), ["repeated", "value", "value", "path"]);
  });

  it("about a file that is not here says nothing of another deal, and stays until the file is", () => {
    const { pairs } = parse("v=1&deal=own-mine&agi.year=2030");
    const waits = awaiting(pairs, library, "pact");
    assert.deepEqual(waits?.state.set, {});
    assert.deepEqual(waits?.problems, [{ key: "deal", value: "own-mine", reason: "own" }]);
    assert.equal(encode(waits?.state ?? state, "pact"), "v=1&deal=own-mine&agi.year=2030");
    assert.equal(encode({ ...(waits?.state ?? state), set: { "agi.layer": 0.4 } }, "pact"), "v=1&agi.layer=0.4");
    assert.equal(awaiting(pairs, [...library, { id: "own-mine", title: "Mine" }], "pact"), null);
    assert.equal(awaiting(parse("deal=treaty").pairs, library, "pact"), null);
  });

  it("names the version and what differs, and can be read by a person", () => {
    const changed = { ...state, scenario: "soon", set: { "agi.year": 2028.5 }, without: ["equity", "hosting"] };
    assert.equal(encode(changed, "accord"), "v=1&deal=pact&scenario=soon&agi.year=2028.5&without=equity,hosting");
  });

  it("takes ISO dates for years", () => {
    assert.deepEqual(read("agi.year=2028-07-01").state.set, { "agi.year": 2028.5 });
  });

  it("reports what the deal does not know, and keeps it in the address", () => {
    const { state: kept, problems } = read("v=1&agi.yeer=2028&colour=blue&agi.year=2028");
    assert.deepEqual(problems, [
      { key: "agi.yeer", value: "2028", reason: "path" },
      { key: "colour", value: "blue", reason: "path" },
    ]);
    assert.deepEqual(kept.set, { "agi.year": 2028 });
    assert.equal(encode(kept, "pact"), "v=1&agi.year=2028&agi.yeer=2028&colour=blue");
  });

  it("reports values that the quantity cannot have", () => {
    for (const value of ["-0.1", "1.01", "never", "many", "", "NaN", "Infinity", "0x1"]) {
      const { state: kept, problems } = read(`clauses.revenue-share.rate=${value}`);
      assert.deepEqual(kept.set, {}, value);
      assert.deepEqual(problems, [{ key: "clauses.revenue-share.rate", value, reason: "value" }]);
    }
  });

  it("holds open ends open", () => {
    assert.equal(read("demand.lines.chat.growth=-1").problems.length, 1);
    assert.equal(read("demand.lines.chat.growth=-0.99").problems.length, 0);
  });

  it("reports deals, scenarios and clauses that do not exist", () => {
    const { problems } = read("deal=treaty&scenario=later&without=equity,lunch");
    assert.deepEqual(
      problems.map(({ reason, value }) => [reason, value]),
      [
        ["deal", "treaty"],
        ["scenario", "later"],
        ["clause", "lunch"],
      ],
    );
    assert.deepEqual(read("without=equity,lunch").state.without, ["equity"]);
  });

  it("keeps them in the address until something known takes their place", () => {
    const { state } = read("deal=treaty&scenario=later&without=lunch");
    assert.equal(encode(state, deal.id), "v=1&deal=treaty&scenario=later&without=lunch");
    const [known] = deal.scenarios;
    assert.equal(encode({ ...state, scenario: known?.id ?? "" }, deal.id), `v=1&scenario=${known?.id}&deal=treaty&without=lunch`);
  });

  it("reports malformed and repeated parts, of which the first counts", () => {
    const { state: kept, problems } = read("agi.year=2028&agi.year=2030&nonsense&=5&agi.layer=%E0%A4%A");
    assert.deepEqual(kept.set, { "agi.year": 2028 });
    assert.deepEqual(
      problems.map(({ reason }) => reason),
      ["repeated", "malformed", "malformed", "malformed"],
    );
  });

  it("reports a version from the future and still reads what it can", () => {
    const { state: kept, problems } = read("v=99&agi.year=2028");
    assert.deepEqual(problems, [{ key: "v", value: "99", reason: "version" }]);
    assert.deepEqual(kept.set, { "agi.year": 2028 });
  });

  it("passes old links through every migration since", () => {
    const migrations = [
      (/** @type {[string, string][]} */ pairs) =>
        pairs.map(([key, value]) => /** @type {[string, string]} */ ([key === "agi" ? "agi.when" : key, value])),
      (/** @type {[string, string][]} */ pairs) =>
        pairs.map(([key, value]) => /** @type {[string, string]} */ ([key === "agi.when" ? "agi.year" : key, value])),
    ];
    assert.deepEqual(parse("v=1&agi=2028", migrations).pairs, [["agi.year", "2028"]]);
    assert.deepEqual(parse("v=2&agi.when=2028", migrations).pairs, [["agi.year", "2028"]]);
    assert.deepEqual(parse("v=3&agi.year=2028", migrations).pairs, [["agi.year", "2028"]]);
  });

  it("finds its deal, or the first one", () => {
    assert.equal(dealOf(parse("deal=accord").pairs, library, "pact"), "accord");
    assert.equal(dealOf(parse("deal=treaty").pairs, library, "pact"), "pact");
    assert.equal(dealOf(parse("").pairs, library, "pact"), "pact");
  });
});

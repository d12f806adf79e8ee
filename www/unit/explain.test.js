import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { explained } from "../figures/explain.js";
import { withValue, untouched } from "../state/state.js";
import { strings as words } from "../strings/explain.js";
import { strings as questions } from "../strings/questions.js";
import { bars, changed, context } from "./fixtures/card.js";
import { deal } from "./fixtures/deal.js";

/** @param {string} metric @param {Parameters<typeof explained>[2]} [answers] */
const explain = (metric, answers = { bars: null }, from = context()) => explained(from, metric, answers, words, questions);

describe("the explanation of a number", () => {
  it("says what it means, how it is made, and its parts with their sum, which the engine gave", () => {
    const { title, value, meaning, formula, parts } = explain("backer.npv");
    assert.equal(title, "Harbour’s present value");
    assert.equal(value, "$30.0\u00a0bn");
    assert.ok(meaning !== "" && formula.includes("Σ"));
    assert.deepEqual(
      parts[0]?.rows.map(({ label, value: text }) => [label, text]),
      [["The stake", "$26.0\u00a0bn"], ["Revenue share", "$5.00\u00a0bn"], ["Hosting", "−$1.00\u00a0bn"], ["Together", "$30.0\u00a0bn"]],
    );
  });

  it("knows every number that can be picked, and those of clauses", () => {
    for (const metric of Object.keys(questions.metric)) {
      const say = words.numbers[metric];
      assert.ok(say && say.meaning !== "" && say.formula !== "" && say.words !== "", metric);
      const open = (say.formula.match(/\{/g) ?? []).length;
      assert.equal(open, (say.formula.match(/\}/g) ?? []).length, metric);
    }
    const { title, parts } = explain("backer.npv.equity");
    assert.match(title, /the stake/i);
    assert.deepEqual(parts[0]?.rows.map(({ label }) => label), ["2027"]);
  });

  it("has the values by year of what it is made of", () => {
    assert.deepEqual(explain("lab.funding_gap").parts[0]?.rows.map(({ label, value }) => [label, value]), [["2025", "6.00"], ["Together", "$6.00\u00a0bn"]]);
    assert.deepEqual(explain("lab.take_rate").parts[0]?.rows[0], { label: "2025", value: "15%", strong: false });
  });

  it("names the quantities of its own equation, with source and status, and what was changed", () => {
    const input = explain("backer.npv.revenue-share").inputs.find(({ path }) => path === "clauses.revenue-share.rate");
    assert.equal(input?.value, "20%");
    assert.equal(input?.status?.text, "reported");
    assert.deepEqual(input?.source, { title: "A letter", by: "The Gazette, October 29, 2025", url: "https://example.org/letter" });
    const state = withValue(untouched("pact"), deal, "clauses.revenue-share.rate", 0.1);
    const mine = explain("backer.npv.revenue-share", { bars: null }, context({ state })).inputs;
    assert.deepEqual(mine.find(({ path }) => path === "clauses.revenue-share.rate")?.changed, true);
    assert.deepEqual(explain("lab.funding_gap").inputs.map(({ path }) => path), ["lab.cash"]);
  });

  it("says what moves it once the engine has, without what does not", () => {
    assert.equal(explain("backer.npv").drivers, null);
    const drivers = explain("backer.npv", { bars }).drivers ?? [];
    assert.deepEqual(drivers.map(({ path }) => path), ["clauses.revenue-share.rate", "agi.year", "regulation.acts"]);
    assert.equal(drivers[0]?.text, "$22.0\u00a0bn at 12%, $33.0\u00a0bn at 22%");
  });

  it("shows a distribution where there is one", () => {
    assert.equal(explain("backer.npv").distribution, null);
    const distribution = { mean: 31, p10: -5, p50: 30, p90: 70, below_zero: 0.12 };
    const { rows, note } = explain("backer.npv", { bars, distribution }).distribution ?? { rows: [], note: null };
    assert.deepEqual(rows.map(({ value }) => value), ["−$5.00\u00a0bn", "$30.0\u00a0bn", "$70.0\u00a0bn", "$31.0\u00a0bn"]);
    assert.equal(note, "Below zero in 12 of 100 draws.");
    const few = explain("backer.npv", { bars, distribution: { ...distribution, below_zero: 0.0003 } }).distribution;
    assert.equal(few?.note, "Below zero in fewer than 1 of 100 draws.");
  });

  it("holds the number against the base case", () => {
    assert.equal(explain("backer.npv", { bars: null }, changed()).was, "base case $30.0\u00a0bn");
    assert.equal(explain("backer.npv").was, null);
  });
});

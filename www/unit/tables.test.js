// The tables of all figures: what a reader sees as a number leaves the page as a number, with all its digits and its unit in the head.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { describe, it } from "node:test";
import { csvOf } from "../export/csv.js";
import { agi } from "../figures/agi.js";
import { chance } from "../figures/chance.js";
import { clausePairs } from "../figures/clauses.js";
import { compare } from "../figures/compare.js";
import { even } from "../figures/even.js";
import { fan } from "../figures/fan.js";
import { flows } from "../figures/flows.js";
import { funding } from "../figures/funding.js";
import { heat } from "../figures/heat.js";
import { importance } from "../figures/importance.js";
import { infrastructure } from "../figures/infrastructure.js";
import { lab } from "../figures/lab.js";
import { ledger } from "../figures/ledger.js";
import { outcome } from "../figures/outcome.js";
import { payments } from "../figures/payments.js";
import { solve } from "../figures/solve.js";
import { tornado } from "../figures/tornado.js";
import { strings as draws } from "../strings/draws.js";
import { strings as words } from "../strings/figures.js";
import { strings as flowWords } from "../strings/flows.js";
import { strings } from "../strings/questions.js";
import { strings as run } from "../strings/run.js";
import { answer, bars, changed, comparison, curve, prices } from "./fixtures/card.js";
import { chanceAnswer, distribution, importances, spread } from "./fixtures/draws.js";
import { paid, paidBefore } from "./fixtures/payments.js";

/** @import { Table } from "../figures/context.js" */

const context = changed();
const rate = "clauses.revenue-share.rate";
/** @type {import("../engine/types.d.ts").MetricGrid} */
const grid = {
  metric: "lab.npv",
  x: { path: rate, at: [0, 0.035, 0.07], value: 0.035 },
  y: { path: "agi.year", at: [2027, 2031.125], value: 2031.125 },
  values: [[-20.125, 0, 20], [10, 30, null]],
  now: 30,
  lowest: { x: 0, y: 2027, value: -20.125 },
  highest: { x: 0.035, y: 2031.125, value: 30 },
};
const { curve: _scanned, ...broken } = answer({ roots: [0.03125], low: 0, high: 0.40625 });
const broke = { [rate]: broken, "agi.year": { ...broken, path: "agi.year", roots: [2029.125], value: 2031, low: 2026, high: 2040.5 } };
const scanned = answer({ curve: { at: [0, 0.03125, 1], value: [20, 32.0625, 45] } });

/** Every figure that has a table, by its module. @type {Record<string, Table>} */
const tables = {
  agi: agi(context, { curve, base: curve }, {}, strings).table(),
  chance: chance(context, { answer: chanceAnswer(), base: chanceAnswer() }, {}, strings).table(),
  clauses: clausePairs(context, { prices: prices(20), base: prices(24) }, {}).table(),
  compare: compare(context, { comparison }, {}, strings).table(),
  differences: compare(context, { comparison, spread }, { view: "spread" }, strings).table(),
  even: even(context, { all: broke }, {}, strings).table(),
  fan: fan(context, { draws: distribution(), base: distribution() }, { series: "lab.cash" }, draws).table(),
  flows: flows(context, flowWords).table(),
  funding: funding(context, { payments: paid, base: paidBefore }, words).table(),
  heat: heat(context, { grid }, { metric: "lab.npv", x: rate, y: "agi.year" }, words, strings).table(),
  importance: importance(context, { importance: importances, base: importances }, {}, strings).table(),
  infrastructure: infrastructure(context, words).table(),
  lab: lab(context, run.lab).table(),
  ledger: ledger(context, run.ledger).table(),
  outcome: outcome(context, { draws: distribution(), base: distribution() }, {}, draws).table(),
  payments: payments(context, { payments: paid, base: paidBefore }, {}, words).table(),
  solve: solve(context, { answer: scanned, base: scanned }, {}, strings).table(),
  tornado: tornado(context, { bars, slopes: { [rate]: 12.3456 } }, {}, strings).table(),
};
const linesOf = (/** @type {string} */ name) => {
  const table = tables[name];
  assert.ok(table, name);
  return csvOf(table, { source: "Source", stamp: "", none: "–" }).replace("\uFEFF", "").split("\r\n").filter((line) => line !== "");
};

describe("the tables of all figures", () => {
  it("are all here", async () => {
    const folder = new URL("../figures/", import.meta.url);
    const names = (await readdir(folder)).filter((name) => name.endsWith(".js"));
    const having = await Promise.all(names.map(async (name) => ((await readFile(new URL(name, folder), "utf8")).includes("table: () =>") ? [name.replace(".js", "")] : [])));
    assert.deepEqual(having.flat(), Object.keys(tables));
  });

  for (const [name, { head, full = head, units = [], rows }] of Object.entries(tables)) {
    it(`have their numbers in full: ${name}`, () => {
      assert.ok(rows.length > 0);
      assert.equal(full.length, head.length);
      assert.ok(units.length === 0 || units.length === head.length);
      for (const { label, full: inFull, cells, values } of rows) {
        assert.equal(cells.length, head.length - 1, label);
        assert.equal(values?.length, cells.length, label);
        if (units[0]) assert.ok(typeof inFull === "number" || !/\d/.test(label), `${label} is a number`);
        for (const [i, cell] of cells.entries()) {
          if (/\d/.test(cell)) assert.equal(typeof values[i], "number", `${label}, ${head[i + 1]}: ${cell}`);
        }
      }
    });

    it(`say in what they are: ${name}`, () => {
      for (const [i] of head.slice(1).entries()) {
        const said = [units[i + 1] ?? "", full[0] ?? "", full[i + 1] ?? ""].join(" ");
        // Where rows are in different units, each says its own.
        for (const { label, full: inFull = label, values = [] } of rows) {
          if (typeof values[i] !== "number" || /count|Draws in which|Year of AGI \(year\)/.test(String(inFull))) continue;
          assert.match(`${said} ${inFull}`, /USD|%|\byear\b|GW|TWh|0 or 1|Yes or no|acts/i, `${inFull}, ${head[i + 1]}`);
        }
      }
    });
  }

  it("have no unit in a cell of a file", () => {
    assert.deepEqual(linesOf("heat"), [
      "The present value of Lantern’s other owners (bn USD): Year of AGI (year) ↓ Revenue share (% of revenue) →,0,3.5,7,Source",
      "2031.125,10,30,,",
      "2027,-20.125,0,20,",
    ]);
    assert.deepEqual(linesOf("solve").slice(0, 3), [
      "Revenue share (% of revenue),Outcome (bn USD),Outcome (base case) (bn USD),Source",
      "0,20,20,",
      "3.125,32.0625,32.0625,",
    ]);
    assert.deepEqual(linesOf("even"), [
      "Assumption,Now,Breaks even at,Searched from,Searched to,Source",
      "Revenue share (% of revenue),20,3.125,0,40.625,",
      "Year of AGI (year),2031,2029.125,2026,2040.5,",
    ]);
    assert.match(linesOf("payments")[0] ?? "", /^Stream of money \(bn USD\),2025,2026,2027,Source$/);
    assert.match(linesOf("funding")[0] ?? "", /^Year,Raised from investors \(bn USD\),.*"?Harbour, %"?,/);
    const share = linesOf("tornado").find((line) => line.startsWith("Revenue share"));
    assert.match(share ?? "", /^Revenue share \(% of revenue\),12,22,22,33,0\.123456,$/);
    assert.match(linesOf("tornado").find((line) => line.startsWith("Year of AGI")) ?? "", /^Year of AGI \(year\),2027\.5,never,33,31,,$/);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { partBars } from "../charts/parts.js";
import { chance, chanceOf, firstAbove } from "../figures/chance.js";
import { compare } from "../figures/compare.js";
import { importance } from "../figures/importance.js";
import { strings } from "../strings/questions.js";
import { changed, comparison, context } from "./fixtures/card.js";
import { chanceAnswer, importances, spread } from "./fixtures/draws.js";

const plain = (/** @type {string} */ text) => text.replaceAll("\u00a0", " ");
/** Every row of a table is as wide as its head. @param {{ table: () => { head: string[], units?: string[], rows: { cells: string[], values?: unknown[] }[] } }} data */
function tableHolds({ table }) {
  const { head, units, rows } = table();
  if (units) assert.equal(units.length, head.length);
  for (const { cells, values } of rows) {
    assert.equal(cells.length, head.length - 1);
    assert.equal(values?.length, cells.length);
  }
  return rows;
}

describe("what matters when all is drawn together", () => {
  it("says how much of the variance comes from what matters most", () => {
    const data = importance(context(), { importance: importances }, { view: "joint" }, strings);
    assert.equal(
      data.heading,
      "When all assumptions are drawn together, “Revenue share” alone makes 40% of the variance of Harbour’s present value, and 50% with what it does together with others",
    );
    assert.deepEqual(data.rows.map(({ label }) => label), ["Revenue share", "Year of AGI", "Cash"]);
    assert.equal(data.refused, null);
    assert.equal(tableHolds(data)[0]?.cells[0], "40% ± 3.0%");
  });

  it("says why the engine refuses, and offers to leave the correlations out", () => {
    const data = importance(context(), { importance: { refused: "They are correlated." } }, { view: "joint" }, strings);
    assert.deepEqual(data.refused, { reason: "They are correlated.", without: "Leave the correlations out" });
    assert.deepEqual(data.rows, []);
    const pair = (/** @type {string} */ a, /** @type {string} */ b) =>
      `correlations.0: expected independent inputs, since …, found ${a} and ${b} with a correlation of 0.6`;
    const refused = [pair("agi.year", "clauses.revenue-share.rate"), pair("agi.year", "lab.cash")].join("\n");
    assert.equal(
      importance(context(), { importance: { refused } }, { view: "joint" }, strings).refused?.reason,
      "Shares exist only for independent assumptions. These move together here: “Year of AGI” with “Revenue share” and “Year of AGI” with “Cash”.",
    );
    assert.match(importance(context(), { importance: importances }, { independent: true }, strings).notes.join(), /left out/);
    assert.doesNotMatch(importance(context(), { importance: importances }, {}, strings).notes.join(), /left out/);
  });

  it("has the base case as marks once something is changed and it is there", () => {
    assert.equal(importance(changed(), { importance: importances }, {}, strings).rows[0]?.first.was, null);
    const data = importance(changed(), { importance: importances, base: importances }, {}, strings);
    assert.equal(data.rows[0]?.first.was, 0.4);
    tableHolds(data);
  });

  it("is bars from zero with whiskers to the ends of the interval", () => {
    const { zero, bars } = partBars({ rows: [[{ value: 0.5, error: 0.1, was: 1 }, { value: -0.02, error: 0.05, was: null }]], left: 7, right: 114, ticks: 4 });
    const [solid, other] = bars[0] ?? [];
    const near = (/** @type {number | undefined} */ a, /** @type {number} */ b) => assert.ok(Math.abs((a ?? NaN) - b) < 1e-9, `${a} is not ${b}`);
    near(zero, 14);
    near(solid?.x, 14);
    near(solid?.width, 50);
    near(solid?.from, 54);
    near(solid?.to, 74);
    near(solid?.was ?? NaN, 114);
    near(other?.x, 12);
    near(other?.from, 7);
  });
});

describe("what gives a chance", () => {
  const heading = (/** @type {Parameters<typeof chanceAnswer>[0]} */ rest) =>
    plain(chance(context(), { answer: chanceAnswer(rest) }, { mode: "chance" }, strings).heading);

  it("starts with a question that makes sense, which stands still while a lever moves", () => {
    const question = { vary: "clauses.revenue-share.rate", metric: "backer.npv", above: 25, chance: 0.8 };
    assert.deepEqual(chanceOf(context(), { mode: "chance" }), question);
    assert.deepEqual(chanceOf(changed(), { mode: "chance" }), question);
    assert.deepEqual([firstAbove(385, "money"), firstAbove(-3, "money"), firstAbove(2028.9, "year"), firstAbove(0.11, "percent")], [300, 0, 2028, 0.08]);
  });

  it("passes on what the reader picked", () => {
    const picks = { lever: "agi.year", metric: "lab.npv", above: { metric: "lab.npv", value: 50 }, chance: 0.9, interval: { path: "agi.year", low: 2026 } };
    assert.deepEqual(chanceOf(context(), picks), { vary: "agi.year", metric: "lab.npv", above: 50, chance: 0.9, low: 2026 });
    assert.equal(chanceOf(context(), { ...picks, metric: "backer.npv" }).above, 25);
    const [above, wanted] = chance(context(), { answer: chanceAnswer() }, {}, strings).goals;
    assert.deepEqual(above?.picks(60), { above: { metric: "backer.npv", value: 60 } });
    assert.deepEqual(wanted?.picks(95), { chance: 0.95 });
    assert.deepEqual(wanted?.picks(100), { chance: 0.999 }, "nothing that is drawn is certain");
  });

  it("says that one value gives it, several do, a jump passes it, or none does", () => {
    assert.equal(heading({}), "“Revenue share” at 31.2% gives an 80% chance that Harbour’s present value is above $25.0 bn");
    assert.equal(
      heading({ roots: [0.1], ranges: [{ from: 0.5, to: 0.6 }], status: "several" }),
      "Two values of “Revenue share” give an 80% chance that Harbour’s present value is above $25.0 bn: 10% and from 50% to 60%",
    );
    assert.match(heading({ roots: [], jumps: [{ at: 0.5, before: 0.6, after: 0.9 }], status: "none" }), /^No .* gives just .*: at 50% the chance jumps from 60% to 90%$/);
    assert.match(heading({ roots: [], status: "none", chance: 0.99 }), /gives a 99% chance .*: it is 97% at most, at 100%$/);
    assert.match(heading({ roots: [], status: "none", chance: 0.05 }), /gives a 5\.0% chance .*: it is 10% at least, at 0%$/);
  });

  it("says how sure it is", () => {
    const data = chance(context(), { answer: chanceAnswer({ exists: 0.9 }) }, {}, strings);
    const notes = data.notes.join(" ");
    assert.match(notes, /Now the chance is 60% ± 0\.8%\./);
    assert.match(notes, /sure to about ± 0\.4%/);
    assert.match(notes, /exists in 90% of the draws/);
    assert.deepEqual(data.errors, [0.01, 0.01, 0.005]);
    assert.deepEqual(data.offers.map(({ value }) => value), [0.312345]);
    tableHolds(data);
    tableHolds(chance(changed(), { answer: chanceAnswer(), base: chanceAnswer() }, {}, strings));
    const dates = chance(context(), { answer: chanceAnswer({ path: "agi.year", low: 2026, high: 2030, roots: [2027], root_errors: [0.02] }) }, { lever: "agi.year" }, strings);
    assert.match(plain(dates.notes.join(" ")), /sure to about ± 0\.02 years/);
  });
});

describe("how sure it is who won what", () => {
  const picks = { view: /** @type {const} */ ("spread") };

  it("is an interval for each side of each new agreement, with the run as assumed and the part of draws that are better", () => {
    const data = compare(context(), { comparison, spread }, picks, strings);
    const [step] = data.spread?.steps ?? [];
    assert.equal(step?.name, "Agreement of May 2025");
    assert.deepEqual(step?.rows.map(({ side, now, run, better }) => [side, now.low, now.median, now.high, run, better]), [
      ["backer", 0, 40, 80, 5, "better off in 90 of 100"],
      ["lab", -45, -25, -5, -12, "better off in no draw"],
    ]);
    assert.match(data.notes.join(), /From 1,024 draws/);
  });

  it("has a table of every figure, and the base case once something is changed", () => {
    assert.equal(tableHolds(compare(context(), { comparison, spread }, picks, strings)).length, 2);
    const data = compare(changed(), { comparison, base: comparison, spread, spreadBase: spread }, picks, strings);
    assert.deepEqual(data.spread?.steps[0]?.rows[0]?.was, { low: 0, median: 40, high: 80 });
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dotOutline, dotScale, dotSize, stackedDots } from "../charts/dots.js";
import { bandPath, quarterScale } from "../charts/fan.js";
import { dotsOf, outOfHundred, quantilesOf, stepsOf } from "../figures/draws.js";
import { fan, middleOf, pickedSeries, quarterName } from "../figures/fan.js";
import { outcome, pickedOutcome } from "../figures/outcome.js";
import { strings } from "../strings/draws.js";
import { changed, context } from "./fixtures/card.js";
import { distribution, evenly } from "./fixtures/draws.js";

const plain = (/** @type {string} */ text) => text.replaceAll("\u00a0", " ");

describe("a share of draws", () => {
  it("is none or all only where it is just that", () => {
    assert.deepEqual(
      [0, 0.001, 0.004, 0.17, 0.996, 0.9999, 1].map((part) => Object.values(outOfHundred(part)).join(" ")),
      ["none 0", "few 0", "few 0", "some 17", "most 100", "most 100", "all 100"],
    );
  });

  it("is fifty dots, in the middle of fifty equal parts", () => {
    const dots = dotsOf(quantilesOf(evenly(0, 100)));
    assert.equal(dots.length, 50);
    assert.deepEqual([dots[0], dots[1], dots.at(-1)], [1, 3, 99]);
    const { percentiles: _, ...rest } = evenly(0, 100);
    assert.deepEqual(dotsOf(quantilesOf(rest)), []);
    assert.deepEqual(dotsOf(quantilesOf(undefined)), []);
  });

  it("comes in steps, with one more where the reader wants it", () => {
    assert.equal(stepsOf({}).at(-1), 16384);
    assert.equal(stepsOf({ more: true }).at(-1), 65536);
  });
});

describe("how it could turn out", () => {
  const of = (/** @type {Parameters<typeof distribution>[0]} */ metrics, picks = {}) =>
    outcome(context(), { draws: distribution(metrics) }, picks, strings);

  it("says in its title where most draws lie, and in how many each side loses", () => {
    assert.equal(
      plain(of({}).heading),
      "In 80 of 100 draws Harbour’s present value is between $0 bn and $160 bn, and that of Lantern’s other owners between $10.0 bn and $90.0 bn; it is below zero in 10 of 100 for Harbour, in none for Lantern’s other owners",
    );
    assert.match(of({ "backer.npv": evenly(1, 2) }).heading, /; neither is below zero in any draw$/);
    assert.match(of({ "backer.npv": evenly(1, 2, { below_zero: 0.002 }) }).heading, /; each is below zero in fewer than 1 of 100$/);
    assert.match(of({}, { metric: "lab.npv" }).heading, /^In 80 of 100 draws the present value of Lantern’s other owners is between .*; it is below zero in none$/);
  });

  it("says nothing of zero where less than that is no loss", () => {
    const data = of({ "backer.payback": evenly(2026, 2030) }, { metric: "backer.payback" });
    assert.equal(data.heading, "In 80 of 100 draws the year in which Harbour is even is between 2026 and 2029");
    assert.ok(!data.zero && !data.losses);
  });

  it("has the run as assumed, and P10, P50 and P90 of both sides", () => {
    const { panels, losses } = of({});
    assert.deepEqual(panels.map(({ side, name, run }) => [side, name, run]), [["backer", "Harbour", 30], ["lab", "Lantern’s other owners", 40]]);
    assert.deepEqual(panels[0]?.marks.map(({ part, value }) => [part, value]), [[10, 0], [50, 80], [90, 160]]);
    assert.ok(losses);
    assert.ok(!of({ "backer.npv": evenly(1, 2) }).losses);
  });

  it("says the mean with its error, from how many draws, and in how many a metric exists", () => {
    const notes = plain(of({ "backer.npv": evenly(-20, 180, { count: 1000 }) }).notes.join(" "));
    assert.match(notes, /Harbour’s present value: mean \$80\.0 bn ± \$0\.3 bn\./);
    const dilution = (/** @type {number} */ error) => {
      const { notes: said } = of({ "lab.dilution": evenly(0.3, 0.48, { standard_error: error }) }, { metric: "lab.dilution" });
      return plain(said[0] ?? "").replace(/^.*: /, "");
    };
    assert.equal(dilution(0.0000455), "mean 39% ± less than 0.1 points.");
    assert.equal(dilution(0.0049), "mean 39% ± 0.5 points.");
    assert.equal(dilution(0.02345), "mean 39% ± 2.3 points.");
    assert.match(notes, /From 1,024 draws/);
    assert.match(notes, /Harbour’s present value exists in 1,000 of 1,024 draws\./);
  });

  it("has the base case beside it once something is changed", () => {
    const draws = distribution();
    const base = distribution({ "backer.npv": evenly(0, 100) });
    const data = outcome(changed(), { draws, base }, {}, strings);
    assert.equal(data.panels[0]?.was.at(-1), 99);
    assert.equal(data.table().head.length, 5);
    assert.deepEqual(outcome(context(), { draws, base }, {}, strings).panels[0]?.was, []);
  });

  it("has a table of all that the engine says of the draws", () => {
    const { head, rows } = of({}).table();
    for (const { cells } of rows) assert.equal(cells.length, head.length - 1);
    assert.deepEqual(plain(rows[0]?.cells.join() ?? ""), "$80.0 bn,$50.0 bn");
    assert.equal(rows.length, 13);
  });

  it("offers more draws once it has all that come unasked", () => {
    const more = (/** @type {number} */ paths, picks = {}) => outcome(context(), { draws: distribution({}, paths) }, picks, strings).more.offered;
    assert.deepEqual([more(1024), more(16384), more(16384, { more: true })], [false, true, false]);
  });

  it("shows a metric that the deal has", () => {
    assert.equal(pickedOutcome(context(), { metric: "lab.dilution" }), "lab.dilution");
    assert.equal(pickedOutcome(context(), { metric: "backer.moic" }), "npv");
  });

  it("says so where no draw has the metric", () => {
    const { percentiles: _, ...rest } = evenly(0, 1);
    const none = { ...rest, count: 0, mean: null, p10: null, p50: null, p90: null };
    assert.match(of({ "lab.dilution": none }, { metric: "lab.dilution" }).heading, /^There is no such thing/);
  });
});

describe("how it could go", () => {
  const picks = { series: "lab.cash" };
  const draws = distribution();

  it("says between which values most draws lie, in the middle and at the end", () => {
    const data = fan(context(), { draws }, picks, strings);
    assert.equal(plain(data.heading), "In 80 of 100 draws Lantern’s cash is between $0 bn and $5.00 bn in Q1 2026, and between −$2.00 bn and $9.00 bn in Q4 2027");
    assert.equal(data.side, "lab");
  });

  it("has the run as assumed, and the base case once something is changed", () => {
    const data = fan(context(), { draws }, picks, strings);
    assert.deepEqual(Array.from(data.run), [5, 2, 4]);
    assert.equal(data.was, null);
    const base = { ...draws, bands: { "lab.cash": { p10: [0, 0, 0], p50: [4, 4, 4], p90: [8, 8, 8] } } };
    const after = fan(changed(), { draws, base }, picks, strings);
    assert.equal(after.table().head.length, 8);
    assert.deepEqual(after.readings(0).map(({ text, was }) => [plain(text), was && plain(was)]), [
      ["$6.00 bn", "$8.00 bn"],
      ["$4.00 bn", null],
      ["$1.00 bn", "$0 bn"],
      ["$5.00 bn", null],
    ]);
  });

  it("offers the series that the deal has", () => {
    const data = fan(context(), { draws }, picks, strings);
    assert.deepEqual(data.groups.flatMap(({ options }) => options.map(({ id }) => id)), ["lab.cash", "cumulative", "infrastructure.gw"]);
    assert.equal(pickedSeries(context(), { series: "gone" }), "lab.revenue");
  });

  it("names the quarter that ends at a date", () => {
    const name = (/** @type {number} */ end) => quarterName(end, (number, year) => `${number} ${year}`);
    assert.deepEqual([2026, 2026.25, 2027, 2035.997].map(name), ["4 2025", "1 2026", "4 2026", "4 2035"]);
    assert.equal(middleOf([2026, 2026.25, 2026.5, 2026.75, 2027, 2027.25]), 4);
  });
});

describe("stacked dots", () => {
  const scale = (/** @type {number} */ value) => value;

  it("stand on each other in columns, and can be counted", () => {
    const dots = stackedDots({ values: [1, 3, 12, 14, 25], scale, left: 0, size: 10, floor: 100 });
    assert.deepEqual(dots.map(({ x, y }) => [x, y]), [[5, 95], [5, 85], [15, 95], [15, 85], [25, 95]]);
  });

  it("have a column that ends where one starts, on both sides", () => {
    const dots = stackedDots({ values: [-1, 1], scale, left: 0, size: 10, floor: 100 });
    assert.deepEqual(dots.map(({ x }) => x), [-5, 5]);
  });

  it("are as large as fits, whatever stands there", () => {
    const heap = Array.from({ length: 50 }, () => 5);
    assert.equal(dotSize({ stacks: [[1, 50], [90]], scale, left: 0, height: 100, most: 15 }), 15);
    const size = dotSize({ stacks: [heap], scale, left: 0, height: 100, most: 15 });
    assert.equal(size, 2);
  });

  it("have an outline of steps, also over the gaps", () => {
    assert.equal(dotOutline({ values: [1, 3, 25], scale, left: 0, size: 10, floor: 100 }), "M0,100V80H10V100H20V90H30V100");
    assert.equal(dotOutline({ values: [], scale, left: 0, size: 10, floor: 100 }), "");
  });

  it("share a scale that has zero in sight where that means something", () => {
    const sides = { left: 0, right: 100, ticks: 4 };
    const { scale: with0 } = dotScale({ values: [5, 10, null], zero: true, ...sides });
    assert.ok(with0(0) > 0 && with0(10) < 100);
    assert.ok(dotScale({ values: [2026, 2030], zero: false, ...sides }).scale(2026) < 5);
    assert.ok(Number.isFinite(dotScale({ values: [3], zero: false, ...sides }).scale(3)));
  });
});

describe("a fan", () => {
  it("breaks where there is nothing", () => {
    const path = bandPath([1, 2, 3, 4, 5], [0, 0, null, 0, 0], [1, 2, 3, 4, 5], (x) => x, (y) => y);
    assert.equal(path.split("M").length - 1, 2);
    assert.ok(!path.includes("NaN"));
  });

  it("has a place for each quarter, and the years of which there is enough", () => {
    const at = Array.from({ length: 9 }, (_, i) => 2026 + i / 4);
    const { scale, years, step } = quarterScale(at, { left: 0, right: 225 });
    assert.equal(scale(2026), 25);
    assert.equal(step, 100);
    assert.deepEqual(years.map(({ year, middle }) => [year, middle]), [[2026, 75], [2027, 175]]);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agi, ownDate } from "../figures/agi.js";
import { clausePairs } from "../figures/clauses.js";
import { compare } from "../figures/compare.js";
import { comparisonOf } from "../figures/compared.js";
import { even } from "../figures/even.js";
import { metricGroups } from "../figures/metrics.js";
import { leverOptions } from "../figures/quantities.js";
import { asked, firstTarget, questionOf, solve } from "../figures/solve.js";
import { pickedMetric, tornado } from "../figures/tornado.js";
import { strings } from "../strings/questions.js";
import { deal } from "./fixtures/deal.js";
import { answer, bars, changed, comparison, context, curve, prices, withDate } from "./fixtures/card.js";

/** Every row of a table is as wide as its head. @param {{ table: () => { head: string[], rows: { cells: string[] }[] } }} data */
function tableHolds({ table }) {
  const { head, rows } = table();
  assert.ok(rows.length > 0);
  for (const { cells } of rows) assert.equal(cells.length, head.length - 1);
  return rows;
}

describe("what each clause is worth", () => {
  it("is a pair of bars for each clause or bundle that is worth anything, the largest first", () => {
    const data = clausePairs(context(), { prices: prices(24) }, {});
    assert.deepEqual(data.rows.map(({ id }) => id), ["investment", "revenue-share"]);
    assert.deepEqual(data.rows[0]?.bars.map(({ side, value }) => [side, value]), [["backer", 24], ["lab", -31]]);
    assert.match(data.notes.join(), /nothing to either side.*cloud/);
    assert.equal(tableHolds(data).length, 3);
  });

  it("says what a bundle holds", () => {
    const data = clausePairs(context(), { prices: prices(24) }, {});
    assert.match(data.rows[0]?.holds ?? "", /the stake/);
    assert.equal(data.rows[1]?.holds, "");
  });

  it("says in its title who gets and who gives most", () => {
    const heading = (/** @type {number} */ equity) => clausePairs(context(), { prices: prices(equity) }, {}).heading;
    assert.equal(heading(24), "The stake is worth most to Harbour, and costs Lantern’s other owners most");
    assert.equal(heading(12), "The stake and the revenue share are worth most to Harbour; Lantern’s other owners give most by the stake");
    assert.equal(heading(-3), "The revenue share is worth most to Harbour; Lantern’s other owners give most by the stake");
    const none = prices(-1);
    none.backer["revenue-share"] = { removal: -1, shapley: -1 };
    none.lab["investment"] = { removal: 1, shapley: 1 };
    assert.equal(
      clausePairs(context(), { prices: none }, {}).heading,
      "No clause is worth anything to Harbour; Lantern’s other owners gain most by the revenue share",
    );
  });

  it("shows what is lost when a clause alone goes, if that is picked", () => {
    const data = clausePairs(context(), { prices: prices(24) }, { view: "removal" });
    assert.equal(data.rows[0]?.bars[0].value, 22);
    assert.match(data.unit, /alone/);
  });

  it("has no fair shares above twelve clauses, and says why", () => {
    const many = { ...prices(24), note: "Too many." };
    const data = clausePairs(context(), { prices: many }, { view: "shapley" });
    assert.equal(data.view, "removal");
    assert.deepEqual(data.views.map(({ disabled }) => disabled), [true, false]);
    assert.ok(data.notes.includes("Too many."));
  });

  it("keeps the rows in their places while a lever moves, with the base case beside each", () => {
    const data = clausePairs(changed(), { prices: prices(1), base: prices(24) }, {});
    assert.deepEqual(data.rows.map(({ id }) => id), ["investment", "revenue-share"]);
    assert.equal(data.rows[0]?.bars[0].base, 24);
    assert.match(data.rows[0]?.bars[0].baseText ?? "", /24/);
    assert.equal(data.rows[0]?.bars[1].baseText, null, "the lab’s price did not change");
    tableHolds(data);
  });

  it("gives the totals of the engine", () => {
    const { totals } = clausePairs(context(), { prices: prices(24) }, {});
    assert.deepEqual(totals.rows.map(({ cells }) => cells.map((cell) => cell.replace(/[^0-9.]/g, ""))), [["30.0", "40.0"], ["2.00", "60.0"], ["28.0", "20.0"]]);
  });
});

describe("the curve of AGI", () => {
  it("reads the reader’s date off the engine’s series", () => {
    const series = (/** @type {number[]} */ before) => ({ result: { ...withDate(), series: { ...withDate().series, "agi.before": Float64Array.from(before) } } });
    assert.equal(ownDate(context(series([1, 0.5, 0]))), 2026.125);
    assert.equal(ownDate(context(series([1, 0, 0]))), 2026);
    assert.equal(ownDate(context(series([1, 1, 0.25]))), 2026.3125);
    assert.equal(ownDate(context(series([1, 1, 1]))), null);
  });

  it("says what AGI at that date is worth against never", () => {
    const data = agi(context({ result: withDate() }), { curve }, {}, strings);
    assert.match(data.heading.replaceAll("\u00a0", " "), /AGI in February 2026 lifts Harbour \(\$30\.0 bn instead of \$24\.0 bn if it never counted for the contract\) and leaves Lantern’s other owners at \$40\.0 bn/);
    assert.equal(data.own.date, 2026.125);
    const costly = agi(context({ result: { ...withDate(), metrics: { ...withDate().metrics, "backer.npv": 20 } } }), { curve }, {}, strings);
    assert.match(costly.heading, /costs Harbour/);
  });

  it("says what there is without AGI where the reader assumes none", () => {
    const never = { ...withDate(), series: { ...withDate().series, "agi.before": Float64Array.of(1, 1, 1) } };
    assert.match(agi(context({ result: never }), { curve }, {}, strings).heading, /^Without AGI Harbour has \$30\.0/);
  });

  it("has both sides, or the backer’s clauses that bring anything", () => {
    const totals = agi(context({ result: withDate() }), { curve }, {}, strings);
    assert.deepEqual(totals.lines.map(({ side, own }) => [side, own]), [["backer", 30], ["lab", 40]]);
    const clauses = agi(context({ result: withDate() }), { curve }, { view: "clauses" }, strings);
    assert.deepEqual(clauses.lines.map(({ id }) => id), ["backer.npv.hosting", "backer.npv.revenue-share", "backer.npv.equity"]);
    assert.equal(tableHolds(totals).length, 5);
    assert.equal(totals.table().rows.at(-1)?.label, strings.agi.never);
  });

  it("has the base case beside it once something is changed", () => {
    const data = agi({ ...changed(), result: withDate() }, { curve, base: curve }, {}, strings);
    assert.deepEqual(data.lines[0]?.base, curve.metrics["backer.npv"]);
    tableHolds(data);
    assert.equal(agi(context({ result: withDate() }), { curve, base: curve }, {}, strings).lines[0]?.base, null);
  });
});

describe("the tornado", () => {
  it("draws what has an effect, counts what has none, and says what cannot be calculated", () => {
    const data = tornado(context(), { bars }, {}, strings);
    assert.deepEqual(data.rows.map(({ path }) => path), ["clauses.revenue-share.rate", "agi.year", "regulation.acts"]);
    assert.match(data.notes.join(" "), /1 of 4 uncertain assumptions do not move it/);
    assert.match(data.notes.join(" "), /It acts too soon\./);
    assert.equal(data.rows[1]?.turns, true);
  });

  it("writes the values of the quantity at the ends: shares in per cent, dates, never, yes and no", () => {
    const [rate, year, flag] = tornado(context(), { bars }, {}, strings).rows;
    assert.deepEqual([rate?.low.text, rate?.high.text], ["12%", "22%"]);
    assert.deepEqual([year?.low.text, year?.high.text], ["Jul 2027", "never"]);
    assert.deepEqual([flag?.low.text, flag?.high.text], ["No", "Yes"]);
  });

  it("says in its title what matters most, and how much", () => {
    assert.equal(
      tornado(context(), { bars }, {}, strings).heading.replaceAll("\u00a0", " "),
      "“Revenue share” matters most: between 12% and 22% it moves Harbour’s present value from $22.0 bn to $33.0 bn",
    );
    assert.match(tornado(context(), { bars: bars.slice(3) }, {}, strings).heading, /^No uncertain assumption moves Harbour/);
  });

  it("draws twelve bars at most, and counts the rest", () => {
    const many = Array.from({ length: 15 }, (_, i) => ({ ...bars[0], path: `p${i}`, at_low: 20 - i })).map((bar) => ({ ...bars[0], ...bar }));
    const data = tornado(context(), { bars: /** @type {typeof bars} */ (many) }, {}, strings);
    assert.equal(data.rows.length, 12);
    assert.match(data.notes.join(), /3 more/);
    assert.equal(tableHolds(data).length, 15);
  });

  it("has the exact slopes in its table: by percentage point, by year", () => {
    const slopes = { "clauses.revenue-share.rate": 150, "agi.year": -2, "regulation.acts": null, "lab.cash": 0 };
    const cells = tornado(context(), { bars, slopes }, { table: true }, strings)
      .table()
      .rows.map(({ cells }) => cells.at(-1)?.replaceAll("\u00a0", " "));
    assert.deepEqual(cells, ["+$1.5 bn per percentage point", "−$2 bn per year", "–", "$0 bn per bn USD"]);
  });

  it("gives changes of a share in points", () => {
    const slopes = { "agi.year": 0.0123 };
    const data = tornado(context(), { bars, slopes }, { metric: "lab.dilution", table: true }, strings);
    assert.equal(data.table().rows[1]?.cells.at(-1), "+1.23\u00a0points per year");
  });

  it("asks about a metric that the deal has", () => {
    assert.equal(pickedMetric(context(), { metric: "lab.dilution" }), "lab.dilution");
    assert.equal(pickedMetric(context(), { metric: "backer.moic" }), "backer.npv");
  });

  it("has the base case as a mark where it differs", () => {
    const data = tornado(changed(), { bars, base: bars }, {}, strings);
    assert.equal(data.was, 30);
    assert.equal(data.rows[0]?.low.was, 22);
    assert.equal(tornado(context(), { bars }, {}, strings).was, null);
  });
});

describe("what it would take", () => {
  const heading = (/** @type {Parameters<typeof answer>[0]} */ rest) =>
    solve(context(), { answer: answer(rest) }, {}, strings).heading.replaceAll("\u00a0", " ");

  it("starts with a question that makes sense", () => {
    assert.deepEqual(questionOf(asked(context(), {})), { vary: "clauses.revenue-share.rate", metric: "backer.npv", target: 40 });
    assert.deepEqual(questionOf(asked(context(), { mode: "fair" })), { vary: "clauses.revenue-share.rate", share: 0.5 });
    assert.equal(asked(context(), { lever: "gone", metric: "gone" }).path, "clauses.revenue-share.rate");
    assert.equal(asked(changed(), {}).target, 40, "the target does not follow the lever");
    assert.deepEqual(
      [firstTarget(385, "money"), firstTarget(0.4953, "percent"), firstTarget(54.9, "multiple"), firstTarget(2028.87, "year"), firstTarget(-42, "money")],
      [500, 0.6, 80, 2027, 0],
    );
  });

  it("passes on what the reader picked", () => {
    const picks = { lever: "agi.year", metric: "lab.npv", target: { metric: "lab.npv", value: 50 }, interval: { path: "agi.year", low: 2026, high: 2030 } };
    assert.deepEqual(questionOf(asked(context(), picks)), { vary: "agi.year", metric: "lab.npv", target: 50, low: 2026, high: 2030 });
    // A target is of its metric, and an interval of its lever.
    assert.deepEqual(questionOf(asked(context(), { ...picks, metric: "backer.npv", lever: "lab.cash" })), { vary: "lab.cash", metric: "backer.npv", target: 40 });
  });

  it("says that one value does it, several do, a range does, or none", () => {
    assert.equal(heading({}), "“Revenue share” at 40.4% brings Harbour’s present value to $40.0 bn");
    assert.equal(
      heading({ roots: [0.1, 0.7], status: "several" }),
      "Two values of “Revenue share” bring Harbour’s present value to $40.0 bn: 10% and 70%",
    );
    assert.equal(
      heading({ roots: [0.1], ranges: [{ from: 0.5, to: 0.6 }], status: "several" }),
      "Two values of “Revenue share” bring Harbour’s present value to $40.0 bn: 10% and from 50% to 60%",
    );
    assert.equal(
      heading({ roots: [], ranges: [{ from: 0.5, to: 0.6 }], status: "several" }),
      "“Revenue share” anywhere from 50% to 60% leaves Harbour’s present value at $40.0 bn",
    );
    assert.equal(
      heading({ roots: [], status: "none", target: 90 }),
      "No “Revenue share” between 0% and 100% brings Harbour’s present value to $90.0 bn: it reaches $70.0 bn at most, at 100%",
    );
    assert.equal(
      heading({ roots: [], status: "none", target: 5 }),
      "No “Revenue share” between 0% and 100% brings Harbour’s present value to $5.00 bn: it is $20.0 bn at least, at 0%",
    );
    assert.match(heading({ roots: [], status: "none", reach: null }), /There is no such thing/);
  });

  it("tells a jump from a root", () => {
    const jumps = [{ at: 0.5, before: 30, after: 45 }];
    const data = solve(context(), { answer: answer({ roots: [], jumps, status: "none" }) }, {}, strings);
    assert.match(data.heading, /^No “Revenue share” brings .* to just \$40\.0.*: at 50% it jumps from \$30\.0.* to \$45\.0/);
    assert.deepEqual(data.offers.map(({ value }) => value), [0.5]);
    const both = solve(context(), { answer: answer({ jumps }) }, {}, strings);
    assert.match(both.heading, /^“Revenue share” at 40\.4%/);
    assert.match(both.notes.join(), /At 50% it jumps past the target/);
  });

  it("offers to set the lever there, in digits that someone would type, until it is there", () => {
    const [offer] = solve(context(), { answer: answer({ roots: [0.4036621446039229] }) }, {}, strings).offers;
    assert.deepEqual([offer?.path, offer?.value, offer?.done], ["clauses.revenue-share.rate", 0.403662, false]);
    const [there] = solve(context(), { answer: answer({ roots: [0.4036621], value: 0.403662 }) }, {}, strings).offers;
    assert.equal(there?.done, true);
  });

  it("picks what is typed, in the unit of the quantity", () => {
    const { goals, interval } = solve(context(), { answer: answer() }, { interval: { path: "clauses.revenue-share.rate", high: 0.5 } }, strings);
    assert.deepEqual(goals[0]?.picks(45), { target: { metric: "backer.npv", value: 45 } });
    assert.deepEqual(interval[0]?.picks(7), { interval: { path: "clauses.revenue-share.rate", low: 0.07, high: 0.5 } });
    assert.deepEqual(interval.map(({ value, sign }) => [value, sign]), [[0, "%"], [100, "%"]]);
  });

  it("says what never would be, and what is not allowed", () => {
    const data = solve(context(), { answer: answer({ at_never: 55, refused: "no further" }) }, {}, strings);
    assert.match(data.notes.join(" "), /never.*\$55\.0/);
    assert.match(data.notes.join(" "), /no further/);
  });

  it("has the lever as it is on the curve, unless that is never", () => {
    assert.equal(solve(context(), { answer: answer() }, {}, strings).now?.at, 0.2);
    assert.equal(solve(context(), { answer: answer({ value: null }) }, {}, strings).now, null);
  });

  it("has a table of the curve, the base case beside it once something is changed", () => {
    assert.equal(tableHolds(solve(context(), { answer: answer() }, {}, strings)).length, 5);
    const data = solve(changed(), { answer: answer(), base: answer() }, {}, strings);
    tableHolds(data);
    assert.ok(data.baseCurve);
  });

  it("asks for fair terms of a clause, and says by how much they are missed", () => {
    const terms = (/** @type {Parameters<typeof answer>[0]} */ rest) =>
      solve(context(), { answer: answer({ metric: null, target: null, share: 0.5, gains: { backer: 28, lab: -20 }, ...rest }) }, { mode: "fair" }, strings);
    assert.equal(terms({}).heading, "“Revenue share” at 40.4% gives Harbour 50% of the surplus");
    assert.match(terms({ roots: [], status: "none" }).heading, /down to 50% of the surplus: it has \$20\.0.* too much at least, at 0%/);
    const lacking = { lowest: { at: 0, value: -40 }, highest: { at: 1, value: -3 } };
    assert.match(terms({ roots: [], status: "none", reach: lacking }).heading, /up to 50% of the surplus: it lacks \$3\.00.* at least, at 100%/);
    assert.match(terms({}).notes.join(), /Harbour gains \$28\.0.* and Lantern’s other owners lose \$20\.0/);
    assert.equal(terms({}).metrics, null);
    const levers = terms({}).lever.groups.flatMap(({ options }) => options.map(({ id }) => id));
    assert.ok(levers.length > 0 && levers.every((path) => path.startsWith("clauses.")));
  });

  it("lists what breaks even by itself, and names the rest in the table", () => {
    const { curve: _scanned, ...rest } = answer({ roots: [0.05] });
    const none = { ...rest, path: "lab.cash", roots: [], value: 15, low: 0, high: 60 };
    const data = even(context(), { all: { a: rest, b: none } }, {}, strings);
    assert.equal(data.heading, "Only one of 2 uncertain assumptions could bring Harbour’s present value to nothing by itself: “Revenue share”, at 5%");
    assert.deepEqual(data.rows.map(({ path }) => path), ["clauses.revenue-share.rate"]);
    const table = tableHolds(data);
    assert.equal(table[1]?.cells[1], strings.solve.even.none);
    assert.match(even(context(), { all: { b: none } }, {}, strings).heading, /^None of 1/);
    const { rows } = even(changed(), { all: { [rest.path]: rest }, base: { [rest.path]: { ...rest, roots: [0.3] } } }, {}, strings);
    assert.deepEqual(rows[0]?.was, [0.3]);
  });
});

describe("old terms and new terms", () => {
  it("asks about every deal of the library in the order of signing, in the world of the chosen one", () => {
    const request = { deal: "pact", set: { "agi.year": 2030 } };
    assert.deepEqual(comparisonOf(context(), request), [[{ deal: "old-pact" }, request], 1]);
  });

  it("says who won what, by the engine’s differences", () => {
    const data = compare(context(), { comparison }, {}, strings);
    assert.equal(data.heading.replaceAll("\u00a0", " "), "The agreement of May 2025 brought Harbour $5.00 bn and cost Lantern’s other owners $12.0 bn");
    assert.deepEqual(data.deals.map(({ name, chosen }) => [name, chosen]), [["March 2021", false], ["May 2025", true]]);
    assert.deepEqual(data.lines.map(({ shortChanges }) => shortChanges), [["+5.00"], ["−12.0"]]);
  });

  it("has the figures or the clauses of all of them side by side, each with its change", () => {
    const figures = compare(context(), { comparison }, {}, strings);
    assert.deepEqual(figures.rows.map(({ cells }) => cells.map(({ change }) => change.replaceAll("\u00a0", " "))), [["", "+$5.00 bn"], ["", "−$12.0 bn"], ["", "+2.50 points"]]);
    const clauses = compare(context(), { comparison }, { view: "backer" }, strings);
    assert.deepEqual(clauses.rows.map(({ label }) => label), ["Stake and capital", "Revenue share", "Cloud", strings.compare.empty, strings.compare.total]);
    assert.match(clauses.rows[0]?.cells[1]?.change ?? "", /\+\$4\.00/);
    tableHolds(figures);
  });

  it("passes on what the engine remarks", () => {
    assert.ok(compare(context(), { comparison }, {}, strings).notes.includes("Look out."));
  });
});

describe("what can be picked", () => {
  it("are the metrics that the deal has a figure for, and its clauses", () => {
    const groups = metricGroups(context(), strings);
    const ids = groups.flatMap(({ options }) => options.map(({ id }) => id));
    assert.ok(ids.includes("lab.npv") && ids.includes("backer.npv.equity"));
    assert.ok(!ids.includes("backer.moic"));
    for (const { options } of groups) for (const { title } of options) assert.match(title, /^[A-Z]/);
  });

  it("are the quantities between whose values others lie, the clauses’ first", () => {
    const groups = leverOptions(context(), strings);
    assert.equal(groups[0]?.options[0]?.id, "clauses.revenue-share.rate");
    const ids = groups.flatMap(({ options }) => options.map(({ id }) => id));
    assert.ok(ids.includes("agi.year") && !ids.includes("regulation.acts"));
    const nothing = { ...deal, quantities: deal.quantities.map((each) => (each.path === "lab.cash" ? { ...each, value: 0 } : each)) };
    const left = leverOptions(context({ info: nothing }), strings).flatMap(({ options }) => options.map(({ id }) => id));
    assert.ok(ids.includes("lab.cash") && !left.includes("lab.cash"), "there is no telling where to search");
  });
});

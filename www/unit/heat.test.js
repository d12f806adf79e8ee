// Two assumptions at once: classes of colour, lines of one value, and what the figure says.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { binOf, bins, cellScale, isolines } from "../charts/heat.js";
import { gridQuestion, heat, heatAsked } from "../figures/heat.js";
import { strings as words } from "../strings/figures.js";
import { strings } from "../strings/questions.js";
import { changed, context } from "./fixtures/card.js";

/** @import { MetricGrid } from "../engine/types.d.ts" */

const asked = { metric: "backer.npv", x: "clauses.revenue-share.rate", y: "agi.year" };

/**
 * @param {Partial<MetricGrid>} [rest]
 * @returns {MetricGrid}
 */
const grid = (rest = {}) => ({
  metric: "backer.npv",
  x: { path: asked.x, at: [0, 0.2, 0.4], value: 0.2 },
  y: { path: asked.y, at: [2027, 2031], value: 2031 },
  values: [
    [-20, 0, 20],
    [10, 30, null],
  ],
  now: 30,
  lowest: { x: 0, y: 2027, value: -20 },
  highest: { x: 0.2, y: 2031, value: 30 },
  ...rest,
});

describe("classes of colour", () => {
  it("part at zero, and are as strong on one side as on the other at the same distance", () => {
    const classes = bins(-42, 27, true);
    assert.ok(classes.some(({ to }) => to === 0));
    const of = (/** @type {number} */ value) => binOf(classes, value);
    assert.equal(of(-25)?.sign, -1);
    assert.equal(of(25)?.sign, 1);
    assert.equal(of(-25)?.mix, of(25)?.mix);
    assert.ok((of(-41)?.mix ?? 0) > (of(-5)?.mix ?? 0));
    for (const { mix } of classes) assert.ok(mix > 0 && mix <= 1);
  });

  it("go from weak to strong where there is nothing to part at", () => {
    const classes = bins(2, 9, false);
    assert.deepEqual(classes.map(({ mix }) => mix), classes.map(({ mix }) => mix).toSorted((a, b) => a - b));
    assert.ok(classes.every(({ sign }) => sign === 0));
    assert.equal(binOf(classes, 9), classes.at(-1));
    assert.equal(binOf(classes, 2), classes[0]);
  });

  it("exist where all is one value", () => {
    assert.ok(bins(0, 0, true).length > 0);
    assert.ok(bins(5, 5, false).length > 0);
  });
});

describe("cells", () => {
  it("hold their values in their middles", () => {
    const scale = cellScale([10, 20, 30], 0, 90);
    assert.deepEqual([scale.place(10), scale.place(20), scale.place(25)], [15, 45, 60]);
    assert.deepEqual([scale.indexAt(-5), scale.indexAt(50), scale.indexAt(500)], [0, 1, 2]);
    assert.equal(scale.nearest(24), 1);
    assert.deepEqual(scale.ticks(3).map(({ at }) => at), [15, 45, 75]);
  });

  it("can be counted from below", () => {
    const scale = cellScale([1, 2], 100, 0);
    assert.deepEqual([scale.place(1), scale.place(2), scale.indexAt(90), scale.indexAt(10)], [75, 25, 0, 1]);
  });
});

describe("a line of one value", () => {
  it("passes where neighbours say that it must", () => {
    // The value is twice the column, so that it is 3 at one and a half.
    const cells = [0, 1, 2].map(() => [0, 1, 2, 3].map((column) => 2 * column));
    const lines = isolines(cells, 3);
    assert.equal(lines.length, 1);
    for (const [x] of lines[0] ?? []) assert.ok(Math.abs(x - 2) < 1e-9, String(x));
    const rows = lines[0]?.map(([, y]) => y) ?? [];
    assert.deepEqual([Math.min(...rows), Math.max(...rows)], [0.5, 2.5]);
  });

  it("is closed around a peak, and is not where the value is never taken", () => {
    const cells = [[0, 0, 0], [0, 4, 0], [0, 0, 0]];
    const [line = []] = isolines(cells, 2);
    assert.equal(line.length, 5);
    assert.deepEqual(line[0], line.at(-1));
    assert.deepEqual(isolines(cells, 9), []);
    assert.deepEqual(isolines(cells, -1), []);
  });

  it("ends where there is no value", () => {
    const cells = [[0, 2, 4], [0, 2, 4], [null, null, null]];
    const lines = isolines(cells, 1);
    assert.equal(lines.length, 1);
    for (const [, y] of lines[0] ?? []) assert.ok(y <= 1.5 + 1e-9, String(y));
  });

  it("needs a plane", () => {
    assert.deepEqual(isolines([[0, 1, 2]], 1), []);
    assert.deepEqual(isolines([], 1), []);
  });
});

describe("two assumptions at once", () => {
  const data = (answer = grid()) => heat(context(), { grid: answer }, asked, words, strings);

  it("asks first whether the cloud pays, and otherwise about the present value by the terms of the deal", () => {
    assert.deepEqual(heatAsked(context(), {}), { metric: "backer.npv", x: "clauses.revenue-share.rate", y: "demand.lines.chat.growth" });
    const { info } = context();
    const [first] = info.quantities;
    assert.ok(first);
    const more = (/** @type {string[]} */ ...paths) => ({ ...info, quantities: [...info.quantities, ...paths.map((path) => ({ ...first, path }))] });
    assert.deepEqual(heatAsked(context({ info: more("compute.price", "compute.capex") }), {}), { metric: "backer.npv.hosting", x: "compute.price", y: "compute.capex" });
    assert.deepEqual(heatAsked(context({ info: more("clauses.equity.fraction", "compute.price") }), {}), {
      metric: "backer.npv",
      x: "clauses.revenue-share.rate",
      y: "clauses.equity.fraction",
    });
    const off = { ...info, clauses: info.clauses.map((clause) => ({ ...clause, enabled: false })) };
    assert.deepEqual(heatAsked(context({ info: off }), {}), { metric: "backer.npv", x: "demand.lines.chat.growth", y: "agi.year" });
    const picked = heatAsked(context(), { metric: "lab.npv", x: "lab.cash", y: "agi.year" });
    assert.deepEqual(picked, { metric: "lab.npv", x: "lab.cash", y: "agi.year" });
  });

  it("never asks about one quantity twice, nor about what the deal does not have", () => {
    const twice = heatAsked(context(), { x: "agi.year", y: "agi.year" });
    assert.equal(twice.x, "agi.year");
    assert.notEqual(twice.y, "agi.year");
    assert.equal(heatAsked(context(), { metric: "no.such", x: "no.such" }).metric, "backer.npv");
  });

  it("looks as far as the slider goes, or as far as the engine searches", () => {
    const question = gridQuestion(context(), { metric: "lab.npv", x: "clauses.revenue-share.rate", y: "lab.cash" });
    assert.deepEqual(question.x, { path: "clauses.revenue-share.rate", low: 0, high: 0.4, steps: 21 });
    assert.deepEqual(question.y, { path: "lab.cash", steps: 21 });
    assert.deepEqual(gridQuestion(context(), { ...asked, x: "regulation.acts" }).x, { path: "regulation.acts", steps: 21 });
  });

  it("says whether a gain turns into a loss", () => {
    assert.match(data().heading, /^Whether Harbour’s present value is a gain or a loss turns on “Revenue share” and “Year of AGI”: from −\$20\.0.bn to \$30\.0.bn$/);
    const above = grid({ lowest: { x: 0, y: 2027, value: 1 } });
    assert.match(data(above).heading, /is a gain: from/);
    assert.match(data(grid({ lowest: { x: 0, y: 2027, value: 0 } })).heading, /is never a loss: from \$0.bn/);
    const cost = heat(context(), { grid: grid({ metric: "lab.funding_gap" }) }, { ...asked, metric: "lab.funding_gap" }, words, strings);
    assert.match(cost.heading, /^“Revenue share” and “Year of AGI” together move what Lantern still has to raise/);
    assert.match(data(grid({ highest: { x: 0, y: 2027, value: -1 } })).heading, /is a loss: from/);
    assert.match(data(grid({ lowest: null, highest: null })).heading, /There is no such thing/);
  });

  it("marks where the reader is, and says so where that is outside", () => {
    assert.deepEqual(data().you, { x: 0.2, y: 2031 });
    const never = data(grid({ y: { path: asked.y, at: [2027, 2031], value: null } }));
    assert.equal(never.you, null);
    assert.ok(never.notes.some((note) => note.includes("outside")));
  });

  it("marks where the base case was once the reader is elsewhere", () => {
    const moved = grid({ x: { path: asked.x, at: [0, 0.2, 0.4], value: 0.1 } });
    assert.deepEqual(heat(changed(), { grid: moved, base: grid() }, asked, words, strings).was, { x: 0.2, y: 2031 });
    assert.equal(heat(changed(), { grid: grid(), base: grid() }, asked, words, strings).was, null);
  });

  it("reads a cell in words, and sets both levers to it", () => {
    const { say, set } = data();
    assert.equal(say(2, 0), "Revenue share 40%, Year of AGI Jan 2027: $20.0\u00a0bn");
    assert.match(say(2, 1), /: –$/);
    assert.deepEqual(set(2, 0), [{ path: asked.x, value: 0.4 }, { path: asked.y, value: 2027 }]);
  });

  it("has its plane as a table, the greatest value of the columns above", () => {
    const { head, rows } = data().table();
    assert.equal(head.length, 4);
    assert.deepEqual(rows.map(({ label }) => label), ["Jan 2031", "Jan 2027"]);
    for (const { cells } of rows) assert.equal(cells.length, 3);
    assert.match(data().missingText ?? "", /Not possible/);
  });
});

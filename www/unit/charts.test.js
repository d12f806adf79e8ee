import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { horizontalBars } from "../charts/bars.js";
import { clipAt, reachOf } from "../charts/clip.js";
import { stackedColumns } from "../charts/columns.js";
import { areaPath, linePath, pointsOf } from "../charts/lines.js";
import { extentWithZero, indexAt, indexOf, labelledYears, valueScale, yearScale } from "../charts/plot.js";

const box = { left: 40, right: 340, top: 10, bottom: 210 };
const years = [2025, 2026, 2027];
const near = (/** @type {number} */ a, /** @type {number} */ b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

describe("scales", () => {
  it("always have zero in sight", () => {
    assert.deepEqual(extentWithZero([3, 5, null]), [0, 5]);
    assert.deepEqual(extentWithZero([-3, undefined, -1]), [-3, 0]);
    assert.deepEqual(extentWithZero([]), [0, 1]);
  });

  it("run upwards and leave air on the sides that have values", () => {
    const { scale, ticks } = valueScale([0, 100], box, 5);
    assert.equal(scale(0), 210);
    assert.ok(scale(100) > 10);
    assert.ok(ticks.every(({ at }) => at >= 10 && at <= 210));
  });

  it("give every calendar year the same width", () => {
    const { scale, step } = yearScale(years, box);
    assert.equal(step, 100);
    assert.equal(scale(2025), 40);
    assert.equal(scale(2028), 340);
  });

  it("label as many years as fit", () => {
    assert.deepEqual(labelledYears(years, 50, 40), years);
    assert.deepEqual(labelledYears(years, 20, 40), [2025, 2027]);
  });

  it("find the year under a pointer, also beyond the edges", () => {
    assert.deepEqual(
      [0, 45, 139, 141, 339, 999].map((x) => indexAt(x, 40, 100, 3)),
      [0, 0, 0, 1, 2, 2],
    );
  });

  it("find the first of the extremes", () => {
    assert.equal(indexOf([1, 3, null, 3], "greatest"), 1);
    assert.equal(indexOf([1, -2, -2], "least"), 1);
  });
});

describe("a column that dwarfs the others", () => {
  it("is cut above the second highest", () => {
    const { limit, cut } = clipAt([5, 400, 10]);
    assert.equal(cut, 1);
    assert.ok(limit > 10 && limit < 20);
  });

  it("is not cut where it is merely the highest, or the only one", () => {
    assert.deepEqual(clipAt([5, 24, 10]), { limit: 24, cut: null });
    assert.deepEqual(clipAt([0, 24, 0]), { limit: 24, cut: null });
    assert.deepEqual(clipAt([]), { limit: 0, cut: null });
  });

  it("is judged by its size below zero too", () => {
    assert.equal(clipAt([-1, -50, -2]).cut, 1);
  });
});

describe("the reach of a scale", () => {
  it("goes to marks that are like the columns, and not to one that dwarfs them", () => {
    assert.deepEqual(reachOf([10, 8], [[20, null], [-5, 9]]), { limit: 20, cut: null, beyond: false });
    assert.deepEqual(reachOf([10, 8], [[26, 12]]), { limit: 12, cut: null, beyond: true });
  });

  it("forgets the marks of a column that is cut", () => {
    assert.deepEqual(reachOf([10, 400], [[5, 390]]), { limit: 13, cut: 1, beyond: false });
  });

  it("goes to the marks where there are no columns", () => {
    assert.equal(reachOf([0, 0], [[7, 3]]).limit, 7);
  });
});

describe("stacked columns", () => {
  const layers = [
    { id: "a", values: [10, -4, 6] },
    { id: "b", values: [5, -6, null] },
  ];
  const { columns, zero, place } = stackedColumns({ layers, years, box, ticks: 5 });

  it("stand on zero, positive above and negative below, without gaps", () => {
    const [first, second, third] = columns;
    const [a, b] = first?.segments ?? [];
    near((a?.y ?? 0) + (a?.height ?? 0), zero);
    near((b?.y ?? 0) + (b?.height ?? 0), a?.y ?? 0);
    near(b?.y ?? 0, place(15));
    near(second?.segments[0]?.y ?? 0, zero);
    near(second?.segments[1]?.y ?? 0, place(-4));
    assert.equal(third?.segments.length, 1);
  });

  it("keep their proportions", () => {
    const [a, b] = columns[0]?.segments ?? [];
    near((a?.height ?? 0) / (b?.height ?? 1), 2);
  });

  it("lie within their years", () => {
    columns.forEach(({ x, width, middle }, i) => {
      assert.ok(x >= 40 + i * 100 && x + width <= 140 + i * 100);
      near(middle, 90 + i * 100);
    });
  });

  it("name the outermost layer of a column that is cut, and stay inside the picture", () => {
    const cut = stackedColumns({
      layers: [
        { id: "a", values: [3, 4, 5] },
        { id: "sale", values: [0, 0, 400] },
      ],
      years,
      box,
      ticks: 5,
    });
    assert.deepEqual(
      cut.columns.map((column) => column.cut?.id ?? null),
      [null, null, "sale"],
    );
    assert.equal(cut.columns[2]?.cut?.value, 400);
    for (const { segments } of cut.columns) for (const { y } of segments) assert.ok(y >= box.top - 1e-9);
  });

  it("reach as far as the marks", () => {
    const marked = stackedColumns({ layers, years, box, ticks: 5, marks: [[null, -18], [-12]] });
    assert.ok(!marked.beyond(-18));
    assert.ok(marked.place(-18) <= box.bottom && marked.place(-18) > marked.place(-10) + 30);
  });

  it("do not shrink for a mark that dwarfs them, and cut no column for it", () => {
    const marked = stackedColumns({ layers, years, box, ticks: 5, marks: [[500, null, null]] });
    assert.ok(marked.beyond(500));
    assert.deepEqual(
      marked.columns.map(({ cut }) => cut),
      [null, null, null],
    );
  });

  it("are drawn of nothing at all", () => {
    const empty = stackedColumns({ layers: [], years, box, ticks: 5 });
    assert.deepEqual(
      empty.columns.map(({ segments }) => segments),
      [[], [], []],
    );
  });
});

describe("lines", () => {
  const same = (/** @type {number} */ value) => value;

  it("go through the points that there are", () => {
    assert.deepEqual(pointsOf([1, 2, 3], [4, null, 6], same, same), [
      [1, 4],
      [3, 6],
    ]);
    assert.deepEqual(pointsOf([1], null, same, same), []);
    assert.equal(linePath([[0, 0.04], [1, 2]]), "M0,0L1,2");
    assert.equal(linePath([]), "");
  });

  it("close areas on their floor", () => {
    assert.equal(areaPath([[0, 1], [2, 3]], 9), "M0,1L2,3L2,9L0,9Z");
  });
});

describe("horizontal bars", () => {
  it("start at a common zero, to either side, with the base case on the same scale", () => {
    const { zero, bars } = horizontalBars({
      bars: [
        { value: 30, base: 20 },
        { value: -10, base: null },
      ],
      left: 0,
      right: 400,
    });
    assert.equal(zero, 100);
    assert.deepEqual(bars, [
      { x: 100, width: 300, end: 400, base: 300 },
      { x: 0, width: 100, end: 0, base: null },
    ]);
  });
});

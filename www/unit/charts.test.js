import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { horizontalBars } from "../charts/bars.js";
import { clipAt, reachOf } from "../charts/clip.js";
import { stackedColumns } from "../charts/columns.js";
import { curveScales, stretches } from "../charts/curve.js";
import { dateScale, nearest } from "../charts/dates.js";
import { spread } from "../charts/labels.js";
import { areaPath, linePath, pointsOf } from "../charts/lines.js";
import { extentWithZero, indexAt, indexOf, labelledYears, valueScale, yearScale } from "../charts/plot.js";
import { middles, slopes } from "../charts/slopes.js";
import { tornadoBars } from "../charts/tornado.js";
import { scaleOver } from "../charts/track.js";
import { wrapped } from "../charts/wrap.js";

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

describe("a scale of dates that ends in never", () => {
  const { place, end, never, years, gap } = dateScale({ from: 2025.75, to: 2028, left: 0, right: 300, never: 50, apart: 25 });

  it("has never to the right of all dates, beyond a gap", () => {
    assert.equal(place(2025.75), 0);
    assert.equal(place(2028), 225);
    assert.deepEqual([end, gap.from, gap.to], [225, 225, 250]);
    assert.equal(place(null), 275);
    assert.equal(never, 275);
  });

  it("labels the years that begin in it, and keeps a date beyond it at its end", () => {
    assert.deepEqual(years, [2026, 2027, 2028]);
    assert.equal(place(2040), 225);
  });

  it("finds the date nearest to a pointer", () => {
    const dates = [2025.75, 2026, 2027, 2028, null];
    assert.deepEqual(
      [-5, 20, 130, 240, 260, 999].map((x) => nearest(dates, place, x)),
      [0, 1, 2, 3, 4, 4],
    );
  });
});

describe("labels", () => {
  it("stay where they belong when they are apart, and move as little as it takes when they are not", () => {
    assert.deepEqual(spread([10, 50], { apart: 16, low: 0, high: 100 }), [10, 50]);
    assert.deepEqual(spread([50, 45], { apart: 16, low: 0, high: 100 }), [61, 45]);
    assert.deepEqual(spread([95, 98], { apart: 16, low: 0, high: 100 }), [84, 100]);
    assert.deepEqual(spread([-20, 5], { apart: 16, low: 0, high: 100 }), [0, 16]);
  });

  it("break into lines that fit, and end in an ellipsis where there are too many", () => {
    assert.deepEqual(wrapped("a short one", { width: 200, size: 10, lines: 2 }), ["a short one"]);
    assert.deepEqual(wrapped("one two three four", { width: 55, size: 10, lines: 2 }), ["one two", "three four"]);
    assert.deepEqual(wrapped("one two three four five", { width: 55, size: 10, lines: 2 }), ["one two", "three fou…"]);
  });
});

describe("a tornado", () => {
  const { zero, bars, scale } = tornadoBars({
    rows: [
      { low: 20, high: 45 },
      { low: 33, high: 31 },
      { low: 30, high: null },
    ],
    base: 30,
    marks: [50],
    left: 0,
    right: 300,
    ticks: 4,
  });

  it("has a bar from the base line to either end", () => {
    near(bars[0]?.low?.end ?? 0, scale(20));
    near((bars[0]?.low?.x ?? 0) + (bars[0]?.low?.width ?? 0), zero);
    near(bars[0]?.high?.x ?? 0, zero);
    assert.equal(bars[0]?.high?.part, "whole");
  });

  it("shares the row between two ends on one side, so that neither hides the other", () => {
    assert.deepEqual([bars[1]?.low?.part, bars[1]?.high?.part], ["upper", "lower"]);
  });

  it("draws no bar where the metric is undefined, and has every mark in sight", () => {
    assert.equal(bars[2]?.high, null);
    assert.ok(scale(50) < 300 && scale(20) > 0);
  });
});

describe("a scanned curve", () => {
  const scanned = { at: [0, 1, 2, 3, 4], value: [10, 20, null, 40, 50] };

  it("breaks where there is no value", () => {
    assert.deepEqual(stretches(scanned, []), [
      [[0, 10], [1, 20]],
      [[3, 40], [4, 50]],
    ]);
  });

  it("breaks at a jump, whose two ends are on it", () => {
    assert.deepEqual(stretches({ at: [0, 1, 2], value: [10, 10, 30] }, [{ at: 1.5, before: 10, after: 30 }]), [
      [[0, 10], [1, 10], [1.5, 10]],
      [[1.5, 30], [2, 30]],
    ]);
    assert.deepEqual(stretches({ at: [0, 1, 2], value: [10, 30, 30] }, [{ at: 1, before: 10, after: 30 }]), [
      [[0, 10], [1, 10]],
      [[1, 30], [2, 30]],
    ]);
  });

  it("lies within its frame, the target too", () => {
    const { x, y } = curveScales({ interval: [0, 4], values: [...scanned.value, 80], box, ticks: { x: 4, y: 4 } });
    assert.equal(x(0), box.left);
    assert.equal(x(4), box.right);
    assert.ok(y(80) > box.top && y(10) < box.bottom);
  });

  it("has a frame where nothing moves", () => {
    const { y } = curveScales({ interval: [0, 1], values: [5, 5, 5], box, ticks: { x: 4, y: 4 } });
    assert.ok(y(5) > box.top && y(5) < box.bottom);
  });
});

describe("a slope graph", () => {
  it("has a column for each thing, and the middles between neighbours that have a point", () => {
    const { lines, x } = slopes({ series: [[10, null, 30, 20]], marks: [], columns: 4, box, ticks: 4 });
    assert.deepEqual([0, 1, 2, 3].map(x), [77.5, 152.5, 227.5, 302.5]);
    assert.equal(lines[0]?.[1], null);
    const [first, second, third] = middles(lines[0] ?? []);
    assert.deepEqual([first, second], [null, null]);
    near(third?.x ?? 0, 265);
  });
});

describe("a short scale", () => {
  it("keeps what lies beyond it at its ends", () => {
    const at = scaleOver({ low: 0, high: 10, left: 100, right: 200 });
    assert.deepEqual([-5, 0, 5, 10, 12].map(at), [100, 100, 150, 200, 200]);
  });
});

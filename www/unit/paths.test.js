// The paths and stacks of the charts against those of d3, which they stand in for.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { area, line, stack, stackOffsetDiverging } from "d3-shape";
import { diverging } from "../charts/columns.js";
import { bandPath } from "../charts/fan.js";
import { areaPath, linePath, ribbonPath } from "../charts/lines.js";

/** Numbers between 0 and 1 that are the same every time. */
function* draws() {
  for (let state = 1; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}
const random = draws();
const next = () => random.next().value ?? 0;
const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;
/** @returns {[number, number][]} */
const points = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => [i * 7.3 - 9, (next() - 0.5) * 400]);

describe("paths", () => {
  it("are those of d3, also of no point and of one", () => {
    for (let count = 0; count < 40; count += 1) {
      const [to, from] = [points(count), points(count)];
      const floor = next() * 300;
      const x = (/** @type {[number, number]} */ [at]) => round(at);
      const y = (/** @type {[number, number]} */ [, at]) => round(at);
      assert.equal(linePath(to), line(x, y)(to) ?? "");
      assert.equal(areaPath(to, floor), area(x, round(floor), y)(to) ?? "");
      assert.equal(ribbonPath(from, to), area(x, (_, i) => round(from[i]?.[1] ?? 0), y)(to) ?? "");
    }
  });

  it("of a band are those of d3, also where a series has gaps", () => {
    for (let count = 0; count < 40; count += 1) {
      const at = Array.from({ length: count }, (_, i) => 2025 + i / 4);
      const series = () => at.map(() => (next() < 0.3 ? null : next() * 100));
      const [low, high] = [series(), series()];
      const known = (/** @type {number} */ i) => (low[i] ?? null) !== null && (high[i] ?? null) !== null;
      const scale = (/** @type {number} */ value) => value * 3.7 - 20;
      const theirs = area()
        .defined(([i]) => known(i))
        .x(([i]) => round(scale(at[i] ?? 0)))
        .y0(([i]) => round(scale(low[i] ?? 0)))
        .y1(([i]) => round(scale(high[i] ?? 0)));
      assert.equal(bandPath(at, low, high, scale, scale), theirs(at.map((_, i) => [i, 0])) ?? "");
    }
  });
});

describe("stacked layers", () => {
  it("are those of d3, also of nothing and of zero", () => {
    for (let count = 0; count < 12; count += 1) {
      const value = () => (next() < 0.2 ? 0 : next() < 0.1 ? null : (next() - 0.4) * 50);
      const layers = ["a", "b", "c", "d"].slice(0, count % 5).map((id) => ({ id, values: Array.from({ length: count }, value) }));
      const rows = Array.from({ length: count }, (_, i) => Object.fromEntries(layers.map(({ id, values }) => [id, values[i] ?? 0])));
      const theirs = stack().keys(layers.map(({ id }) => id)).offset(stackOffsetDiverging)(rows);
      assert.deepEqual(
        diverging(layers, count).map(({ key, spans }) => ({ key, spans })),
        theirs.map((series) => ({ key: series.key, spans: series.map(([from, to]) => [from, to]) })),
      );
    }
  });
});

// The scale of the charts against that of d3, which it stands in for.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ticks as d3Ticks } from "d3-array";
import { scaleLinear } from "d3-scale";
import { linear } from "../charts/scale.js";
import { ticks } from "../charts/ticks.js";

/** Numbers between 0 and 1 that are the same every time. */
function* draws() {
  for (let state = 1; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe("a linear scale", () => {
  it("has the ticks of d3", () => {
    const random = draws();
    const next = () => random.next().value ?? 0;
    for (let i = 0; i < 20_000; i += 1) {
      const size = Number(`1e${Math.floor(next() * 12) - 6}`);
      const low = (next() - 0.5) * size;
      const high = low + next() * size * (i % 3 === 0 ? 1e-3 : 1);
      const count = 1 + Math.floor(next() * 12);
      assert.deepEqual(ticks(low, high, count), d3Ticks(low, high, count), `${low} ${high} ${count}`);
    }
    assert.deepEqual(ticks(3, 3, 5), [3]);
    assert.deepEqual(ticks(0, 1, 0), []);
  });

  it("puts values where d3 does", () => {
    for (const [domain, range] of /** @type {[[number, number], [number, number]][]} */ ([
      [[-210, 147], [190, 624]],
      [[2025, 2037], [44, 712]],
      [[0, 1e-9], [300, 10]],
      [[5, 5], [0, 10]],
    ])) {
      const [mine, theirs] = [linear(domain, range), scaleLinear(domain, range)];
      for (const value of [domain[0], domain[1], 0, 0.1, 2030.25, -1e3]) assert.equal(mine(value), theirs(value));
    }
  });
});

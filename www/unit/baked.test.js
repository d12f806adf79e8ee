import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openBaked } from "../own/baked.js";

/** An engine that knows one deal, and keeps what it is given. */
function engine() {
  /** @type {[string, unknown][]} */
  const adopted = [];
  return {
    adopted,
    deals: async () => [{ id: "pact", title: "Pact" }],
    adopt: async (/** @type {string} */ id, /** @type {unknown} */ tree) => void adopted.push([id, tree]),
  };
}

describe("a deal that is written into the file", () => {
  it("is opened as a link would say it", async () => {
    const page = engine();
    const request = { scenario: "soon", set: { "agi.year": "never", "lab.pool": 0.1, "clauses.a.enabled": false }, without: ["b", "c"] };
    const opening = await openBaked(JSON.stringify({ deal: "pact", ...request }), page);
    assert.deepEqual(opening, {
      deal: "pact",
      pairs: [
        ["deal", "pact"],
        ["scenario", "soon"],
        ["agi.year", "never"],
        ["lab.pool", "0.1"],
        ["clauses.a.enabled", "false"],
        ["without", "b,c"],
      ],
      deals: [],
    });
    assert.deepEqual(page.adopted, []);
  });

  it("is added to the library, and takes no other deal's place there", async () => {
    for (const [id, free] of [["mine", "mine"], ["pact", "pact-2"]]) {
      const page = engine();
      const tree = { format: 1, id: id ?? "" };
      const { deal, pairs, deals } = await openBaked(JSON.stringify({ deal: tree }), page);
      assert.equal(deal, free);
      assert.deepEqual(pairs, [["deal", free]]);
      assert.deepEqual(deals, [{ id: free, tree }]);
      assert.deepEqual(page.adopted, [[free, tree]]);
    }
  });
});

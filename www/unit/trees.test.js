// Where a quantity stands in a deal file, and the tree that a request asks for. The library is the real one.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { Shelf } from "../engine/library.js";
import { chainOf, linesOf, nodeAt, treeOf } from "../engine/trees.js";
import { dealFile } from "../export/deal-file.js";
import { readFile as readDeal } from "../own/read.js";
import { writeFile } from "../own/write.js";
import { untouched } from "../state/state.js";
import { strings as words } from "../strings/export.js";
import { strings } from "../strings/own.js";
import { deal } from "./fixtures/deal.js";

/** @import { Tree } from "../engine/types.d.ts" */

/** @type {Record<string, Tree>} */
const library = JSON.parse(await readFile(new URL("../../target/pkg/library.json", import.meta.url), "utf8"));
const NEW = "microsoft-openai-2026";
const OLD = "microsoft-openai-2025";

describe("opened deals", () => {
  it("are opened again where a file is replaced that they inherit from, and not otherwise", () => {
    const own = structuredClone(library);
    let opened = 0;
    let freed = 0;
    const shelf = new Shelf(own, () => ({ number: (opened += 1), free: () => (freed += 1) }));
    const first = shelf.deal({ deal: NEW });
    assert.equal(shelf.deal({ deal: NEW }), first);
    own[OLD] = { ...own[OLD], title: "Another" };
    assert.notEqual(shelf.deal({ deal: NEW }), first);
    assert.deepEqual([opened, freed], [2, 1]);
  });
});

describe("the tree of a request", () => {
  it("is the file itself where the reader has no distribution in mind", () => {
    assert.equal(treeOf(library, { deal: OLD }), library[OLD]);
    assert.throws(() => treeOf(library, { deal: "treaty" }), /treaty/);
  });

  it("says nothing but the difference from the file", () => {
    const tree = treeOf(library, { deal: NEW, spread: { "agi.layer": { kind: "uniform", value: 0.4, low: 0.2, high: 0.6 } } });
    const unit = "of the business";
    const label = "AGI layer: business that leaves the partnership";
    const { note: _note, ...layer } = /** @type {Tree} */ (/** @type {Tree} */ (tree["agi"])["layer"]);
    assert.deepEqual(layer, { label, unit, value: 0.4, low: 0.2, high: 0.6, dist: "uniform" });
    assert.deepEqual([Object.keys(tree), tree["base"]], [["format", "id", "base", "agi"], NEW]);
  });

  it("has all clauses where one of them differs, and an entry of a schedule keeps its date", () => {
    const path = "clauses.hosting.share.1";
    const tree = treeOf(library, { deal: NEW, spread: { [path]: { kind: "none", value: 0.5 } } });
    const before = /** @type {Tree[]} */ (library[NEW]?.["clauses"]);
    const after = /** @type {Tree[]} */ (tree["clauses"]);
    assert.equal(after.length, before.length);
    const share = (/** @type {Tree[]} */ clauses) => /** @type {any[]} */ (clauses.find(({ kind }) => kind === "hosting")?.["share"]);
    assert.equal(share(after)[1][0], share(before)[1][0]);
    assert.equal(share(after)[1][1].value, 0.5);
    assert.deepEqual(share(after)[0], share(before)[0]);
    assert.equal(share(before)[1][1].value, 0.45, "the file is as it was");
  });

  it("names the line of business that differs, and frees the quantity from scenarios", () => {
    const path = "demand.lines.api.growth";
    const tree = treeOf(library, { deal: NEW, spread: { [path]: { kind: "uniform", value: 1, low: 0.5, high: 1.5 } } });
    assert.deepEqual(/** @type {any} */ (tree["demand"]).lines.map((/** @type {Tree} */ { id }) => id), ["api"]);
    const weak = /** @type {any[]} */ (tree["scenarios"]).find(({ id }) => id === "weak-demand");
    assert.ok(!(path in weak.set) && "demand.lines.chatgpt.growth" in weak.set);
  });
});

describe("a path", () => {
  it("leads to what the base has where the deal has none, and into the clauses of the deal alone", () => {
    const chain = chainOf(library, NEW);
    assert.equal(chain.length, 2);
    assert.equal(/** @type {Tree} */ (nodeAt(chain, "agi.layer"))["value"], 0.5);
    assert.equal(nodeAt(chain, "clauses.reverse-share.rate"), undefined);
    assert.ok(linesOf(chain).includes("device-services"));
  });
});

describe("a deal file", () => {
  it("comes back from either format as it was", () => {
    for (const [id, tree] of Object.entries(library)) {
      for (const format of /** @type {const} */ (["toml", "json"])) {
        const read = readDeal(writeFile(tree, format), format, strings.read);
        assert.deepEqual(read.faults, []);
        assert.deepEqual(read.tree, tree, `${id} in ${format}`);
      }
    }
  });

  it("has the scenario, the changes and the distributions of the reader in its base case", () => {
    const files = chainOf(library, NEW);
    const scenarios = /** @type {any[]} */ (library[NEW]?.["scenarios"]);
    const info = { ...deal, id: NEW, title: "New", scenarios };
    const state = {
      ...untouched(NEW),
      scenario: "weak-demand",
      set: { "agi.year": "never", "clauses.revenue-share.on_agi": "layer", "demand.lines.api.growth": 0.9 },
      spread: { "agi.layer": /** @type {const} */ ({ kind: "uniform", value: 0.4, low: 0.2, high: 0.6 }), "demand.lines.chatgpt.growth": /** @type {const} */ ({ kind: "none", value: 1 }) },
    };
    const tree = dealFile({ library: Object.fromEntries(files.map((file) => [String(file["id"]), file])), info, state }, words.deal);
    const at = (/** @type {string} */ path) => /** @type {any} */ (nodeAt([tree], path));
    assert.ok(!("base" in tree));
    assert.equal(at("agi.year").value, "never");
    assert.equal(at("agi.year").points, undefined);
    assert.equal(at("clauses.revenue-share.on_agi"), "layer");
    assert.equal(at("demand.lines.api.growth").value, 0.9);
    assert.equal(at("demand.lines.chatgpt.growth").value, 1, "what the reader thinks counts more than the scenario");
    assert.deepEqual([at("agi.layer").dist, at("agi.layer").low, at("agi.layer").label], ["uniform", 0.2, "AGI layer: business that leaves the partnership"]);
    assert.match(at("agi.layer").note, /0\.5/);
  });

  it("of the reader's own keeps the name that it has in the file", () => {
    const file = { ...library[OLD], id: "own-mine" };
    const info = { ...deal, id: "own-mine", title: "Mine" };
    assert.equal(dealFile({ library: { "own-mine": file }, info, state: untouched("own-mine") }, words.deal)["id"], "mine");
  });
});

// Deal files as text: trees, lines of paths, and what is wrong with a text.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formatOf, lineOf, readFile } from "../own/read.js";
import { strings } from "../strings/own.js";

const toml = (/** @type {string} */ text) => readFile(text, "toml", strings.read);
const json = (/** @type {string} */ text) => readFile(text, "json", strings.read);

const TOML = `id = "pact"
effective = 2025-10-28

[demand]
volatility = 0.2
[[demand.lines]]
id = "chat"
growth = { value = 1.5, low = 1 }
[demand.lines.run_rate]
value = 1_000
[[clauses]]
kind = "hosting"
share = [
  [2026-01-01, 0.5],
  [2030-01-01, { value = 0.2 }],
]
[[scenarios]]
id = "soon"
set = { "agi.year" = 2028.0 }
`;

describe("a TOML file", () => {
  it("becomes a tree with dates as texts, in the order of the file", () => {
    const { tree, faults } = toml(TOML);
    assert.deepEqual(faults, []);
    assert.deepEqual(tree, {
      id: "pact",
      effective: "2025-10-28",
      demand: { volatility: 0.2, lines: [{ id: "chat", growth: { value: 1.5, low: 1 }, run_rate: { value: 1000 } }] },
      clauses: [{ kind: "hosting", share: [["2026-01-01", 0.5], ["2030-01-01", { value: 0.2 }]] }],
      scenarios: [{ id: "soon", set: { "agi.year": 2028 } }],
    });
  });

  it("knows the line of every path, by names and by positions", () => {
    const { lines } = toml(TOML);
    const expected = {
      effective: 2,
      "demand.volatility": 5,
      "demand.lines.chat.growth.low": 8,
      "demand.lines.0.growth": 8,
      "demand.lines.chat.run_rate.value": 10,
      "clauses.hosting.share.1": 15,
      "scenarios.soon.set.agi.year": 19,
    };
    for (const [path, line] of Object.entries(expected)) assert.equal(lineOf(lines, path), line, path);
  });

  it("leads to the table where a key is missing, and nowhere where even that is", () => {
    const { lines } = toml(TOML);
    assert.equal(lineOf(lines, "clauses.hosting.otherwise"), 11);
    assert.equal(lineOf(lines, "lab.cash"), null);
  });

  it("tells of several faults at once", () => {
    const { tree, faults } = toml("a = 1\nb = \nc = 2025-13-01\nd = 4\na = 5\n");
    assert.equal(tree, null);
    assert.deepEqual(faults.map(({ line }) => line).toSorted(), [2, 3, 5]);
  });

  it("stops where a fault has no end", () => {
    assert.deepEqual(toml('a = """never closed\nb = 2\n').faults.length, 1);
    assert.equal(toml("[table\nb = ]\n").faults.length, 1);
  });
});

describe("a JSON file", () => {
  it("becomes the same tree, and knows its lines", () => {
    const { tree, lines } = json('{\n  "id": "pact",\n  "clauses": [\n    { "kind": "hosting",\n      "share": [["2026-01-01", 0.5]] }\n  ]\n}');
    assert.deepEqual(tree, { id: "pact", clauses: [{ kind: "hosting", share: [["2026-01-01", 0.5]] }] });
    assert.equal(lineOf(lines, "clauses.hosting.share.0"), 5);
    assert.equal(lineOf(lines, "clauses.hosting.premium"), 4);
  });

  it("tells of all faults at once, and of keys that are there twice", () => {
    const { tree, faults } = json('{\n  "a": 1,\n  "a": 2,\n  "b": ,\n  "c": nul\n}');
    assert.equal(tree, null);
    for (const line of [3, 4, 5]) assert.ok(faults.some((fault) => fault.line === line), String(line));
    assert.match(faults[0]?.message ?? "", /"a" is there twice/);
  });

  it("is a table", () => {
    assert.equal(json("[1, 2]").faults.length, 1);
    assert.ok(json("").faults.length > 0);
    assert.ok(json('{ "a": 1 /* no */ }').faults.length > 0);
  });

  it("keeps a key that an object has of itself", () => {
    assert.deepEqual(Object.keys(json('{ "__proto__": 1, "id": "x" }').tree ?? {}), ["__proto__", "id"]);
  });
});

describe("a file without an ending", () => {
  it("is JSON where it begins with a brace", () => {
    assert.equal(formatOf(' {"id": 1}'), "json");
    assert.equal(formatOf("# deal\nid = 1"), "toml");
  });
});

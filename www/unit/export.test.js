// What leaves the page, as far as it can be decided without a browser.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { parse, stringify } from "smol-toml";
import { citations } from "../export/cite.js";
import { colourOf, gradientOf } from "../export/colours.js";
import { csvOf } from "../export/csv.js";
import { dealFile } from "../export/deal-file.js";
import { linkTo } from "../export/link.js";
import { fileName, isoDay, stampOf } from "../export/stamp.js";
import { unitOf } from "../export/units.js";
import { sheetsOf } from "../export/workbook.js";
import { clausePairs } from "../figures/clauses.js";
import { flows } from "../figures/flows.js";
import { ledger } from "../figures/ledger.js";
import { strings as words } from "../strings/export.js";
import { strings as flowWords } from "../strings/flows.js";
import { strings as runWords } from "../strings/run.js";
import { changed, context, prices } from "./fixtures/card.js";
import { deal } from "./fixtures/deal.js";

/** @import { Tree } from "clauseworth-wasm" */
/** @import { Outlet } from "../export/stamp.js" */

const rate = "clauses.revenue-share.rate";
const link = "https://example.org/tool/#v=1&clauses.revenue-share.rate=0.1";
/** @param {Partial<Outlet>} [rest] @returns {Outlet} */
const outlet = (rest = {}) => ({ shown: context(), version: "1.2.3", link, date: new Date(2026, 10, 23), files: async () => [], ...rest });

describe("a table as a file", () => {
  const say = { source: "Source", stamp: "Clauseworth", none: "–" };
  const lines = (/** @type {string} */ text) => text.replace("\uFEFF", "").split("\r\n");

  it("has its units in its head, and numbers with all their digits", () => {
    const table = { head: ["Year", "A", "B"], units: ["", "bn USD"], rows: [{ label: "2030", cells: ["0.3", "–"], values: [0.1 + 0.2, null] }] };
    assert.deepEqual(lines(csvOf(table, say)), ["Year,A (bn USD),Source", "2030,0.30000000000000004,Clauseworth", ""]);
  });

  it("quotes what would be taken for something else", () => {
    const table = { head: ["Name", "Said"], rows: [{ label: 'One, "two"', cells: ["three\nfour"] }, { label: "=1+1", cells: ["–"] }] };
    const text = csvOf(table, say);
    assert.ok(text.startsWith("\uFEFFName,Said,Source\r\n"));
    assert.ok(text.includes('"One, ""two""","three\nfour",Clauseworth\r\n'));
    assert.ok(text.endsWith("'=1+1,,Clauseworth\r\n"));
  });

  it("has in every figure as many numbers as the table has cells", () => {
    const tables = [
      flows(changed(), flowWords).table(),
      ledger(changed(), runWords.ledger).table(),
      clausePairs(changed(), { prices: prices(20), base: prices(24) }, {}).table(),
    ];
    for (const { head, units, rows } of tables) {
      assert.ok(rows.length > 0);
      if (units) assert.equal(units.length, head.length);
      for (const { cells, values } of rows) {
        assert.equal(cells.length, head.length - 1);
        assert.equal(values?.length, cells.length);
      }
    }
  });
});

describe("the stamp", () => {
  it("says which agreement, and that nothing was changed", () => {
    const { assumptions, model, source, caveat } = stampOf(outlet(), words);
    assert.equal(assumptions, "Pact, base case.");
    assert.equal(model, "Clauseworth, model 1.2.3, November 23, 2026");
    assert.equal(source, `Clauseworth, model 1.2.3, ${link}`);
    assert.match(caveat, /not forecasts/);
  });

  it("names what was changed, as far as there is room", () => {
    const shown = changed();
    assert.match(stampOf(outlet({ shown }), words).assumptions, /^Pact, changed\. Revenue share: 10% instead of 20%\./);
    const set = { [rate]: 0.1, "agi.layer": 0.3, "demand.lines.chat.growth": 2, "some.thing": 1, "other.thing": 2 };
    const state = { ...shown.state, scenario: "soon", set };
    const many = stampOf(outlet({ shown: { ...shown, state } }), words);
    assert.equal(many.changes.length, 6);
    assert.match(many.assumptions, /Scenario: Soon; .*; 3 more changes\.$/);
  });

  it("takes no address from the reader's disk along", () => {
    assert.equal(linkTo("https://example.org/tool/?a=1#old", "v=1"), "https://example.org/tool/?a=1#v=1");
    assert.equal(linkTo("https://example.org/tool/#old", ""), "https://example.org/tool/");
    assert.equal(linkTo("file:///D:/articles/clauseworth.html#old", "v=1"), "#v=1");
  });

  it("names files by the deal and what they show", () => {
    assert.equal(fileName(outlet(), "flows", "svg"), "clauseworth-pact-flows.svg");
    assert.equal(fileName(outlet({ shown: changed() }), "", "xlsx"), "clauseworth-pact-changed.xlsx");
    assert.equal(isoDay(new Date(2026, 0, 5)), "2026-01-05");
  });
});

describe("a citation", () => {
  it("has what was calculated, the version, the day and the link", () => {
    const { text, bibtex } = citations(outlet({ shown: changed() }), words);
    for (const part of ["(Version 1.2.3)", "Pact", "10%", "Retrieved November 23, 2026", link]) assert.ok(text.includes(part), part);
    assert.match(bibtex, /^@misc\{clauseworth-pact,\n/);
    for (const part of ["urldate = {2026-11-23}", `url = {${link}}`, "10\\%"]) assert.ok(bibtex.includes(part), part);
    assert.equal(bibtex.split("{").length, bibtex.split("}").length);
  });
});

describe("the workbook", () => {
  const sheets = sheetsOf(outlet({ shown: changed() }), words);
  const sheet = (/** @type {string} */ name) => {
    const found = sheets.find((each) => each.name === name);
    assert.ok(found?.rows, name);
    return { ...found, rows: found.rows };
  };

  it("has every metric as a number, beside the base case", () => {
    const { rows, freezePane } = sheet("Metrics");
    const { result, base } = changed();
    const [head, ...others] = rows;
    assert.deepEqual(head, ["Metric", "What it is", "Unit", "Value", "Base case"]);
    assert.deepEqual(
      others.map(([id, , , value, was]) => [id, value, was]),
      Object.entries(result.metrics).map(([id, value]) => [id, value, base?.metrics[id] ?? null]),
    );
    assert.deepEqual(freezePane, { rows: 1 });
  });

  it("has a column for every series and a row for every quarter", () => {
    const { rows, columns } = sheet("Quarterly ledger");
    const { series } = changed().result;
    const names = Object.keys(series).filter((name) => series[name]);
    assert.deepEqual(rows[0]?.slice(1), names);
    assert.equal(rows.length - 2, series["quarter.start"]?.length);
    assert.equal(columns?.length, names.length + 1);
    names.forEach((name, i) => assert.deepEqual(rows.slice(2).map((row) => row[i + 1]), Array.from(series[name] ?? []), name));
    for (const row of rows.slice(2)) assert.match(String(row[0]), /^20\d\d Q[1-4]$/);
  });

  it("has every assumption with its value, its base case and its source", () => {
    const { rows, autoFilter } = sheet("Assumptions");
    const [head = [], ...others] = rows;
    assert.equal(others.length, deal.quantities.length);
    assert.equal(autoFilter?.range, `A1:M${rows.length}`);
    const row = others.find(([path]) => path === rate) ?? [];
    const at = (/** @type {string} */ title) => row[head.indexOf(title)];
    assert.deepEqual([at("Value"), at("Base case"), at("Changed"), at("Status")], [0.1, 0.2, "yes", "reported"]);
    assert.equal(others.filter((row) => row[head.indexOf("Changed")] !== null).length, 1);
    assert.equal(at("Source")?.toString().startsWith(deal.sources.find(({ id }) => id === "letter")?.title ?? "?"), true);
  });

  it("says where it came from", () => {
    const about = new Map(sheet("About").rows.map(([key, value]) => [key, value]));
    assert.equal(about.get("Model version"), "1.2.3");
    assert.equal(about.get("Link to this state"), link);
    assert.match(String(about.get("Changed")), /Revenue share/);
  });

  it("knows in what the engine's names are measured", () => {
    const units = { "backer.npv.equity": "money", "lab.dilution": "share", "infrastructure.peak_gw": "gw", "infrastructure.gw_used": "gw" };
    for (const [name, unit] of Object.entries(units)) assert.equal(unitOf(name), unit, name);
    assert.equal(unitOf("infrastructure.capex"), "money");
    assert.equal(unitOf("infrastructure.twh"), "twh");
    assert.equal(unitOf("stake.backer"), "share");
  });
});

describe("the deal file", () => {
  const value = (/** @type {number} */ number, rest = {}) => ({ value: number, unit: "a year", ...rest });
  /** @type {Record<string, Tree>} */
  const library = {
    old: {
      format: 1,
      id: "old",
      title: "Old",
      agi: { year: value(2031, { low: 2028, high: 2040, source: "survey", status: "estimated", label: "AGI", note: "A survey." }), trigger: "lab" },
      demand: { lines: [{ id: "chat", growth: value(1.5), margin: value(0.5) }] },
      clauses: [{ kind: "equity", fraction: value(0.3) }],
      scenarios: [
        { id: "soon", title: "Soon", set: { "agi.year": 2028 } },
        { id: "less", title: "Less", set: { "clauses.equity.fraction": 0.1 } },
      ],
      sources: [{ id: "survey", title: "Survey" }],
    },
    pact: {
      format: 1,
      id: "pact",
      title: "Pact",
      base: "old",
      demand: { lines: [{ id: "chat", growth: value(1.1) }] },
      clauses: [{ kind: "hosting", share: [["2026-01-01", value(0.9)], ["2027-01-01", 0.5]] }],
    },
  };
  const state = context().state;
  const file = (/** @type {Partial<typeof state>} */ rest) => dealFile({ library, info: deal, state: { ...state, ...rest } }, words.deal);

  it("has all that the deal inherits, and stands by itself", () => {
    const tree = file({});
    assert.equal(tree["base"], undefined);
    assert.deepEqual([tree["id"], tree["title"]], ["pact", "Pact"]);
    assert.deepEqual(tree["demand"], { lines: [{ id: "chat", growth: value(1.1), margin: value(0.5) }] });
    assert.deepEqual(tree["clauses"], library["pact"]?.["clauses"]);
    // The scenario that changes a clause of the base alone is left out, as the engine leaves it out.
    assert.deepEqual(tree["scenarios"], [{ id: "soon", title: "Soon", set: { "agi.year": 2028 } }]);
  });

  it("has the reader's changes, without the sources of what was changed", () => {
    const tree = file({ set: { "agi.year": "never", "clauses.hosting.share.0": 0.7, "clauses.hosting.share.1": 0.6, "demand.lines.chat.growth": 2 } });
    const { year } = /** @type {Record<string, Record<string, unknown>>} */ (tree["agi"]);
    assert.deepEqual(year, { value: "never", unit: "a year", label: "AGI", status: "assumed", note: words.deal.note("2031", "A survey.") });
    const [hosting] = /** @type {{ share: [string, number | { value: number }][] }[]} */ (tree["clauses"]);
    assert.deepEqual(hosting?.share.map(([date, each]) => [date, typeof each === "number" ? each : each.value]), [["2026-01-01", 0.7], ["2027-01-01", 0.6]]);
    assert.deepEqual([tree["id"], tree["title"], tree["scenarios"]], ["pact-changed", "Pact, changed", undefined]);
  });

  it("has the scenario below the reader's changes, and leaves the library as it is", () => {
    const before = JSON.stringify(library);
    const inScenario = /** @type {Record<string, { value: number }>} */ (file({ scenario: "soon" })["agi"]);
    assert.equal(inScenario["year"]?.value, "2028-07-01");
    const onTop = /** @type {Record<string, { value: number }>} */ (file({ scenario: "soon", set: { "agi.year": 2029 } })["agi"]);
    assert.equal(onTop["year"]?.value, 2029);
    assert.equal(JSON.stringify(library), before);
    assert.throws(() => file({ set: { "clauses.nothing.rate": 1 } }), /clauses\.nothing\.rate/);
  });

  it("is the same as TOML", async () => {
    const real = JSON.parse(await readFile(new URL("../../target/pkg/library.json", import.meta.url), "utf8"));
    for (const tree of [file({ set: { "agi.year": 0.1 + 0.2 } }), ...Object.values(real)]) {
      assert.deepEqual(JSON.parse(JSON.stringify(parse(stringify(/** @type {Tree} */ (tree))))), tree);
    }
  });
});

describe("colours in a drawing", () => {
  it("are six digits and how opaque they are", () => {
    assert.deepEqual(colourOf("rgb(23, 78, 166)"), { hex: "#174ea6", opacity: 1 });
    assert.deepEqual(colourOf("rgba(0, 0, 0, 0.5)"), { hex: "#000000", opacity: 0.5 });
    assert.deepEqual(colourOf("color(srgb 0.5 0 1 / 0.25)"), { hex: "#8000ff", opacity: 0.25 });
    assert.equal(colourOf("rgba(0, 0, 0, 0)"), null);
    assert.equal(colourOf("none"), null);
  });

  it("run along gradients as CSS says", () => {
    const hatch = gradientOf("repeating-linear-gradient(135deg, rgb(1, 2, 3) 0px, rgb(1, 2, 3) 2px, rgb(9, 9, 9) 2px, rgb(9, 9, 9) 4px)");
    assert.deepEqual([hatch?.repeating, hatch?.degrees], [true, 135]);
    assert.deepEqual(hatch?.stops.map(({ colour, at }) => [colour?.hex, at]), [["#010203", 0], ["#010203", 2], ["#090909", 2], ["#090909", 4]]);
    const scale = gradientOf("linear-gradient(to right, rgb(0, 0, 0), rgb(255, 255, 255) 40%, rgb(255, 0, 0))");
    assert.deepEqual([scale?.degrees, scale?.stops.map(({ at }) => at)], [90, [0, 0.4, 1]]);
    assert.equal(gradientOf("none"), null);
  });
});

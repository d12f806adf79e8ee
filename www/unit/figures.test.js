import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answer, plainText } from "../figures/answer.js";
import { flows } from "../figures/flows.js";
import { headline } from "../figures/headline.js";
import { lab } from "../figures/lab.js";
import { ledger } from "../figures/ledger.js";
import { leverGroups } from "../figures/levers.js";
import { createFormat } from "../format/format.js";
import { untouched, withValue } from "../state/state.js";
import { strings as flowWords } from "../strings/flows.js";
import { strings } from "../strings/index.js";
import { strings as words } from "../strings/run.js";
import { deal } from "./fixtures/deal.js";
import { result } from "./fixtures/result.js";

const format = createFormat("en-US", strings);
const asIs = { info: deal, result: result(30), base: null, format, strings };
const changed = { ...asIs, result: result(20), base: result(30) };

describe("the answer", () => {
  it("says what each side has, and what most of it comes from", () => {
    const { sentence, verdict } = answer(asIs);
    const text = plainText({ sentence, verdict });
    assert.match(text, /Harbour/);
    assert.match(text, /Lantern/);
    assert.match(text, /most of it from the stake/);
    assert.match(verdict, /base case/);
    assert.deepEqual(
      sentence.filter((piece) => typeof piece !== "string").map(({ side }) => side),
      ["backer", "lab"],
    );
  });

  it("says who gains and who loses once something is changed", () => {
    const { verdict } = answer(changed);
    assert.match(verdict, /Harbour loses/);
    assert.match(verdict, /Lantern stand where they stood/);
  });
});

describe("the headline figures", () => {
  it("stand alone in the base case", () => {
    for (const { main, others } of headline(asIs, words.headline)) {
      for (const figure of [main, ...others]) assert.equal(figure.was, null);
    }
  });

  it("have the base case beside them, and which way they went", () => {
    const [backer, labSide] = headline(changed, words.headline);
    assert.equal(backer?.main.direction, "down");
    assert.match(backer?.main.was ?? "", /30/);
    assert.equal(labSide?.main.direction, "same");
  });

  it("say when the money is back where the deal has no investment to multiply", () => {
    const info = { ...deal, clauses: deal.clauses.filter(({ kind }) => kind !== "equity") };
    const ids = headline({ ...asIs, info }, words.headline)[0]?.others.map(({ id, value }) => `${id} ${value}`);
    assert.ok(ids?.includes("backer.payback 2026"));
    assert.ok(!ids?.some((id) => id.startsWith("backer.moic")));
  });

  it("say so where there is no figure", () => {
    const moic = headline(asIs, words.headline)[0]?.others.find(({ id }) => id === "backer.moic");
    assert.equal(moic?.value, strings.none);
  });
});

describe("the figures", () => {
  it("have the line stand where quarters end", () => {
    assert.deepEqual([...flows(asIs, flowWords).line.at].map((at) => at.toFixed(2)), ["2026.00", "2026.25", "2028.00"]);
  });

  it("name the year of payback and the deepest outlay", () => {
    assert.match(flows(asIs, flowWords).heading, /3\.00/);
    assert.match(flows(asIs, flowWords).heading, /2026/);
  });

  it("stack what leaves the lab below zero", () => {
    const { layers, heading } = lab(asIs, words.lab);
    const compute = layers.find(({ id }) => id === "compute");
    assert.deepEqual(compute?.values, [-12, -15, -16]);
    assert.deepEqual(layers.find(({ id }) => id === "revenue-share")?.values, [-1.5, -2.5, -3.5]);
    assert.ok(!layers.some(({ id }) => id === "shortfall" || id === "hosting"));
    assert.match(heading, /2026, and raises \$6\.00\u00a0bn$/);
    const { result } = asIs;
    const calm = { ...asIs, result: { ...result, metrics: { ...result.metrics, "lab.funding_gap": 0 } } };
    assert.match(lab(calm, words.lab).heading, /spends more than it earns until 2026, and needs to raise nothing for it$/);
  });

  it("have a row in the table for each year, as wide as its head", () => {
    for (const data of [flows(changed, flowWords), lab(changed, words.lab)]) {
      const { head, rows } = data.table();
      assert.deepEqual(
        rows.map(({ label }) => label),
        ["2025", "2026", "2027"],
      );
      for (const { cells } of rows) assert.equal(cells.length, head.length - 1);
    }
  });

  it("say that the first year is not a whole one", () => {
    assert.equal(flows(asIs, flowWords).notes.length, 1);
    assert.equal(flows({ ...asIs, info: { ...deal, effective: "2025-01-01" } }, flowWords).notes.length, 0);
  });

  it("describe themselves in words", () => {
    for (const { description } of [flows(asIs, flowWords), lab(asIs, words.lab), ledger(asIs, words.ledger)]) {
      assert.ok(description.length > 40, description);
    }
  });
});

describe("the ledger", () => {
  it("has a cell for each year in every row, and no row without a number", () => {
    const { years, groups } = ledger(asIs, words.ledger);
    assert.deepEqual(years, ["2025", "2026", "2027"]);
    for (const { rows } of groups) for (const { cells } of rows) assert.equal(cells.length, 3);
    const ids = groups.flatMap(({ rows }) => rows.map(({ id }) => id));
    assert.ok(ids.includes("take-rate"));
    assert.ok(!ids.includes("take-rate-compute"));
    assert.ok(!ids.includes("market"));
  });
});

describe("the levers", () => {
  const groups = (/** @type {ReturnType<typeof untouched>} */ state) =>
    leverGroups({ info: deal, state, format, strings, fault: { path: "agi.year", message: "too much" } });
  const find = (/** @type {string} */ path, state = untouched("pact")) =>
    groups(state)
      .flatMap(({ levers }) => levers)
      .find((lever) => lever.path === path)
      ?.data();

  it("leave out what the deal does not have", () => {
    assert.equal(find("clauses.commitment.total"), undefined);
    assert.ok(groups(untouched("pact")).every(({ levers }) => levers.length > 0));
  });

  it("are in per cent where the quantity is a share", () => {
    const rate = find("clauses.revenue-share.rate");
    assert.deepEqual(rate?.track, { min: 0, max: 40, step: 1 });
    assert.deepEqual([rate?.spread?.low, rate?.spread?.high], [10, 25]);
    assert.equal(rate?.source?.url, "https://example.org/letter");
    assert.equal(rate?.status?.id, "reported");
  });

  it("widen their track to a value beyond it", () => {
    const state = withValue(untouched("pact"), deal, "clauses.revenue-share.rate", 0.9);
    assert.equal(find("clauses.revenue-share.rate", state)?.track.max, 90);
  });

  it("count what is changed in their theme, and carry the engine's complaint", () => {
    const state = withValue(untouched("pact"), deal, "agi.year", "never");
    assert.equal(groups(state).find(({ id }) => id === "agi")?.changed, 1);
    assert.equal(find("agi.year", state)?.never, true);
    assert.equal(find("agi.year")?.fault, "too much");
  });

  it("say at the lever what a link said that it cannot be, until it is moved", () => {
    const path = "clauses.revenue-share.rate";
    const refused = { ...untouched("pact"), unknown: /** @type {const} */ ([[path, "5"]]) };
    assert.match(find(path, refused)?.fault ?? "", /5.*0% to 100%/);
    assert.equal(groups(refused).find(({ id }) => id === "share")?.levers[0]?.atFault, true);
    assert.equal(find(path, withValue(refused, deal, path, 0.3))?.fault, null);
  });

  it("come with the switch without which they move nothing", () => {
    assert.equal(find("regulation.year"), undefined);
    assert.ok(find("regulation.year", withValue(untouched("pact"), deal, "regulation.acts", 1)));
  });

  it("are made of the same parts as long as nothing happens to them", () => {
    const parts = (/** @type {ReturnType<typeof untouched>} */ state) => groups(state).map(({ levers }) => levers.map((lever) => lever.parts));
    const moved = withValue(untouched("pact"), deal, "clauses.revenue-share.rate", 0.3);
    const [before, after] = [parts(untouched("pact")), parts(moved)].map((all) => all.flat());
    const differ = before?.filter((each, i) => each.some((part, k) => part !== after?.[i]?.[k]));
    assert.equal(differ?.length, 1);
  });

  it("are switches where the quantity is one", () => {
    assert.equal(find("regulation.acts")?.form, "switch");
  });
});

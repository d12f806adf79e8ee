import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { html } from "lit";
import { Desk } from "../cards/desk.js";
import { readPicks, writePicks } from "../cards/picked.js";
import { toPlain } from "../engine/errors.js";
import { seriesField } from "../figures/fan.js";
import { heatAsked } from "../figures/heat.js";
import { yearField } from "../figures/payments.js";
import { flag, interval, metric, number, ofMetric, quantity, word } from "../figures/picks.js";
import { comparedOf, comparisonOf, choiceOf, firstCompared, withField } from "../figures/compared.js";
import { compare } from "../figures/compare.js";
import { strings } from "../strings/questions.js";
import { comparison, context, prices } from "./fixtures/card.js";
import { settle } from "./fixtures/clock.js";

const about = context();
const saved = [{ name: "Thrift, again", fragment: "v=1&clauses.revenue-share.rate=0.05" }];

describe("what is picked in a card", () => {
  /** For each field what can be picked, and what a link cannot say. @type {[import("../figures/picks.js").Field, unknown[], string[]][]} */
  const all = [
    [word("a", "b", "c"), ["b", "c"], ["d", ""]],
    [flag, [true], ["no", "true", ""]],
    [metric("backer.npv", "npv"), ["lab.npv", "npv"], ["backer.nvp", ""]],
    [quantity(() => "lab.cash"), ["agi.year"], ["agi.yeer", ""]],
    [number(0, 1, 0.5), [0, 0.1 + 0.2, 1], ["1.1", "-1", "half", ""]],
    [ofMetric, [{ metric: "lab.npv", value: -2.5e-9 }], ["lab.npv", "lab.npv,x", "x,1", ""]],
    [interval, [{ path: "lab.cash", low: 1 }, { path: "lab.cash", high: 2 }, { path: "lab.cash", low: 1, high: 2 }], ["lab.cash", "lab.cash,a,", "x,1,2", "lab.cash,1,2,3", ""]],
    [yearField, [about.result.calendar_years[0]], ["1999", "x"]],
    [seriesField, ["lab.cash"].filter((id) => about.result.series[id]), ["lab.wealth"]],
    [withField, [["agreed", "scenario:soon"], ["now"]], ["scenario:later", "saved:X", "deal:pact", "now,now"]],
  ];

  it("comes back from what a link says of it", () => {
    for (const [field, values, wrong] of all) {
      for (const value of values) {
        const said = writePicks({ pick: field }, { pick: value }, about);
        assert.equal(said.length, 1, String(value));
        assert.deepEqual(readPicks({ pick: field }, said, about), { picks: { pick: value }, refused: [] });
      }
      for (const text of wrong) assert.deepEqual(readPicks({ pick: field }, [["pick", text]], about).refused, [["pick", text]], text);
      const first = field.initial?.(about);
      if (first !== undefined) assert.deepEqual(writePicks({ pick: field }, { pick: first }, about), []);
    }
  });

  it("refuses what the card does not have", () => {
    assert.deepEqual(readPicks({ view: word("a") }, [["toString", "a"], ["view", "a"]], about), { picks: { view: "a" }, refused: [["toString", "a"]] });
    assert.deepEqual(heatAsked(about, {}).x.length > 0, true);
  });
});

/** A desk of one card that can be loaded, and of one that never comes. */
function open() {
  const fields = { view: word("one", "two"), metric: metric("backer.npv") };
  const desk = new Desk(
    [
      { id: "first", load: async () => ({ questions: () => [], show: () => html``, fields }) },
      { id: "second", load: () => new Promise(() => {}) },
      { id: "explain", load: async () => ({ questions: () => [], show: () => html`` }) },
    ],
    { changed: () => {}, plain: toPlain },
  );
  return desk;
}
const picksOf = (/** @type {Desk} */ desk) => desk.cards().find(({ id }) => id === "first")?.shown?.picks;

describe("a link and the desk", () => {
  it("wait for the card and for the figures of the link's deal, and lose nothing meanwhile", async () => {
    const desk = open();
    const said = /** @type {[string, string][]} */ ([["first:view", "two"], ["first:wiew", "two"], ["second:x", "1"], ["third:x", "1"]]);
    desk.restore("pact", said);
    assert.deepEqual(desk.said(), said);
    desk.follow({ ...about, info: { ...about.info, id: "other" } });
    await settle();
    assert.deepEqual(desk.said(), said);
    desk.follow(about);
    await settle();
    assert.deepEqual(picksOf(desk), { view: "two" });
    assert.deepEqual(desk.said(), said);
    assert.deepEqual(desk.refused().map(({ key, reason }) => [key, reason]), [["first:wiew", "pick"], ["third:x", "card"]]);
    desk.forgive();
    assert.deepEqual(desk.refused(), []);
    assert.deepEqual(desk.said(), [["first:view", "two"], ["second:x", "1"]]);
  });

  it("say differences alone, and a choice takes the place of what was refused", async () => {
    const desk = open();
    desk.restore("pact", [["first:view", "three"]]);
    desk.follow(about);
    await settle();
    assert.deepEqual(desk.said(), [["first:view", "three"]]);
    desk.choose("first", { view: "two", table: true });
    assert.deepEqual([desk.said(), desk.refused()], [[["first:view", "two"]], []]);
    desk.choose("first", { view: "one", metric: "lab.npv" });
    assert.deepEqual(desk.said(), [["first:metric", "lab.npv"]]);
    desk.restore("pact", []);
    assert.deepEqual([desk.said(), picksOf(desk)], [[], {}]);
  });
});

describe("what is compared", () => {
  const around = context({ saved });

  it("is, where nothing is picked, the agreements in one world", () => {
    assert.deepEqual(firstCompared(around), ["deal:old-pact", "now"]);
    assert.deepEqual(comparisonOf(around, around.request), [[{ deal: "old-pact" }, around.request], 1]);
  });

  it("has each its own world where there are several states of one agreement", () => {
    const picks = { with: ["now", "agreed", "scenario:bust", "saved:Thrift, again"] };
    const [requests, world] = comparisonOf(around, around.request, picks);
    assert.equal(world, null);
    assert.deepEqual(requests.slice(1), [{ deal: "pact" }, { deal: "pact", scenario: "bust" }, { deal: "pact", set: { "clauses.revenue-share.rate": 0.05 }, without: [] }]);
  });

  it("leaves out what is not there, and says of it nothing more", () => {
    const picks = { with: ["agreed", "saved:gone"] };
    assert.deepEqual(comparedOf(around, picks), [{ kind: "agreed", id: "" }]);
    assert.deepEqual(writePicks({ with: withField }, picks, around), [["with", "agreed"]]);
    assert.deepEqual(writePicks({ with: withField }, { with: ["saved:gone"] }, around), []);
    assert.deepEqual(writePicks({ with: withField }, { with: undefined }, around), []);
  });

  it("is chosen up to four at once, and never none", () => {
    let picks = { with: ["now"] };
    assert.ok(choiceOf(around, picks, strings).groups[0]?.options[0]?.disabled);
    for (const id of ["saved:Thrift, again", "agreed", "scenario:bust"]) picks = { with: choiceOf(around, picks, strings).toggle(id) ?? [] };
    assert.deepEqual(picks.with, ["now", "agreed", "scenario:bust", "saved:Thrift, again"]);
    const { groups, full } = choiceOf(around, picks, strings);
    assert.ok(full);
    assert.deepEqual(groups.flatMap(({ options }) => options.filter(({ disabled }) => disabled).map(({ id }) => id)), ["scenario:soon", "deal:old-pact"]);
    assert.deepEqual(choiceOf(around, { with: ["now"] }, strings).toggle("deal:old-pact"), ["deal:old-pact", "now"]);
  });

  it("says of states which each side has most and least of, and does not join them", () => {
    const deals = [30, 45, 12].map((value) => ({ id: "pact", title: "Pact", scenario: null, metrics: { "backer.npv": value, "lab.npv": 50 - value }, clauses: prices(20), warnings: [] }));
    const differences = [0, 1].map((from) => ({ from, to: from + 1, metrics: { "backer.npv": 1, "lab.npv": 1 }, clauses: { backer: {}, lab: {} } }));
    const data = compare(around, { comparison: { deals, differences } }, { with: ["now", "scenario:bust", "saved:Thrift, again"] }, strings);
    assert.equal(data.joined, false);
    assert.match(data.heading.replaceAll("\u00a0", " "), /^Harbour has most with “Bust”, \$45\.0 bn, and least with “Thrift, again”, \$12\.0 bn; Lantern’s other owners have most with “Thrift, again”/);
    assert.deepEqual(data.deals.map(({ chosen }) => chosen), [true, false, false]);
    assert.equal(compare(around, { comparison }, {}, strings).joined, true);
  });

  it("says in whose world it stands, in words that fit into the sentence", () => {
    const alone = { deals: comparison.deals.slice(1).map((deal) => ({ ...deal, warnings: [] })), differences: [] };
    const one = compare(around, { comparison: alone }, { with: ["now"] }, strings);
    assert.equal(one.heading, "Choose what to compare this deal with");
    assert.equal(one.unit, "Present value to each side, bn USD, of this deal as it stands now");
    assert.deepEqual(one.notes, []);
    const agreed = compare(around, { comparison }, { with: ["deal:old-pact", "agreed"] }, strings);
    assert.match(agreed.unit, /all in the world of this deal, “Base case”$/);
    assert.match(compare(around, { comparison }, {}, strings).unit, /all in the world of May 2025$/);
  });

  it("has no figure of a commitment where there is none", () => {
    const billed = (/** @type {number} */ old, /** @type {number} */ now) => {
      const deals = comparison.deals.map((deal, i) => ({ ...deal, metrics: { ...deal.metrics, "commitment.billed": i === 0 ? old : now } }));
      const differences = comparison.differences.map((each) => ({ ...each, metrics: { ...each.metrics, "commitment.billed": now - old } }));
      return compare(around, { comparison: { deals, differences } }, {}, strings).rows.find(({ metric: id }) => id === "commitment.billed");
    };
    assert.equal(billed(0, 0), undefined);
    const row = billed(0, 250);
    assert.equal(row?.label, "What Harbour bills under the commitment");
    assert.deepEqual(row?.cells.map(({ value, inFull }) => [value, inFull[0]]), [["–", null], ["$250\u00a0bn", 250]]);
  });
});

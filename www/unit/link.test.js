import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { interpret } from "../state/fragment.js";
import { readLink, writeLink } from "../state/link.js";
import { pinned, versionsIn } from "../state/pinned.js";
import { differs, isVersion, readSaid, sayAnswer } from "../state/said.js";
import { differencesOf, pairOf, readSaved, stateOf, tidyName } from "../state/saved.js";
import { comparedNames, readTokens, withNames, writeTokens } from "../state/compared.js";
import { untouched } from "../state/state.js";
import { thenAndNow } from "../figures/then.js";
import { strings as page } from "../strings/page.js";
import { context } from "./fixtures/card.js";
import { deal } from "./fixtures/deal.js";

/** @import { State } from "../state/state.js" */

const plain = (/** @type {string} */ text) => text.replaceAll("\u00a0", " ");

/** Numbers between 0 and 1 that are the same in every run. @param {number} seed */
function draws(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A state of the small deal that nobody would think of.
 * @param {() => number} draw
 * @returns {State}
 */
function anyState(draw) {
  const some = () => draw() < 0.5;
  /** @type {State["set"]} */
  const set = {};
  /** @type {State["spread"]} */
  const spread = {};
  if (some()) Object.assign(set, { "agi.year": some() ? "never" : 2026 + draw() * 10 });
  if (some()) Object.assign(set, { "agi.trigger": some() ? "lab" : "either" });
  if (some()) Object.assign(set, { "clauses.equity.enabled": some() });
  if (some()) Object.assign(set, { "lab.cash": (draw() - 0.5) * 10 ** Math.floor(draw() * 20 - 10) });
  if (some()) Object.assign(set, { "clauses.revenue-share.rate": draw() });
  else if (some()) Object.assign(spread, { "clauses.revenue-share.rate": { kind: "pert", value: draw(), low: draw(), high: draw(), ...(some() && { shape: 1 + draw() }) } });
  if (some()) Object.assign(spread, { "agi.layer": { kind: "cumulative", value: 0.5, points: [[draw(), 0], [draw(), 1]] } });
  return {
    ...untouched("pact"),
    scenario: some() ? "soon" : some() ? "bust" : null,
    set,
    spread,
    without: some() ? ["equity"] : some() ? ["hosting", "revenue-share"] : [],
  };
}

const words = page.notices.then;

describe("a link", () => {
  it("brings back any state, what is picked, scenarios and the answer, and is written the same again", () => {
    const draw = draws(7);
    for (let i = 0; i < 500; i += 1) {
      const state = anyState(draw);
      const other = anyState(draw);
      const names = ["Bad years", "100 % & more; a=b: c, d", "Ü – “so”", "#?"].filter(() => draw() < 0.5);
      const saved = names.map((name) => ({ name, fragment: differencesOf(other) }));
      const picks = /** @type {[string, string][]} */ ([["heat:x", "agi.year"], ["solve:interval", "lab.cash,,3"]]).filter(() => draw() < 0.5);
      const answer = draw() < 0.5 ? { model: "0.1.0", said: "212.3,-85.1" } : null;
      const fragment = writeLink(state, "pact", { picks, saved, answer });
      const link = readLink(`#${fragment}`);
      assert.deepEqual(link.problems, []);
      assert.deepEqual(interpret(link, deal), { state, problems: [] });
      assert.deepEqual([link.picks, link.saved], [picks, saved]);
      for (const each of link.saved) assert.deepEqual(stateOf(each, deal), { state: other, problems: [] });
      const said = link.model !== null && link.said !== null ? { model: link.model, said: `${link.said.backer.text},${link.said.lab.text}` } : null;
      assert.equal(writeLink(state, "pact", { picks: link.picks, saved: link.saved, answer: said }), fragment);
    }
  });

  it("says nothing where there is nothing to say, and the answer alone where that is wanted", () => {
    const answer = { model: "0.1.0", said: "212.3,85.1" };
    assert.equal(writeLink(untouched("pact"), "pact", { answer }), "");
    assert.equal(writeLink(untouched("pact"), "pact", { answer, always: true }), "v=1&model=0.1.0&said=212.3,85.1");
  });

  it("can be read by a person", () => {
    const state = { ...untouched("pact"), set: { "agi.year": 2028.5 } };
    const saved = [{ name: "Bad years", fragment: "v=1&scenario=bust&agi.layer=0.4" }];
    assert.equal(
      writeLink(state, "pact", { picks: [["heat:x", "agi.year"]], saved, answer: { model: "0.1.0", said: "212.3,85.1" } }),
      "v=1&agi.year=2028.5&heat:x=agi.year&saved:Bad%20years=v:1;scenario:bust;agi.layer:0.4&model=0.1.0&said=212.3,85.1",
    );
  });

  it("of an older grammar goes through its migrations, scenarios and picks included", () => {
    const renamed = (/** @type {[string, string][]} */ pairs) =>
      pairs.map(([key, value]) => /** @type {[string, string]} */ ([key === "plane:x" ? "heat:x" : key, value]));
    assert.deepEqual(readLink("v=1&plane:x=agi.year", [renamed]).picks, [["heat:x", "agi.year"]]);
    assert.deepEqual(readLink("v=2&plane:x=agi.year", [renamed]).picks, [["plane:x", "agi.year"]]);
  });

  it("reports an answer, a version and a scenario that are none", () => {
    for (const said of ["", "212.3", "many,few", "1,2,3", "1e9,2", "NaN,1", "1,", "9".repeat(400) + ",1"]) {
      const { problems, said: read } = readLink(`v=1&agi.year=2030&model=0.1.0&said=${said}`);
      assert.deepEqual([problems, read], [[{ key: "said", value: said, reason: "said" }], null], said);
    }
    assert.deepEqual(readLink("model=latest").problems, [{ key: "model", value: "latest", reason: "model" }]);
    const { strange, problems } = readLink("saved:=v:1&saved:A=nonsense&saved:%20B=v:1");
    assert.deepEqual(problems.map(({ key, reason }) => [key, reason]), [["saved:", "saved"], ["saved:A", "saved"], ["saved: B", "saved"]]);
    assert.equal(strange.length, 3);
  });
});

describe("an answer in a link", () => {
  it("has about four digits, and a thousandth of a billion at most", () => {
    const say = (/** @type {number} */ a, /** @type {number} */ b) => sayAnswer({ "backer.npv": a, "lab.npv": b });
    assert.equal(say(212.345, 85.1), "212.3,85.10");
    assert.equal(say(-1234.5678, 0.00012345), "-1235,0.000");
    assert.equal(say(9.87654, -0.0001), "9.877,0.000");
    assert.equal(say(1e6 + 0.4, 0.5), "1000000,0.500");
    assert.equal(sayAnswer({ "backer.npv": 1, "lab.npv": null }), null);
  });

  it("is the same as long as it agrees to the digits that were stated", () => {
    const draw = draws(3);
    for (let i = 0; i < 2000; i += 1) {
      const metrics = { "backer.npv": (draw() - 0.5) * 10 ** Math.floor(draw() * 7 - 2), "lab.npv": (draw() - 0.5) * 1000 };
      const said = readSaid(sayAnswer(metrics) ?? "");
      assert.ok(said);
      assert.equal(differs(said, metrics), false, JSON.stringify(metrics));
      const moved = { ...metrics, "lab.npv": metrics["lab.npv"] + 1.1 * said.lab.unit };
      assert.equal(differs(said, moved), true);
    }
    const said = readSaid("212.3,85.10");
    assert.ok(said);
    assert.equal(differs(said, { "backer.npv": 212.3, "lab.npv": null }), true);
  });

  it("that is another one now is shown beside it, for both sides", () => {
    const said = readSaid("31.25,40.00");
    assert.ok(said);
    const about = context();
    const link = { said, model: "0.0.9", fragment: "v=1", partly: true, kept: ["0.1.0"] };
    const then = thenAndNow(about, link, "0.1.0", words);
    assert.match(then?.heading ?? "", /model 0\.0\.9, and this is model 0\.1\.0/);
    assert.deepEqual(then?.items.slice(0, 2).map(plain), ["Harbour: $31.25 bn then, $30.00 bn now.", "Lantern’s other owners: $40.00 bn then, $40.00 bn now."]);
    assert.equal(then?.items.length, 3);
    assert.equal(then?.link, null);
    assert.match(thenAndNow(about, { ...link, model: "0.1.0" }, "0.1.0", words)?.heading ?? "", /changed by hand/);
    assert.match(thenAndNow(about, { ...link, model: null }, "0.1.0", words)?.heading ?? "", /another version/);
    const same = readSaid("30.00,40.00");
    assert.equal(same && thenAndNow(about, { ...link, said: same }, "0.1.0", words), null);
  });

  it("leads to the build that gave it where the site has that", () => {
    assert.equal(pinned("0.1.0", "v=1&agi.year=2030", ["0.1.0"]), "v/0.1.0/#v=1&agi.year=2030");
    assert.equal(pinned("0.0.9", "v=1", ["0.1.0"]), null);
    assert.equal(pinned(null, "v=1", ["0.1.0"]), null);
    assert.equal(pinned("../..", "v=1", []), null);
    assert.deepEqual([versionsIn({ versions: ["0.1.0", 7] }), versionsIn(["0.1.0"]), versionsIn(null)], [["0.1.0"], [], []]);
    const then = thenAndNow(context(), { said: { backer: { text: "1.000", value: 1, unit: 0.001 }, lab: { text: "40.00", value: 40, unit: 0.01 } }, model: "0.0.9", fragment: "v=1", partly: false, kept: ["0.0.9"] }, "0.1.0", words);
    assert.deepEqual(then?.link, { href: "v/0.0.9/#v=1", text: "See it in model 0.0.9" });
    assert.ok(isVersion("0.1.0") && isVersion("1.20.3-rc.1") && !isVersion("0.1") && !isVersion("../0.1.0"));
  });
});

describe("a scenario of the reader's own", () => {
  it("holds differences alone", () => {
    const state = { ...untouched("pact"), scenario: "soon", set: { "agi.layer": 0.4 }, unknown: /** @type {[string, string][]} */ ([["x.y", "1"]]) };
    assert.equal(differencesOf(state), "v=1&scenario=soon&agi.layer=0.4");
    assert.equal(differencesOf(untouched("pact")), "");
    assert.deepEqual(readSaved(pairOf({ name: "A", fragment: "v=1&scenario=soon" })), { name: "A", fragment: "v=1&scenario=soon" });
  });

  it("has a name that can be seen", () => {
    assert.equal(tidyName("  Bad \n\u200b years\t "), "Bad years");
    assert.equal(tidyName(" \u0007 "), "");
    assert.equal([...tidyName("é".repeat(100))].length, 60);
  });
});

describe("what is compared, in a link", () => {
  it("comes back, whatever a scenario is called", () => {
    const tokens = ["now", "agreed", "scenario:soon", "saved:a, b%2C; c"];
    assert.deepEqual(readTokens(writeTokens(tokens)), tokens);
    assert.deepEqual(comparedNames([["compare:with", writeTokens(tokens)]]), ["a, b%2C; c"]);
    assert.deepEqual(withNames([["compare:with", "now,saved:A"], ["heat:x", "saved:A"]], { A: "B" }), [["compare:with", "now,saved:B"], ["heat:x", "saved:A"]]);
  });

  it("is up to four things, and none twice", () => {
    for (const text of ["", "then", "scenario:", "now,now", "now,agreed,deal:a,deal:b,deal:c"]) assert.equal(readTokens(text), null, text);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answer, plainText } from "../figures/answer.js";
import { early, earlyQuestion } from "../figures/early.js";
import { requestOf, untouched, withSpread, withValue } from "../state/state.js";
import { context } from "./fixtures/card.js";
import { deal } from "./fixtures/deal.js";
import { result } from "./fixtures/result.js";

/** @import { State } from "../state/state.js" */

/** A quarter by 2028 and half by 2031, and nothing before 2026. */
const curve = { kind: /** @type {const} */ ("cumulative"), value: 2031, points: /** @type {[number, number][]} */ ([[2026, 0], [2028, 0.25], [2031, 0.5]]) };
/** @type {typeof deal} */
const uncertain = { ...deal, spreads: { ...deal.spreads, "agi.year": curve } };

/** @param {State} [state] */
const at = (state = untouched("pact"), info = uncertain) => context({ info, state, request: requestOf(state) });

/** @param {string | number} year */
const agiIn = (year) => at(withValue(untouched("pact"), uncertain, "agi.year", year));

/**
 * The sentence where the backer has 30, and as much as this in the other year.
 * @param {ReturnType<typeof at>} about
 * @param {number} npv
 */
const said = (about, npv) => plainText(answer(about, early(about, result(npv)))).replaceAll("\u00a0", " ");

describe("an early AGI", () => {
  it("is asked in the first year that the deal holds for possible", () => {
    assert.deepEqual(earlyQuestion(at()), { request: { deal: "pact", set: { "agi.year": 2028 }, without: [] }, year: 2028, never: false });
    assert.equal(earlyQuestion(agiIn("never"))?.year, 2028);
  });

  it("is asked in the year that the reader's own distribution begins with, which gives way to it", () => {
    const spread = { kind: /** @type {const} */ ("uniform"), value: 2032, low: 2029, high: 2040 };
    const asked = earlyQuestion(at(withSpread(untouched("pact"), uncertain, "agi.year", spread)));
    assert.equal(asked?.year, 2029);
    assert.equal(asked?.request.spread, undefined);
    assert.deepEqual(asked?.request.set, { "agi.year": 2029 });
  });

  it("is turned round where the reader assumes one as early, or the deal is certain of its year", () => {
    assert.deepEqual(earlyQuestion(agiIn(2027.5))?.request.set, { "agi.year": "never" });
    assert.equal(earlyQuestion(agiIn(2028))?.never, true);
    assert.deepEqual(earlyQuestion(at(untouched("pact"), deal)), { request: { deal: "pact", set: { "agi.year": "never" }, without: [] }, year: 2031, never: true });
  });

  it("is not asked of a deal without such a year, or where it never comes and no other year is known", () => {
    assert.equal(earlyQuestion(at(untouched("pact"), { ...uncertain, quantities: [] })), null);
    assert.equal(earlyQuestion(at(withValue(untouched("pact"), deal, "agi.year", "never"), deal)), null);
  });

  it("costs, adds, or changes nothing", () => {
    assert.match(said(at(), 21), /; AGI in 2028 would cost it \$9\.00 bn\. The share/);
    assert.match(said(at(), 34), /; AGI in 2028 would add \$4\.00 bn\./);
    assert.match(said(at(), 30), /; AGI in 2028 would change nothing in that\./);
    assert.match(said(at(), 30.001), /would change nothing/);
  });

  it("is said the other way round, too", () => {
    assert.match(said(agiIn(2027.5), 34), /; without AGI in 2027 it would be worth \$4\.00 bn more\./);
    assert.match(said(agiIn(2027.5), 21), /; without AGI in 2027 it would be worth \$9\.00 bn less\./);
    assert.match(said(agiIn(2027.5), 30), /; without AGI in 2027 it would be worth the same\./);
  });

  it("is no part of the sentence until it is known", () => {
    assert.doesNotMatch(plainText(answer(at())), /AGI/);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse } from "../state/fragment.js";
import { STOPS, readTour, writeTour } from "../state/tour.js";
import { untouched, withValue } from "../state/state.js";
import { strings } from "../strings/index.js";
import { strings as words } from "../strings/tour.js";
import { stops } from "../tour/stops.js";
import { leversOf, tour } from "../tour/tour.js";
import { context } from "./fixtures/card.js";
import { deal } from "./fixtures/deal.js";

/** @import { StopId } from "../state/tour.js" */

const state = untouched("pact");
const linkOf = (/** @type {StopId | null} */ stop) => `#${writeTour("", stop)}`;
/** @param {StopId} id */
const at = (id, about = context(), of = state) => tour(about, of, id, words, linkOf);

describe("the stop in the address", () => {
  it("stands behind the state, and is read back", () => {
    assert.equal(writeTour("v=1&agi.year=2029", "agi"), "v=1&agi.year=2029&tour=agi");
    assert.equal(writeTour("", "stake"), "v=1&tour=stake");
    assert.equal(writeTour("v=1&agi.year=2029", null), "v=1&agi.year=2029");
    const { stop, pairs } = readTour(parse("v=1&agi.year=2029&tour=agi").pairs);
    assert.equal(stop, "agi");
    assert.deepEqual(pairs, [["agi.year", "2029"]]);
  });

  it("stays among the rest where there is no such stop, to be reported", () => {
    const { stop, pairs } = readTour(parse("v=1&tour=moon").pairs);
    assert.equal(stop, null);
    assert.deepEqual(pairs, [["tour", "moon"]]);
  });
});

describe("the tour", () => {
  it("has words, levers and a card of the page for every stop", () => {
    assert.deepEqual(Object.keys(stops), [...STOPS]);
    for (const id of STOPS) {
      assert.ok(stops[id].card in strings.cards.titles, id);
      assert.ok(stops[id].levers.length >= 3 && words.stops[id].name !== "" && words.known[id].length > 0, id);
    }
  });

  it("says at every stop where it is, what comes before and what after", () => {
    const first = at("stake");
    assert.equal(first.back, null);
    assert.deepEqual(first.next, { id: "share", name: "Revenue share", href: "#v=1&tour=share" });
    assert.equal(at("next").next, null);
    assert.equal(at("agi").short, "5 of 9");
    assert.equal(first.list.length, 9);
  });

  it("leaves out levers that the deal does not have, and says where it has no such clause", () => {
    assert.deepEqual(leversOf(context(), state, "share", null).map(({ path }) => path), ["clauses.revenue-share.rate", "agi.year"]);
    assert.match(at("rights").text.join(" "), /no rights to the models/);
    assert.doesNotMatch(at("stake").text.join(" "), /no stake/);
    assert.match(at("devices").text.join(" "), /Lantern/);
  });

  it("tells what is known of one partnership only where the deal is theirs", () => {
    assert.deepEqual(at("stake").known, []);
    const theirs = context({ info: { ...deal, backer: "Microsoft", lab_name: "OpenAI" } });
    for (const id of STOPS) {
      const links = at(id, theirs).known.filter((piece) => typeof piece !== "string");
      assert.ok(links.length >= 2 && links.every(({ url, publisher }) => url.startsWith("https://") && publisher !== ""), id);
    }
  });

  it("says what AGI ends, and what no longer", () => {
    assert.match(at("agi").text.join(" "), /AGI ends the revenue share\./);
    const goesOn = withValue(state, deal, "clauses.revenue-share.on_agi", "continue");
    assert.match(at("agi", context(), goesOn).text.join(" "), /no clause ends with AGI\.$/);
    const cut = withValue(state, deal, "clauses.revenue-share.on_agi", "layer");
    assert.match(at("agi", context(), cut).text.join(" "), /cuts into the revenue share\./);
    assert.match(at("agi", context(), { ...state, without: ["revenue-share"] }).text.join(" "), /no clause ends/);
  });

  it("names the dates that the deal and the reader set, in order, and no others", () => {
    const rows = at("next").dates?.rows ?? [];
    const labels = rows.map(({ label }) => label);
    assert.ok(labels.includes("Year of AGI") && labels.includes("Harbour has its money back"));
    // No remedy bites where no regulator acts.
    assert.ok(!labels.some((label) => /^Year$/.test(label)));
    assert.equal(labels.at(-1), "Year of AGI");
    assert.deepEqual(labels.slice(0, 2), ["Harbour has its money back", "Launch"]);

    const acts = withValue(withValue(state, deal, "regulation.acts", 1), deal, "agi.year", "never");
    const others = at("next", context(), acts).dates?.rows.map(({ label }) => label) ?? [];
    assert.ok(others.includes("Year") && !others.includes("Year of AGI"));
  });
});

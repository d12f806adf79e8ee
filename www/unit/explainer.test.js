// The article holds what the engine says: every number that stands in it until the engine has answered, every claim that one number
// is larger than another, and a source for every note. It is read as text, as a browser without scripts would show it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { withText } from "../embed/pairs.js";
import { Shelf, askOf } from "../engine/library.js";
import { chainOf, factsOf } from "../engine/trees.js";
import { metricFormat } from "../figures/metrics.js";
import { createFormat } from "../format/format.js";
import { currentValue, referenceValue, requestOf, untouched } from "../state/state.js";
import { strings } from "../strings/index.js";
import { strings as words } from "../strings/questions.js";

/** @import { CardContext } from "../figures/context.js" */
/** @import { DealInfo } from "../engine/types.d.ts" */
/** @import { State } from "../state/state.js" */

const packages = new URL("../../target/pkg/", import.meta.url);
const page = await readFile(new URL("../explainer.html", import.meta.url), "utf8");
/** @type {import("../engine/trees.js").Library} */
const library = JSON.parse(await readFile(new URL("library.json", packages), "utf8"));
const script = await readFile(new URL("clauseworth_wasm.js", packages), "base64");
// By its text: no package.json lies beside the script to tell Node that it is a module.
/** @type {typeof import("clauseworth-wasm")} */
const engine = await import(`data:text/javascript;base64,${script}`);
engine.initSync({ module: await readFile(new URL("clauseworth_wasm_bg.wasm", packages)) });
const shelf = new Shelf(library, (deal, all) => engine.Deal.open(deal, all));
const format = createFormat("en-US", strings);

/** @param {string} text */
const plain = (text) => text.replaceAll("&nbsp;", "\u00a0").replaceAll("&amp;", "&");

/**
 * Every element of a name, with its attributes and what stands in it.
 * @param {string} name
 */
const elements = (name) =>
  [...page.matchAll(new RegExp(`<${name}((?:\\s+[\\w-]+(?:="[^"]*")?)*)\\s*>([^<]*)</${name}>`, "g"))].map(([, head = "", text = ""]) => ({
    at: /** @type {Record<string, string>} */ (
      Object.fromEntries([...head.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key, value = ""]) => [key, plain(value)]))
    ),
    text: plain(text),
  }));

/** @param {string} deal @returns {DealInfo} */
function describeDeal(deal) {
  const info = shelf.deal({ deal }).describe();
  return { ...info, ...factsOf(chainOf(library, deal), info) };
}

/** @param {State} state */
const run = (state) => shelf.deal(state).run(askOf(requestOf(state))).metrics;

/** What the models of the article begin with, by their groups. */
const groups = new Map(
  elements("clause-model").map(({ at: { group = "", deal = "", state: text = "" } }) => {
    const info = describeDeal(deal);
    const { state, problems } = withText(untouched(deal), info, text);
    assert.deepEqual(problems, [], `the model of "${group}"`);
    return [group, { text, info, state, metrics: run(state), base: run(untouched(deal)) }];
  }),
);

/** @param {string | undefined} name */
function groupOf(name = "") {
  const group = groups.get(name);
  assert.ok(group, `there is a model of the group "${name}"`);
  return group;
}

/** @param {Record<string, string>} at the attributes of a `<clause-value>` */
function textOf({ metric, path = "", group, of, format: form }) {
  const { info, state, metrics, base } = groupOf(group);
  if (metric !== undefined) {
    const value = (of === "base" ? base : metrics)[metric];
    assert.equal(typeof value, "number", metric);
    return metricFormat(/** @type {CardContext} */ ({ format, strings }), words, metric)(/** @type {number} */ (value));
  }
  const quantity = info.quantities.find((each) => each.path === path);
  assert.ok(quantity, path);
  const value = of === "base" ? referenceValue(info, null, quantity) : currentValue(info, state, quantity);
  if (form === undefined) return format.quantity(value, quantity.unit, quantity.kind);
  assert.ok(typeof value === "number" && (form === "year" || form === "money"), `${path} as ${form}`);
  return format[form](value);
}

describe("the article", () => {
  it("says without the engine what the engine says", () => {
    const values = elements("clause-value");
    assert.ok(values.length > 80);
    assert.equal(values.length, page.split("<clause-value").length - 1, "every value has been read");
    for (const { at, text } of values) assert.equal(text, textOf(at), JSON.stringify(at));
  });

  it("sets by its links what it says comes of them", () => {
    const links = [...page.matchAll(/<a\s+href="([^"]*)"\s+data-clause-set="([^"]*)"(?:\s+data-clause-group="([^"]*)")?/g)];
    assert.equal(links.length, page.split("data-clause-set=").length - 1, "every link has been read");
    const set = new Set();
    for (const [, href = "", text = "", group = ""] of links.map((link) => link.map((part = "") => plain(part)))) {
      const { info, state } = groupOf(group);
      assert.deepEqual(withText(state, info, text).problems, [], text);
      // Where there is no script the link leads to the calculator in the same state.
      assert.equal(href, `./index.html#${["v=1", `deal=${state.deal}`, ...(text === "" ? [] : [text])].join("&")}`);
      set.add(`${state.deal}&${text}`);
    }
    for (const [name, { text, state }] of groups) {
      if (text !== "") assert.ok(set.has(`${state.deal}&${text.replace(/^v=1&/, "")}`), `a link sets what the group "${name}" is`);
    }
  });

  it("claims nothing about its numbers that is not so", () => {
    const metric = (/** @type {string} */ name, /** @type {string} */ group = "") => groupOf(group).metrics[name] ?? NaN;
    const npv = (/** @type {string} */ group = "") => metric("backer.npv", group);
    const lab = (/** @type {string} */ group = "") => metric("lab.npv", group);
    const share = "backer.npv.revenue-share";
    const { info } = groupOf("");
    const status = (/** @type {string} */ path) => info.quantities.find((each) => each.path === path)?.status;
    /** @type {Record<string, boolean>} */
    const claims = {
      "the old profit share would have left Microsoft least": npv("january") < Math.min(npv(), npv("october")),
      "the amendment cost Microsoft more than it brought the others": npv("october") - npv() > lab() - lab("october") && lab() > lab("october"),
      "the market and the base case roughly agree": Math.abs(metric("backer.stake_npv_over_market") - 1) < 0.2,
      "nothing else in the amendment moves as much": ["equity", "hosting", "ip-rights"].every(
        (id) => Math.abs(metric(`backer.npv.${id}`) - metric(`backer.npv.${id}`, "october")) < metric(share, "october") - metric(share),
      ),
      "halving the capped rate costs little": npv() - npv("rate-10") < 0.01 * npv(),
      "halving the uncapped rate costs far more": npv("october") - npv("october-rate-10") > 20 * (npv() - npv("rate-10")),
      "the commitment hardly counts": Math.abs(npv("no-commitment") - npv()) < 0.01 * npv() && Math.abs(npv("twice-commitment") - npv()) < 0.01 * npv(),
      "most of the computing is needed anyway": metric("commitment.billed", "no-commitment") > 0.85 * metric("commitment.billed"),
      "hosting at cost earns little": metric("backer.npv.hosting", "at-cost") < 0.5 * metric("backer.npv.hosting"),
      "on October's terms AGI is the better for Microsoft the later it comes": npv("october-agi-2028") < npv("october") && npv("october") < npv("october-agi-never"),
      "on April's terms the sign has changed": npv("agi-2028") > npv() && npv() > npv("agi-never"),
      "devices bring Microsoft nothing themselves": metric("backer.npv.devices") === 0,
      "nearly all that devices bring reaches it through the stake":
        metric("backer.npv.equity", "take-off") - metric("backer.npv.equity") > 0.9 * (npv("take-off") - npv()),
      "power does not hurt as chips and buildings do": npv() - npv("power-140") < 0.5 * (npv() - npv("capex-60")),
      "the remedy takes much on October's terms and little on April's": npv("october") - npv("october-remedy") > 5 * (npv() - npv("remedy")),
      "more than half of the value lies in the stake": metric("backer.npv.equity") > npv() / 2,
      "what is called an assumption is one": ["clauses.equity.exit", "lab.terminal_pe", "clauses.equity.discount", "discount.equity", "compute.price", "agi.growth_boost", "agi.boost_years"].every(
        (path) => status(path) === "assumed",
      ),
      "what is called an estimate is one": ["clauses.ip-rights.product.run_rate", "agi.year"].every((path) => status(path) === "estimated"),
      "most inputs are assumptions": info.quantities.filter(({ status }) => status === "assumed").length > info.quantities.length / 2,
      "the largest sum is among the least valuable": Math.abs(npv() - npv("no-commitment")) < metric(share),
    };
    for (const [claim, holds] of Object.entries(claims)) assert.ok(holds, claim);
  });

  it("has a source behind every note, in the order in which they come, and a way back", () => {
    const notes = [...page.matchAll(/<a id="ref-(\d+)-(\d+)" href="#source-(\d+)"[^>]*><span class="visually-hidden">Source <\/span>(\d+)<\/a>/g)];
    const sources = [...page.matchAll(/<li id="source-(\d+)">([\s\S]*?)<\/li>/g)];
    assert.ok(sources.length > 35);
    assert.deepEqual(sources.map(([, number]) => Number(number)), sources.map((_, i) => i + 1));
    assert.deepEqual([...new Set(notes.map(([, number]) => Number(number)))], sources.map((_, i) => i + 1), "numbered as first mentioned");
    for (const [, number, , target, shown] of notes) assert.deepEqual([target, shown], [number, number]);
    for (const [, number = "", text = ""] of sources) {
      assert.match(text, /<a href="https:\/\/[^"]+">[^<]{5,}<\/a>/, number);
      assert.match(text, /<time datetime="\d{4}(-\d\d){0,2}">[^<]+<\/time>/, number);
      assert.match(text, /<span class="status">[A-Z][^<]+\.<\/span>/, number);
      const back = [...text.matchAll(/href="#ref-(\d+-\d+)"/g)].map(([, id]) => id);
      assert.deepEqual(back, notes.filter(([, of]) => of === number).map(([, of, nth]) => `${of}-${nth}`));
    }
    assert.equal(notes.length, page.split('role="doc-noteref"').length - 1, "every note has been read");
  });

  it("has in its contents what it has in its sections", () => {
    const [contents = ""] = page.match(/<nav[\s\S]*?<\/nav>/) ?? [];
    const entries = [...contents.matchAll(/<a href="#([\w-]+)">([^<]+)<\/a>/g)].map(([, id, text]) => [id, text]);
    const heads = [...page.matchAll(/<section aria-labelledby="([\w-]+)">\s*<h2 id="\1">([^<]+)<\/h2>/g)].map(([, id, text]) => [id, text]);
    assert.equal(entries.length, 10);
    assert.deepEqual(entries, heads);
  });
});

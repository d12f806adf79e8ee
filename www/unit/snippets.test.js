// What an author pastes.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { embedAddress, placesOf, snippet } from "../export/snippets.js";

/** @import { About, Wish } from "../export/snippets.js" */

/** @type {Wish} */
const wish = { form: "frame", pinned: false, deal: "pact", state: "", figures: ["clauses"], drawn: true, levers: null, theme: "auto", sentence: true };
/** @type {About} */
const about = {
  page: "https://example.org/tools/?a=b#v=1&agi.year=2029",
  version: "1.2.3",
  integrity: { "elements.js": "sha384-abc", "frame.js": "sha384-def" },
  recommended: ["agi.year"],
  title: `"Harbour" & Lantern`,
};

describe("what an author pastes", () => {
  it("names the site, from the page of any version", () => {
    const places = { live: "https://example.org/tools/", pinned: "https://example.org/tools/v/1.2.3/" };
    assert.deepEqual(placesOf(about.page, "1.2.3"), places);
    assert.deepEqual(placesOf("https://example.org/tools/v/1.0.0/index.html#v=1", "1.2.3"), places);
  });

  it("is the document of its deal and figure, with what differs from it", () => {
    assert.equal(embedAddress("https://a.b/", wish), "https://a.b/embed/pact/clauses.html");
    const other = { ...wish, state: "v=1&agi.year=2029", figures: ["agi", "flows"], levers: [], theme: /** @type {const} */ ("dark"), sentence: false };
    assert.equal(embedAddress("https://a.b/", other), "https://a.b/embed/pact/agi.html#v=1&agi.year=2029&figure=agi,flows&levers=none&theme=dark&sentence=no");
    assert.match(embedAddress("https://a.b/", { ...wish, levers: ["agi.year", "lab.cash"] }), /#levers=agi\.year,lab\.cash$/);
  });

  it("is the common document where the figure has none of its own", () => {
    assert.equal(embedAddress("https://a.b/", { ...wish, figures: ["heat"], drawn: false }), "https://a.b/embed.html#deal=pact&figure=heat");
  });

  it("is sealed where it never changes, and only there", () => {
    for (const form of /** @type {const} */ (["script", "elements"])) {
      assert.doesNotMatch(snippet({ ...wish, form }, about), /integrity|\/v\//);
      assert.match(snippet({ ...wish, form, pinned: true }, about), /tools\/v\/1\.2\.3\/\w+\.js" integrity="sha384-\w+" crossorigin="anonymous"/);
    }
  });

  it("lets no title and no state end an attribute", () => {
    const text = snippet({ ...wish, form: "elements", state: "v=1&a.b=2" }, about);
    assert.match(text, /state="v=1&amp;a\.b=2"/);
    assert.match(text, />"?&quot;Harbour&quot; &amp; Lantern<\/a>/);
    assert.match(text, /<clause-lever path="agi\.year"><\/clause-lever>/);
    assert.equal((text.match(/<clause-figure/g) ?? []).length, 2);
  });

  it("gives elements a ground to stand on where their colours are not those of the page around", () => {
    const grounds = /** @type {const} */ (["auto", "light", "dark"]).map((theme) => snippet({ ...wish, form: "elements", theme }, about).includes("background"));
    assert.deepEqual(grounds, [false, true, true]);
  });

  it("is a link to the whole page in this state", () => {
    const text = snippet({ ...wish, form: "link", state: "v=1&agi.year=2029" }, about);
    assert.match(text, /href="https:\/\/example\.org\/tools\/#v=1&amp;deal=pact&amp;agi\.year=2029"/);
  });
});

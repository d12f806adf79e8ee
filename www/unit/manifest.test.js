// The manifest of the elements is of the elements that there are.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";

/** @param {string} path */
const text = (path) => readFile(new URL(`../${path}`, import.meta.url), "utf8");

/** @typedef {{ name: string, description?: string }} Named */
/** @typedef {{ tagName: string, attributes: Named[], members: Named[], cssProperties?: Named[], cssParts?: Named[], events?: Named[] }} Declaration */

const manifest = /** @type {{ modules: { declarations: Declaration[] }[] }} */ (JSON.parse(await text("custom-elements.json")));
const declarations = manifest.modules.flatMap((module) => module.declarations);
const member = await text("embed/member.js");

/** The attributes that a class of Lit's declares. @param {string} code */
function declared(code) {
  const block = /static properties = \{([^]*?)\n? {0,2}\};/.exec(code)?.[1] ?? "";
  return [...block.matchAll(/(\w+): \{([^}]*)\}/g)].map(([, name = "", options = ""]) => /attribute: "(\w+)"/.exec(options)?.[1] ?? name);
}

describe("the custom elements manifest", () => {
  it("has every element that is defined, and no other", async () => {
    const defined = [...(await text("embed/define.js")).matchAll(/define\("([a-z-]+)"/g)].map(([, name]) => name);
    assert.deepEqual(declarations.map(({ tagName }) => tagName).sort(), defined.sort());
  });

  it("has every attribute, part and color of each, and says what it is", async () => {
    const common = declared(member);
    assert.ok(common.includes("theme"));
    const tokens = await text("styles/tokens.css");
    for (const { tagName, attributes, cssParts = [], cssProperties = [] } of declarations) {
      const code = await text(`embed/${tagName.replace("clause-", "")}.js`);
      const names = attributes.map(({ name }) => name);
      const expected = tagName === "clause-model" ? ["deal", "scenario", "state", "group"] : [...common, ...declared(code)];
      assert.deepEqual([...names].sort(), [...new Set(expected)].sort(), tagName);
      for (const { name, description = "" } of [...attributes, ...cssParts, ...cssProperties]) assert.notEqual(description, "", `${tagName} ${name}`);
      for (const { name } of cssProperties) assert.ok(tokens.includes(`var(${name},`), name);
    }
    const figure = declarations.find(({ tagName }) => tagName === "clause-figure");
    for (const part of ["figure", "kicker", "heading", "unit", "notes", "foot"]) assert.ok(figure?.cssParts?.some(({ name }) => name === part), part);
  });
});

// The borders between the folders, held by a machine. What is imported for its type alone stands in comments and does not count.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join, posix, relative } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * A module with what it imports at once: packages by name, files by their path from the root.
 * @param {string} path
 */
async function moduleAt(path) {
  const text = await readFile(join(root, path), "utf8");
  const code = text.replaceAll(/\/\*[^]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
  const statements = code.matchAll(/^(?:(?:import|export)\b[^;"]*\bfrom|import)\s+"([^"]+)"/gm);
  const imports = [...statements].map(([, target = ""]) =>
    target.startsWith(".") ? posix.join(posix.dirname(path), target) : target,
  );
  return { path, code, imports };
}

/**
 * The modules of a folder.
 * @param {string} folder
 */
async function modules(folder) {
  const names = (await readdir(join(root, folder), { recursive: true })).filter((name) => name.endsWith(".js"));
  return Promise.all(names.map((name) => moduleAt(posix.join(folder, relative("", name).replaceAll("\\", "/")))));
}

describe("the architecture", () => {
  it("lets an element know neither the store, the engine nor another element", async () => {
    const known = /^(lit|lit\/.*|strings\/.*|styles\/.*|charts\/.*|format\/.*|elements\/figure\/.*|elements\/properties\.js)$/;
    for (const { path, imports } of await modules("elements")) {
      if (path === "elements/index.js") continue;
      assert.ok(imports.length > 0, path);
      const own = `${posix.dirname(path)}/`;
      for (const target of imports) assert.ok(target.startsWith(own) || known.test(target), `${path} imports ${target}`);
    }
  });

  it("puts a card together from its figure, its element and its words, and keeps the desk free of all of them", async () => {
    for (const { path, imports } of await modules("cards")) {
      const allowed =
        path === "cards/desk.js" ? /^cards\/(drawn|picked)\.js$/ : /^cards\/(drawn|picked)\.js$/.test(path) ? /^$/ : path === "cards/index.js" ? /^cards\/.*$/ : /^(lit|elements\/.*|figures\/.*|strings\/.*)$/;
      for (const target of imports) assert.match(target, allowed, path);
    }
  });

  it("puts a part together in the same way, with what works behind it", async () => {
    for (const { path, imports } of await modules("parts")) {
      const allowed = path === "parts/index.js" ? /^$/ : /^(lit|lit\/.*|elements\/.*|figures\/.*|strings\/.*|own\/.*|tour\/.*)$/;
      for (const target of imports) assert.match(target, allowed, path);
    }
  });

  it("loads what the first view does not show when it comes near", async () => {
    const first = new Set(["main.js"]);
    for (const path of first) {
      const own = (/** @type {string} */ target) => target.endsWith(".js") && !target.startsWith("lit/");
      for (const target of (await moduleAt(path)).imports.filter(own)) first.add(target);
    }
    assert.ok(first.has("cards/clauses.js"));
    for (const card of ["payments", "agi", "outcome", "fan", "tornado", "heat", "solve", "compare", "funding", "infrastructure"]) {
      for (const path of [`cards/${card}.js`, `figures/${card}.js`, `elements/${card}/${card}.js`]) assert.ok(!first.has(path), path);
    }
    for (const part of ["assumptions", "own", "explain", "tour"]) {
      for (const path of [`parts/${part}.js`, `elements/${part}/${part}.js`, `strings/en-${part}.js`]) assert.ok(!first.has(path), path);
    }
    for (const path of ["embed/dialog.js", "elements/embedding/embedding.js", "strings/en-embedding.js"]) assert.ok(!first.has(path), path);
    // Of the tour, only the names of its stops are needed before it is taken.
    for (const path of first) assert.doesNotMatch(path, /^tour\//);
    assert.ok(!first.has("strings/en-questions.js"));
    assert.ok(!first.has("strings/en-figures.js"));
    assert.ok(!first.has("charts/sankey.js"));
    assert.ok(!first.has("engine/analysis.js"));
    for (const path of first) assert.doesNotMatch(path, /^engine\/draws\//);
    // Of what leaves the page, only the form of its links is needed before something does.
    for (const { path } of await modules("export")) assert.equal(first.has(path), path === "export/link.js", path);
    assert.ok(!first.has("strings/en-export.js"));
  });

  it("lets the tour know what a figure knows, and neither elements nor the desk", async () => {
    for (const { path, code, imports } of await modules("tour")) {
      for (const target of imports) assert.match(target, /^(tour|figures|state|format)\/.*$|^levers\.js$/, path);
      assert.doesNotMatch(code, /\b(document|window|localStorage|location)\b/, path);
    }
  });

  it("lets what leaves the page know what is shown, and not how it was calculated", async () => {
    const allowed = /^(export|figures|state|format|strings)\/.*$|^engine\/trees\.js$/;
    for (const { path, imports } of await modules("export")) {
      for (const target of imports) assert.match(target, allowed, path);
    }
  });

  it("keeps geometry, state and figures free of the document", async () => {
    const allowed = {
      charts: /^(d3-.*|charts\/.*)$/,
      format: /^format\/.*$/,
      state: /^(state|format)\/.*$/,
      figures: /^(figures|state|format|charts)\/.*$|^levers\.js$/,
    };
    for (const [folder, pattern] of Object.entries(allowed)) {
      for (const { path, code, imports } of await modules(folder)) {
        for (const target of imports) assert.match(target, pattern, path);
        assert.doesNotMatch(code, /\b(document|window|localStorage|location)\b/, path);
      }
    }
  });

  it("defines no element whose name is taken, as it may be in an author's page", async () => {
    for (const { path, code } of [...(await modules("elements")), await moduleAt("embed/define.js")]) {
      for (const [found, name] of code.matchAll(/customElements\.define\("([a-z-]+)"/g)) {
        assert.ok(code.includes(`customElements.get("${name}") ?? ${found}`), `${path} ${name}`);
      }
    }
  });

  it("starts scripts by their address, and writes texts as HTML, nowhere but where it is vouched for", async () => {
    const sinks = /\b(new (Shared)?Worker\(|\.register\(|innerHTML|outerHTML|insertAdjacentHTML|srcdoc|document\.write|\beval\(|new Function\b|createPolicy\()/;
    const vouched = ["engine/workers.js", "offline/register.js", "trusted.js"];
    // In the package, bundlers look for a worker by the very words that Trusted Types refuse; what is vouched for comes after it.
    const all = (await modules("")).filter(({ path }) => !/^((node_modules|build|unit)\/|package\/browser\.js$)/.test(path));
    assert.ok(all.length > 100);
    for (const { path, code } of all) if (!vouched.includes(path)) assert.doesNotMatch(code, sinks, path);
    for (const path of vouched.slice(0, 2)) assert.match((await moduleAt(path)).code, /\((trustedScript\()/, path);
  });

  it("gives every element its two files", async () => {
    const folders = (await readdir(join(root, "elements"), { withFileTypes: true })).filter((entry) => entry.isDirectory());
    for (const { name } of folders) {
      const files = await readdir(join(root, "elements", name));
      assert.ok(files.includes(`${name}.js`) && files.includes(`${name}.css`), name);
    }
  });

  it("calculates no economics: nothing is discounted, raised to a power or averaged", async () => {
    for (const folder of ["elements", "figures", "charts", "state", "format", "export", "tour"]) {
      for (const { path, code } of await modules(folder)) {
        assert.doesNotMatch(code, /Math\.(pow|exp|log|log1p|expm1|sqrt)\b|\*\*/, path);
      }
    }
  });
});

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { Scenarios } from "../own/scenarios.js";

const another = (/** @type {string} */ name, /** @type {number} */ n) => `${name} (${n})`;
const A = { name: "A", fragment: "v=1&agi.year=2030" };
const B = { name: "B", fragment: "v=1&agi.year=2031" };

/** @param {boolean} works whether the storage does, or throws as in a sandbox */
function storage(works) {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const value = {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => void kept.set(key, text),
  };
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get: () => {
      if (!works) throw new Error("SecurityError");
      return value;
    },
  });
  return kept;
}

for (const works of [true, false]) {
  describe(`the reader's own scenarios, where storage ${works ? "works" : "does not work"}`, () => {
    beforeEach(() => void storage(works));
    afterEach(() => void Reflect.deleteProperty(globalThis, "localStorage"));

    it("are saved by deal, overwritten, renamed and taken away", () => {
      const scenarios = new Scenarios();
      assert.equal(scenarios.save("pact", A), works);
      assert.equal(scenarios.save("pact", B), works);
      scenarios.save("accord", A);
      scenarios.save("pact", { ...A, fragment: "v=1&agi.year=2035" });
      assert.deepEqual(scenarios.of("pact"), [{ name: "A", fragment: "v=1&agi.year=2035", kept: works }, { ...B, kept: works }]);
      scenarios.rename("pact", "A", "C");
      assert.deepEqual(scenarios.of("pact").map(({ name }) => name), ["C", "B"]);
      scenarios.remove("pact", "C");
      assert.deepEqual(scenarios.of("pact").map(({ name }) => name), ["B"]);
      assert.deepEqual(scenarios.of("accord").map(({ name }) => name), ["A"]);
    });

    it("survive where they can, and are part of a link where they cannot", () => {
      const scenarios = new Scenarios();
      scenarios.save("pact", A);
      scenarios.save("pact", B);
      assert.deepEqual(new Scenarios().of("pact").map(({ name }) => name), works ? ["A", "B"] : []);
      assert.deepEqual(scenarios.carried("pact", ["B"]), works ? [B] : [A, B]);
    });

    it("of a link overwrite nothing, come in once, and are kept only when they are saved", () => {
      const scenarios = new Scenarios();
      scenarios.save("pact", A);
      const brought = { ...A, fragment: "v=1&agi.year=2040" };
      assert.deepEqual(scenarios.receive("pact", [brought, B], another), { A: "A (2)" });
      assert.deepEqual(scenarios.receive("pact", [brought, B, A], another), { A: "A (2)" });
      assert.deepEqual(scenarios.of("pact").map(({ name, kept }) => [name, kept]), [["A", works], ["A (2)", false], ["B", false]]);
      scenarios.save("pact", B);
      assert.equal(scenarios.find("pact", "B")?.kept, works);
      assert.equal(scenarios.find("pact", "A")?.fragment, A.fragment);
    });
  });
}

it("what another window saved is not lost", () => {
  storage(true);
  const [one, two] = [new Scenarios(), new Scenarios()];
  one.save("pact", A);
  two.save("pact", B);
  one.refresh();
  assert.deepEqual(one.of("pact").map(({ name }) => name), ["A", "B"]);
  Reflect.deleteProperty(globalThis, "localStorage");
});

it("what stands in the storage and is no scenario is left out", () => {
  const kept = storage(true);
  for (const text of ["3", "[]", '{"pact":7}', '{"pact":[{"name":1}]}', "{"]) {
    kept.set("clauseworth-scenarios", text);
    assert.deepEqual(new Scenarios().of("pact"), [], text);
  }
  Reflect.deleteProperty(globalThis, "localStorage");
});

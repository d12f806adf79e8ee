// Two programs side by side: the page's engine and the command line give the same bits, for every deal and scenario of the library.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { open } from "./page.js";

const binary = process.env["CLAUSEWORTH_BIN"] ?? fileURLToPath(new URL("../../target/debug/clauseworth", import.meta.url));

/** @typedef {null | boolean | number | string | Json[] | { [key: string]: Json }} Json */

/**
 * Every place where two values differ, by its path. Numbers are the same only if all their bits are.
 * @param {Json} page
 * @param {Json} terminal
 * @param {string} path
 * @returns {string[]}
 */
function differences(page, terminal, path) {
  if (page !== null && terminal !== null && typeof page === "object" && typeof terminal === "object") {
    const [a, b] = [Object.entries(page), new Map(Object.entries(terminal))];
    const missing = [...b.keys()].filter((key) => !(key in page)).map((key) => `${path}.${key}: only the command line has it`);
    const found = a.flatMap(([key, value]) =>
      b.has(key) ? differences(value, b.get(key) ?? null, `${path}.${key}`) : [`${path}.${key}: only the page has it`],
    );
    return [...missing, ...found];
  }
  return Object.is(page, terminal) ? [] : [`${path}: ${JSON.stringify(page)} in the page, ${JSON.stringify(terminal)} on the command line`];
}

/** @param {Json} value */
function numbers(value) {
  /** @type {number} */
  let found = typeof value === "number" ? 1 : 0;
  if (value !== null && typeof value === "object") for (const each of Object.values(value)) found += numbers(each);
  return found;
}

test("the page and the command line agree to the last bit", async ({ page }) => {
  expect(existsSync(binary), `${binary} is built, or CLAUSEWORTH_BIN names another`).toBe(true);
  await open(page);
  const deals = await page.evaluate(() => window.clauseworth?.engine.deals());
  expect(deals?.length).toBeGreaterThan(0);

  for (const deal of deals ?? []) {
    const info = await page.evaluate((id) => window.clauseworth?.engine.describe(id), deal.id);
    for (const scenario of [null, ...(info?.scenarios ?? []).map(({ id }) => id)]) {
      const name = `${deal.id}, ${scenario ?? "as agreed"}`;
      const inPage = await page.evaluate(
        async ({ id, scenario }) => {
          const { engine } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
          const result = await engine.run({ deal: id, ...(scenario !== null && { scenario }) });
          // Numbers pass as text with all their digits: what carries them from the page would lose the sign of a zero.
          const exact = (/** @type {string} */ _key, /** @type {unknown} */ value) => {
            if (value instanceof Float64Array) return Array.from(value);
            return Object.is(value, -0) ? "-0" : value;
          };
          return JSON.stringify(result, exact);
        },
        { id: deal.id, scenario },
      );
      const { stdout } = await promisify(execFile)(
        binary,
        ["run", deal.id, "--json", ...(scenario === null ? [] : ["--scenario", scenario])],
        { maxBuffer: 1 << 26 },
      );
      const zeros = (/** @type {string} */ _key, /** @type {Json} */ value) => (value === "-0" ? -0 : value);
      /** @type {{ [key: string]: Json }} */
      const a = JSON.parse(inPage, zeros);
      /** @type {{ [key: string]: Json }} */
      const b = JSON.parse(stdout);
      for (const part of ["metrics", "series", "years", "irr_roots", "references", "warnings"]) {
        expect(differences(a[part] ?? null, b[part] ?? null, part), name).toEqual([]);
      }
      // A comparison of nothing with nothing would agree as well.
      expect(numbers(a["series"] ?? null), name).toBeGreaterThan(1000);
    }
  }
});

test("payments and grids agree to the last bit as well", async ({ page }) => {
  await open(page);
  const deal = "microsoft-openai-2025";
  const [x, y] = ["compute.price", "compute.capex"];
  const inPage = await page.evaluate(
    async ({ deal, x, y }) => {
      const { engine } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
      const question = { metric: "backer.npv.hosting", x: { path: x, steps: 9 }, y: { path: y, steps: 9 } };
      return JSON.stringify([await engine.payments({ deal }), await engine.grid({ deal }, question)]);
    },
    { deal, x, y },
  );
  const ask = async (/** @type {string[]} */ ...words) =>
    JSON.parse((await promisify(execFile)(binary, [...words, "--json"], { maxBuffer: 1 << 26 })).stdout);
  const terminal = [
    await ask("payments", deal),
    await ask("grid", deal, "--metric", "backer.npv.hosting", "--x", x, "--y", y),
  ];
  expect(differences(JSON.parse(inPage), terminal, "")).toEqual([]);
  expect(numbers(terminal)).toBeGreaterThan(200);
});

// Two programs side by side: the page's engine and the command line give the same bits, for every deal and scenario of the library.
import { existsSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { openDrawing, showOutcome } from "./drawing.js";
import { card, open } from "./page.js";
import { binary, differences, numbers, parseExact, printed } from "./terminal.js";

/** @import { Json } from "./terminal.js" */

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
      const onTerminal = await printed("run", deal.id, "--json", ...(scenario === null ? [] : ["--scenario", scenario]));
      const [a, b] = [parseExact(inPage), parseExact(onTerminal)];
      for (const part of ["metrics", "series", "years", "irr_roots", "references", "warnings"]) {
        expect(differences(a[part] ?? null, b[part] ?? null, part), name).toEqual([]);
      }
      // A comparison of nothing with nothing would agree as well.
      expect(numbers(a["series"] ?? null), name).toBeGreaterThan(1000);
    }
  }
});

test("what the page draws is what the command line draws, at every step", async ({ page }) => {
  test.slow();
  const drawn = await openDrawing(page, "v=1&scenario=weak-demand");
  await showOutcome(page);
  await card(page, "fan").show();
  await card(page, "fan").rest();
  const changed = (await drawn()).filter(({ request }) => JSON.stringify(request).includes("weak-demand"));
  expect(new Set(changed.map(({ answer }) => answer.paths))).toEqual(new Set([1024, 4096, 16_384]));
  for (const { answer, series } of changed) {
    const printout = await printed(
      ...["simulate", "microsoft-openai-2025", "--json", "--scenario", "weak-demand"],
      ...["--paths", String(answer.paths), "--seed", "1"],
      ...series.flatMap((name) => ["--series", name]),
    );
    /** @type {{ [key: string]: Json }} */
    const terminal = JSON.parse(printout);
    // Without a name the command line gives the bands of all series, and the page of none.
    if (series.length === 0) terminal["bands"] = {};
    expect(differences(answer, terminal, "result"), `${answer.paths} paths, ${series.join() || "no"} series`).toEqual([]);
    expect(numbers(answer)).toBeGreaterThan(400);
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
    JSON.parse(await printed(...words, "--json"));
  const terminal = [
    await ask("payments", deal),
    await ask("grid", deal, "--metric", "backer.npv.hosting", "--x", x, "--y", y),
  ];
  expect(differences(JSON.parse(inPage), terminal, "")).toEqual([]);
  expect(numbers(terminal)).toBeGreaterThan(200);
});

// Every number explains itself.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, test } from "@playwright/test";
import { HEADLINE, card, lever, metric, open, type } from "./page.js";

/** @import { Page } from "@playwright/test" */

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @param {Page} page */
const dialog = (page) => page.locator("cw-explain dialog");

/** @param {Page} page */
const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return `${element?.className ?? ""} ${element?.closest("[data-metric]")?.getAttribute("data-metric") ?? ""}`.trim();
  });

/** @param {Page} page */
async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = /** @type {{ axe: typeof import("axe-core") }} */ (/** @type {unknown} */ (window));
    const result = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return result.violations.map(({ id, nodes }) => ({ id, where: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`) }));
  });
}

test("every headline number opens a card with its meaning, formula, parts, sources and what moves it", async ({ page }) => {
  test.slow();
  await open(page, "v=1&clauses.revenue-share.rate=0.15");
  for (const id of HEADLINE) {
    await metric(page, id).click();
    await expect(dialog(page)).toBeVisible();
    await expect(dialog(page).locator(".number b")).toHaveText(await metric(page, id).innerText());
    await expect(dialog(page).locator(".meaning")).not.toBeEmpty();
    await expect(dialog(page).locator(".formula")).not.toBeEmpty();
    await expect(dialog(page).locator(".inputs li"), id).not.toHaveCount(0);
    await expect(dialog(page).locator(".drivers li, .asking, #drivers + .soft"), id).not.toHaveCount(0);
    await expect(dialog(page).locator(".asking")).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toBeHidden();
  }
});

test("the parts are those of the engine, and what moves it most is its tornado", async ({ page }) => {
  await open(page);
  await metric(page, "backer.npv").click();
  const [count, first] = await page.evaluate(async () => {
    const { engine, store } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    const request = { deal: store.state.deal };
    const { metrics } = await engine.run(request);
    const [bar] = await engine.tornado(request, "backer.npv");
    const info = await engine.describe(request.deal);
    const parts = Object.entries(metrics).filter(([id, value]) => id.startsWith("backer.npv.") && value !== 0);
    return [parts.length, info.quantities.find(({ path }) => path === bar?.path)?.label];
  });
  await expect(dialog(page).locator("table tbody tr")).toHaveCount(count + 1);
  await expect(dialog(page).locator(".drivers li").first()).toContainText(first ?? "");
});

test("a card says how uncertain the number is, also by a distribution of the reader's own", async ({ page }) => {
  await open(page);
  await metric(page, "backer.npv").click();
  const quantiles = dialog(page).locator(".quantiles dd");
  await expect(quantiles).toHaveCount(4);
  const before = await quantiles.allInnerTexts();
  await page.goto("#v=1&~demand.lines.chatgpt.growth=uniform,0.2,1.45,2.6");
  await expect.poll(() => quantiles.allInnerTexts()).not.toEqual(before);
  await expect(quantiles).toHaveCount(4);
});

test("the keyboard opens a card, stays in it, and returns to the number", async ({ page }) => {
  await open(page);
  await page.locator('cw-side [data-metric="lab.npv"] button').focus();
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeVisible();
  expect(await focused(page)).toBe("close");
  await expect(dialog(page).locator(".drivers li").first()).toBeVisible();
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press("Tab");
    const outside = await page.evaluate(() => document.activeElement !== document.body && document.activeElement?.localName !== "cw-explain");
    expect(outside, "the focus stays in the card").toBe(false);
  }
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  expect(await focused(page)).toBe("explain lab.npv");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeVisible();
});

test("a card leads to the assumption in the table", async ({ page }) => {
  await open(page);
  await metric(page, "backer.npv").click();
  await dialog(page).getByRole("button", { name: /^Change .*Discount rate of operations|^Change Discount/ }).last().click();
  await expect(dialog(page)).toBeHidden();
  const row = page.locator('cw-assumption .value input:focus');
  await expect(row).toBeInViewport();
});

test("names in tables explain their numbers too", async ({ page }) => {
  test.slow();
  await open(page);
  await page.locator("cw-ledger").getByRole("button", { name: "Raised from investors" }).click();
  await expect(dialog(page).getByRole("heading", { level: 2 })).toContainText("still has to raise");
  await page.keyboard.press("Escape");
  await page.locator("cw-ledger").getByRole("button", { name: "Revenue share" }).click();
  await expect(dialog(page).getByRole("heading", { level: 2 })).toContainText("the revenue share brings");
  await page.keyboard.press("Escape");
  await card(page, "compare").show();
  await card(page, "compare").place.getByRole("button", { name: /dilution/i }).click();
  await expect(dialog(page).locator(".formula")).toContainText("1 − o");
});

test("a card follows what is changed, and is closed by a press beside it", async ({ page }) => {
  await open(page);
  await metric(page, "backer.npv").click();
  const before = await dialog(page).locator(".number b").innerText();
  await page.mouse.click(5, 5);
  await expect(dialog(page)).toBeHidden();
  await type(page, "clauses.revenue-share.rate", "5");
  await expect(lever(page, "clauses.revenue-share.rate").box).toHaveValue("5");
  await expect(metric(page, "backer.npv")).not.toHaveText(before);
  await metric(page, "backer.npv").click();
  await expect(dialog(page).locator(".number b")).not.toHaveText(before);
  await expect(dialog(page).locator(".number .was")).toContainText(before);
});

test("without the engine's further part a card says so and shows the rest", async ({ page }) => {
  await page.route("**/clauseworth_analysis*.wasm", (route) => route.abort());
  await open(page);
  await metric(page, "backer.npv").click();
  await expect(dialog(page).locator("table")).toBeVisible();
  await expect(dialog(page).locator(".fault")).toBeVisible();
});

test("printed, the card is the page", async ({ page }) => {
  await open(page);
  await metric(page, "backer.npv").click();
  await page.emulateMedia({ media: "print" });
  await expect(dialog(page).locator(".formula")).toBeVisible();
  await expect(page.locator("cw-ledger")).toBeHidden();
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing in the card, the table and the editor, and nothing is too wide, ${width} px, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await open(page, "v=1&~agi.layer=uniform,0.1,0.5,0.9&lab.pool=0.1");
      const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
      await metric(page, "backer.moic").click();
      await expect(dialog(page).locator(".drivers li").first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
      expect(await dialog(page).evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
      await page.keyboard.press("Escape");

      await page.getByRole("button", { name: /^All \d+ assumptions$/ }).click();
      await expect(page.locator("cw-assumption").first()).toBeVisible();
      for (const path of ["agi.layer", "agi.year", "regulation.acts", "lab.pool"]) {
        await page.locator(`cw-assumption[data-path="${path}"]`).getByRole("button", { name: /^Change the uncertainty/ }).click();
      }
      await page.getByRole("button", { name: "Your own deal" }).click();
      const own = page.locator("cw-own");
      await own.getByRole("button", { name: "Begin with a blank template" }).click();
      await expect(own.locator("#verdict")).toContainText("is sound");
      await own.getByRole("button", { name: "Calculate with it" }).click();
      await expect(own.locator(".mine li")).toHaveCount(1);
      expect(await violations(page)).toEqual([]);
      await own.getByRole("textbox").fill("format = 7\n[lab]\ncash = true\n");
      await expect(own.locator(".faults li").first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
      expect(await wide()).toBeLessThanOrEqual(width);
    });
  }
}

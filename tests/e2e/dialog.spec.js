// The dialog in which an embed is made, and whether what it gives works where it is pasted: in a bare page on another port.
import { expect, test } from "@playwright/test";
import { PAGE } from "../address.js";
import { violations } from "./axe.js";
import { PATIENCE, card, metric, open, type } from "./page.js";
import { article } from "./hosts.js";

/** @import { Page } from "@playwright/test" */

/** @param {Page} page */
const dialog = (page) => page.getByRole("dialog", { name: "Embed in your page" });
/** @param {Page} page */
const code = (page) => dialog(page).getByLabel("Code to paste").inputValue();

/** Opens it from the toolbar. @param {Page} page */
async function ask(page) {
  await page.locator("cw-toolbar .save summary").click();
  await page.locator("cw-toolbar").getByRole("button", { name: "Embed in your page …" }).click();
  await expect(dialog(page)).toBeVisible();
}

test("it carries the state, and gives the keyboard back", async ({ page }) => {
  await open(page);
  await type(page, "clauses.revenue-share.rate", "10");
  await expect(metric(page, "backer.npv")).not.toBeEmpty();
  await ask(page);
  await expect.poll(() => code(page)).toContain("#v=1&amp;clauses.revenue-share.rate=0.1");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.locator("cw-toolbar .save summary")).toBeFocused();
});

test("a figure's own menu begins with that figure", async ({ page }) => {
  await open(page);
  const { place, show } = card(page, "payments");
  await show();
  await place.locator(".save summary").click();
  await place.getByRole("button", { name: "Embed in your page …" }).click();
  await expect(dialog(page).getByLabel("Who pays whom")).toBeChecked();
  expect(await code(page)).toContain("/payments.html");
});

test("a frame works where it is pasted, and is as high as its content", async ({ page }) => {
  await open(page, "v=1&agi.year=2029");
  await ask(page);
  const preview = dialog(page).frameLocator("iframe");
  await expect(preview.locator("cw-clauses")).toBeVisible({ timeout: PATIENCE });
  await dialog(page).getByLabel("Light", { exact: true }).check();
  await dialog(page).getByLabel("None: the figure alone").check();
  await dialog(page).getByLabel("The answer in a sentence, above the figure").uncheck();
  await dialog(page).getByLabel("Frame and script").check();
  await article(page, await code(page));
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("cw-clauses")).toBeVisible({ timeout: PATIENCE });
  await expect(frame.locator("clause-figure")).toHaveCount(1);
  await expect(frame.locator("clause-lever")).toHaveCount(0);
  await expect(frame.locator("cw-clauses")).toContainText("was");
  const heights = () =>
    Promise.all([
      page.locator("iframe").evaluate((element) => element.getBoundingClientRect().height),
      frame.locator("#embed").evaluate((element) => element.getBoundingClientRect().height),
    ]);
  await expect.poll(async () => (await heights())[0] - (await heights())[1]).toBeLessThan(60);
});

test("a frame without a script works in a sandbox, with the levers that were chosen", async ({ page }) => {
  await open(page);
  await ask(page);
  await dialog(page).getByLabel("Those that you choose").check();
  await dialog(page).getByLabel("OpenAI declares AGI").check();
  await dialog(page).getByLabel("The backer’s money").check();
  await article(page, await code(page));
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("cw-stack")).toBeVisible({ timeout: PATIENCE });
  await expect(frame.locator("clause-lever")).toHaveCount(1);
  await expect(frame.locator("clause-figure")).toHaveCount(3);
});

for (const version of ["Live", "Pinned"]) {
  test(`elements work where they are pasted: ${version}`, async ({ page }) => {
    await open(page, "v=1&agi.year=2029");
    const value = await metric(page, "backer.npv").innerText();
    await ask(page);
    await dialog(page).getByLabel("Elements", { exact: true }).check();
    const choice = dialog(page).getByLabel(version, { exact: true });
    await choice.check();
    const text = await code(page);
    expect(text.includes("integrity=")).toBe(version === "Pinned");
    expect(text.includes("/v/")).toBe(version === "Pinned");
    await article(page, text);
    await expect(page.locator("clause-figure[figure=answer]")).toContainText(value, { timeout: PATIENCE });
    await expect(page.locator("cw-clauses")).toBeVisible({ timeout: PATIENCE });
    await expect(page.locator("clause-lever")).toHaveCount(3);
  });
}

test("a link leads to the page in this state", async ({ page }) => {
  await open(page, "v=1&deal=microsoft-openai-2023&agi.year=2029");
  const value = await metric(page, "backer.npv").innerText();
  await ask(page);
  await dialog(page).getByLabel("Link", { exact: true }).check();
  await article(page, await code(page));
  await page.getByRole("link").click();
  await expect(metric(page, "backer.npv")).toHaveText(value, { timeout: PATIENCE });
});

test("it can be used with the keyboard alone, and the code is copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await page.locator("cw-toolbar .save summary").focus();
  await page.keyboard.press("Enter");
  const item = page.locator("cw-toolbar").getByRole("button", { name: "Embed in your page …" });
  await item.focus();
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeVisible();
  await dialog(page).getByLabel("Frame", { exact: true }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(dialog(page).getByLabel("Link", { exact: true })).toBeChecked();
  await dialog(page).getByRole("button", { name: "Copy code" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("status").filter({ hasText: "clipboard" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code(page));
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe finds nothing wrong with it on a phone in ${colorScheme} colors`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 800 });
    await page.emulateMedia({ colorScheme });
    await open(page);
    await ask(page);
    await dialog(page).getByLabel("Those that you choose").check();
    await expect(dialog(page).frameLocator("iframe").locator("cw-clauses")).toBeVisible({ timeout: PATIENCE });
    expect(await violations(page)).toEqual([]);
    expect(await dialog(page).evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  });
}

test("an oEmbed document's frame works in a page of another origin", async ({ page }) => {
  const { oembedOf } = await import("../../www/build/oembed.js");
  const { html, width } = oembedOf({ id: "microsoft-openai-2023", title: "Microsoft & OpenAI" }, PAGE);
  await page.setViewportSize({ width, height: 900 });
  await article(page, html);
  await expect(page.locator("iframe")).toHaveAttribute("title", "Microsoft & OpenAI");
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("cw-clauses")).toBeVisible({ timeout: PATIENCE });
  await expect(frame.getByRole("link", { name: /^Open in Clauseworth/ })).toHaveAttribute("href", /deal=microsoft-openai-2023/);
});

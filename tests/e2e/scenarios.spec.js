// The reader's own scenarios, and up to four things compared.
import { expect, test } from "@playwright/test";
import { violations } from "./axe.js";
import { bare, button, card, fragment, metric, open, picker, type } from "./page.js";

/** @import { Page } from "@playwright/test" */

const RATE = "clauses.revenue-share.rate";
const bar = (/** @type {Page} */ page) => page.locator("cw-scenarios");
const dialog = (/** @type {Page} */ page) => page.getByRole("dialog", { name: "Your scenarios" });

/** @param {Page} page @param {string} name */
async function save(page, name) {
  await bar(page).locator(".manage").click();
  await dialog(page).getByRole("textbox", { name: "Save what is on screen as" }).fill(name);
  await page.keyboard.press("Enter");
}

/** @param {Page} page @param {string} name */
async function saveAndClose(page, name) {
  await save(page, name);
  await expect(dialog(page).getByRole("status")).toContainText(`“${name}” is saved`);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
}

const names = (/** @type {Page} */ page) => bar(page).locator('.scenario[data-id^="saved:"]').allInnerTexts();
const chip = (/** @type {Page} */ page, /** @type {string} */ name) => bar(page).getByRole("button", { name, exact: true });

test("the agreement's scenarios are one tap away", async ({ page }) => {
  await open(page);
  const base = await metric(page, "backer.npv").innerText();
  await expect(chip(page, "Base case")).toHaveAttribute("aria-pressed", "true");
  await chip(page, "Demand disappoints").click();
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
  await expect(chip(page, "Demand disappoints")).toHaveAttribute("aria-pressed", "true");
  await expect(picker(page, 1)).toHaveValue("weak-demand");
  await expect.poll(() => fragment(page)).toBe("#v=1&scenario=weak-demand");
  await chip(page, "Base case").click();
  await expect(metric(page, "backer.npv")).toHaveText(base);
});

test("a scenario is saved, survives a reload, is applied, renamed and deleted", async ({ page }) => {
  await open(page, "v=1&scenario=weak-demand");
  await type(page, RATE, "5");
  const mine = await metric(page, "backer.npv").innerText();
  await saveAndClose(page, "Bad years");
  expect(await names(page)).toEqual(["Bad years"]);
  await expect(chip(page, "Bad years")).toHaveAttribute("aria-pressed", "true");
  // What the device keeps is no part of the address.
  await expect.poll(() => fragment(page)).toBe(`#v=1&scenario=weak-demand&${RATE}=0.05`);

  await page.goto("about:blank");
  await open(page);
  const base = await metric(page, "backer.npv").innerText();
  expect(base).not.toBe(mine);
  await chip(page, "Bad years").click();
  await expect(metric(page, "backer.npv")).toHaveText(mine);
  await expect(page.locator(".changes")).toContainText("Revenue share: 5%");
  await button(page, "undo").click();
  await expect(metric(page, "backer.npv")).toHaveText(base);
  await picker(page, 1).selectOption({ label: "Bad years (yours)" });
  await expect(metric(page, "backer.npv")).toHaveText(mine);

  await bar(page).locator(".manage").click();
  await dialog(page).getByRole("button", { name: "Rename: Bad years" }).click();
  const field = dialog(page).getByRole("textbox", { name: "New name for “Bad years”" });
  await expect(field).toBeFocused();
  await field.fill("Lean & bad years; 50 %");
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["Lean & bad years; 50 %"]);

  await dialog(page).getByRole("button", { name: "Delete: Lean" }).click();
  await expect.poll(() => names(page)).toEqual([]);
  const back = dialog(page).getByRole("button", { name: "Bring “Lean & bad years; 50 %” back" });
  await expect(back).toBeFocused();
  await back.click();
  await expect.poll(() => names(page)).toEqual(["Lean & bad years; 50 %"]);
  await dialog(page).getByRole("button", { name: "Delete: Lean" }).click();
  await page.goto("about:blank");
  await open(page);
  expect(await names(page)).toEqual([]);
});

test("a scenario is overwritten only when the reader says so, and belongs to its agreement", async ({ page }) => {
  await open(page);
  await type(page, RATE, "5");
  await saveAndClose(page, "Mine");
  await type(page, RATE, "10");
  await save(page, "Mine");
  const question = dialog(page).getByRole("alertdialog");
  await expect(question).toContainText("Replace “Mine”");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog(page).locator("li")).toContainText("Revenue share: 5% instead of 20%");
  await dialog(page).getByRole("button", { name: "Replace: Mine" }).click();
  await question.getByRole("button", { name: "Replace it" }).click();
  await expect(dialog(page).locator("li")).toContainText("Revenue share: 10% instead of 20%");
  await page.keyboard.press("Escape");
  await picker(page, 0).selectOption("microsoft-openai-2023");
  await expect.poll(() => names(page)).toEqual([]);
  await picker(page, 0).selectOption("microsoft-openai-2025");
  await expect.poll(() => names(page)).toEqual(["Mine"]);
});

test("where nothing can be kept, the address keeps the scenarios", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  });
  await open(page);
  await type(page, RATE, "5");
  await save(page, "Bad years");
  await expect(dialog(page).getByRole("status")).toContainText("saved in the address");
  await page.keyboard.press("Escape");
  await expect.poll(() => fragment(page)).toBe(`#v=1&${RATE}=0.05&saved:Bad%20years=v:1;${RATE}:0.05`);
  await chip(page, "Base case").click();
  await button(page, "reset").click();
  await expect.poll(() => fragment(page)).toBe(`#v=1&saved:Bad%20years=v:1;${RATE}:0.05`);
  await page.reload();
  await expect(chip(page, "Bad years")).toBeVisible();
  await chip(page, "Bad years").click();
  await expect.poll(() => fragment(page)).toContain(`${RATE}=0.05`);
});

test("a scenario goes to another reader by a link, and overwrites none of theirs", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await type(page, RATE, "5");
  await save(page, "Mine");
  await dialog(page).getByRole("button", { name: "Copy link: Mine" }).click();
  await expect(dialog(page).getByRole("status")).toContainText("The link is copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(bare(link)).toContain(`#v=1&${RATE}=0.05&saved:Mine=v:1;${RATE}:0.05`);

  await page.evaluate((rate) => localStorage.setItem("clauseworth-scenarios", JSON.stringify({ "microsoft-openai-2025": [{ name: "Mine", fragment: `v=1&${rate}=0.5` }] })), RATE);
  await page.goto("about:blank");
  await page.goto(link);
  await expect.poll(() => names(page)).toEqual(["Mine", "Mine (2)"]);
  await expect(chip(page, "Mine (2)")).toHaveAttribute("aria-pressed", "true");
  await bar(page).locator(".manage").click();
  await expect(dialog(page).locator("li").last()).toContainText("not kept on this device");
  await dialog(page).getByRole("button", { name: "Keep: Mine (2)" }).click();
  await expect(dialog(page).locator("li").last()).not.toContainText("not kept on this device");
  await page.goto("about:blank");
  await open(page);
  expect(await names(page)).toEqual(["Mine", "Mine (2)"]);
});

test("up to four are compared: the agreement, its scenarios, the reader's own, other agreements", async ({ page }) => {
  await open(page);
  await type(page, RATE, "5");
  await saveAndClose(page, "Thrift");
  const { place, heading, picture, show, settle } = card(page, "compare");
  await show();
  await expect(picture.locator(".line")).toHaveCount(2);
  await place.locator("details.choice summary").click();
  const pick = (/** @type {string} */ name) => place.getByRole("checkbox", { name, exact: true });
  await pick("January 2023").uncheck();
  await pick("April 2026").uncheck();
  await expect(pick("As it stands now")).toHaveAttribute("aria-disabled", "true");
  for (const name of ["Base case", "Demand disappoints", "Thrift"]) await pick(name).check();
  await settle();
  await expect(place.locator("thead th").nth(4)).toHaveText("Thrift");
  await expect(place.locator(".hint")).toContainText("Four is the most");
  await expect(pick("AGI never")).toHaveAttribute("aria-disabled", "true");
  await pick("AGI never").click({ force: true });
  await expect(pick("AGI never")).not.toBeChecked();
  await expect(heading).toContainText("“Demand disappoints”");
  await expect(picture.locator(".stem")).toHaveCount(8);
  // The reader's state is just what was saved, so that both stand the same.
  const cells = place.locator("tbody tr").first().locator("td");
  const now = await metric(page, "backer.npv").innerText();
  await expect(cells.first()).toContainText(now);
  await expect(cells.nth(3)).toContainText(now);
  await place.getByRole("radio", { name: "Clauses, for Microsoft" }).check();
  await settle();
  await expect(place.locator("tbody tr").first().locator("td")).toHaveCount(4);

  await expect.poll(() => fragment(page)).toBe(
    `#v=1&${RATE}=0.05&compare:view=backer&compare:with=now,agreed,scenario:weak-demand,saved:Thrift&saved:Thrift=v:1;${RATE}:0.05`,
  );
  // To someone who has none of it, the link brings all of it.
  const link = page.url();
  await page.evaluate(() => localStorage.clear());
  await page.goto("about:blank");
  await page.goto(link);
  await show();
  await expect(place.locator("thead th").nth(4)).toHaveText("Thrift");

  // Renamed, it is still compared; taken away, no longer.
  await bar(page).locator(".manage").click();
  await dialog(page).getByRole("button", { name: "Rename: Thrift" }).click();
  await page.keyboard.type("Thriftier");
  await page.keyboard.press("Enter");
  await expect(place.locator("thead th").nth(4)).toHaveText("Thriftier");
  await dialog(page).getByRole("button", { name: "Delete: Thriftier" }).click();
  await page.keyboard.press("Escape");
  await expect(place.locator("thead th")).toHaveCount(4);
  await place.locator("details.choice summary").click();
  await place.getByRole("button", { name: "Back to the agreements" }).click();
  await settle();
  await expect(picture.locator(".line")).toHaveCount(2);
  await expect.poll(() => fragment(page)).toBe(`#v=1&${RATE}=0.05&compare:view=backer`);
});

test("the keyboard alone saves, applies and compares", async ({ page }) => {
  await open(page, `v=1&${RATE}=0.05`);
  await bar(page).locator(".manage").focus();
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeVisible();
  const field = dialog(page).getByRole("textbox");
  for (let i = 0; i < 4 && !(await field.evaluate((each) => each.matches(":focus"))); i += 1) await page.keyboard.press("Tab");
  await page.keyboard.type("By hand");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("status")).toContainText("is saved");
  await page.keyboard.press("Escape");
  await expect(bar(page).locator(".manage")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(chip(page, "By hand")).toBeFocused();
  for (let i = 0; i < 9; i += 1) await page.keyboard.press("Shift+Tab");
  await expect(chip(page, "Base case")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => fragment(page)).not.toContain("scenario");

  const { place, show } = card(page, "compare");
  await show();
  await place.locator("details.choice summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(place.getByRole("checkbox", { name: "Base case" })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(place.getByRole("checkbox", { name: "Base case" })).toBeChecked();
  await expect(place.locator("thead th")).toHaveCount(5);
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [320, 768, 1440]) {
    test(`axe finds nothing in scenarios and four compared, ${width} px, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await open(page, `v=1&${RATE}=0.12&compare:with=now,agreed,scenario:weak-demand,saved:A%20long%20name%20for%20it&saved:A%20long%20name%20for%20it=v:1;agi.year:2027`);
      const { place, show } = card(page, "compare");
      await show();
      await place.locator("details.choice summary").click();
      await expect(place.locator("thead th")).toHaveCount(5);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await violations(page)).toEqual([]);
      await place.getByRole("radio", { name: "Clauses, for Microsoft" }).check();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await save(page, "A long name for it");
      await expect(dialog(page).getByRole("alertdialog")).toBeVisible();
      await dialog(page).getByRole("button", { name: "Rename: A long" }).click();
      expect(await violations(page)).toEqual([]);
    });
  }
}

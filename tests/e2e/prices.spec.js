// A price of a clause explains itself, and the ledger is a picture, too.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { violations } from "./axe.js";
import { elsewhere } from "./elsewhere.js";
import { card, metric, open } from "./page.js";

for (const { width, colorScheme } of /** @type {const} */ ([{ width: 320, colorScheme: "dark" }, { width: 1440, colorScheme: "light" }])) {
  test(`a pair of bars says what it means, how it is made and what moves it, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await open(page);
    const { place, picture, show, settle } = card(page, "clauses");
    await show();
    const amounts = await picture.locator(".amount").allTextContents();
    const button = place.getByRole("button", { name: "Revenue share: how its price is made" });
    await button.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "What it is worth: Revenue share" });
    await expect(dialog).toBeVisible();
    const value = (await dialog.locator(".number b").innerText()).replaceAll("\u2060", "");
    const [backer = "", owners = ""] = value.split(", ");
    expect(amounts).toContain(backer.replace(" to Microsoft", ""));
    expect(amounts).toContain(owners.replace(/ to OpenAI.*/, ""));
    await expect(dialog.locator(".formula")).toContainText("n!");
    await expect(dialog.locator(".tables table")).toHaveCount(2);
    await expect(dialog.locator(".tables")).toContainText(await metric(page, "backer.npv").innerText());
    await expect(dialog.locator(".inputs li").first()).toContainText("Revenue share");
    await expect(dialog.locator(".drivers li").first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(button).toBeFocused();

    await place.getByRole("radio", { name: "If it alone goes" }).check();
    await settle();
    await button.click();
    await expect(dialog.locator(".formula")).toContainText("all without c");
  });
}

test("the ledger is saved as a picture and as a drawing, with all of its rows and the stamp", async ({ page }) => {
  await open(page, "v=1&clauses.revenue-share.rate=0.12");
  const ledger = page.locator("cw-ledger");
  /** @param {string} kind */
  const take = async (kind) => {
    await ledger.locator(".save summary").click();
    const download = page.waitForEvent("download");
    await ledger.locator(`.save [data-kind="${kind}"]`).click();
    const file = await download;
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
  };
  const svg = await take("svg");
  expect(svg.name).toBe("clauseworth-microsoft-openai-2025-ledger-changed.svg");
  const drawn = await elsewhere(page, (text) => {
    const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    return { width: root.getAttribute("width"), texts: [...root.querySelectorAll("text")].map((each) => each.textContent?.trim() ?? "") };
  }, svg.content.toString("utf8"));
  const rows = await ledger.locator("tbody th").allInnerTexts();
  expect(drawn.width).toBe("800");
  for (const row of rows) expect(drawn.texts).toContain(row);
  const cells = await ledger.locator("tbody td:not([colspan])").count();
  const numbers = drawn.texts.filter((text) => /^−?[\d,]+\.\d$/.test(text));
  expect(numbers).toHaveLength(cells);
  expect(drawn.texts.join(" ")).toContain("not investment advice");

  const png = await take("png");
  expect(png.content.subarray(1, 4).toString()).toBe("PNG");
  expect(png.content.readUInt32BE(16)).toBe(1600);
});

// The article, as its readers have it: with figures that answer, without scripts, on paper.
import { expect, test } from "@playwright/test";
import { violations } from "./axe.js";
import { PATIENCE } from "./page.js";
import { differences, parseExact, printed } from "./terminal.js";

/** @import { Locator, Page } from "@playwright/test" */

const ARTICLE = "explainer.html";
const FIGURES = ["headline", "flows", "payments", "heat", "clauses", "agi", "lab", "infrastructure", "outcome", "tornado"];

/** The numbers of the article, with what stands in them and what they show. @param {Page} page */
const values = (page) =>
  page.locator("clause-value").evaluateAll((all) =>
    all.map((each) => ({
      asked: [...each.attributes].map(({ name, value }) => `${name}=${value}`).join(" "),
      written: each.textContent,
      shown: each.shadowRoot?.querySelector(".value")?.textContent ?? null,
      trouble: each.shadowRoot?.querySelector(".problems")?.textContent ?? null,
    })),
  );

/** Opens the article and waits until its numbers are calculated. @param {Page} page */
async function read(page) {
  await page.goto(ARTICLE);
  await expect.poll(async () => (await values(page)).filter(({ shown }) => shown === null), { timeout: PATIENCE }).toEqual([]);
}

/**
 * Goes to a figure, and waits until it is drawn.
 * @param {Page} page
 * @param {string} id
 */
async function figure(page, id) {
  const place = page.locator(`clause-figure[figure="${id}"] cw-place`);
  await place.evaluate((element) => element.scrollIntoView({ block: "start" }));
  await expect(place.locator("svg, .side, h2, .kicker").first()).toBeAttached({ timeout: PATIENCE });
  await expect(place).not.toHaveAttribute("settling", { timeout: PATIENCE });
  return place;
}

/** Goes through the article. @param {Page} page */
async function leaf(page) {
  for (const id of FIGURES) await figure(page, id);
}

/**
 * What a number of the text shows now.
 * @param {Locator} within
 * @param {string} selector
 */
const shownBy = (within, selector) => within.locator(`clause-value${selector} .value`).first();

test("every number and figure is there, as the article has it written and as the command line has it", async ({ page }) => {
  test.slow();
  /** @type {string[]} */
  const faults = [];
  /** @type {string[]} */
  const asked = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => asked.push(request.url()));
  await read(page);
  for (const each of await values(page)) {
    expect(each.shown, each.asked).toBe(each.written);
    expect(each.trouble, each.asked).toBeNull();
  }
  await leaf(page);
  expect(await page.locator("clause-figure").evaluateAll((all) => all.map((each) => each.getAttribute("figure")))).toEqual(FIGURES);
  await expect(page.locator(".problems, .fault")).toHaveCount(0);

  const models = await page.locator("clause-model").evaluateAll((all) =>
    all.map((each) => ({
      deal: each.getAttribute("deal") ?? "",
      state: each.getAttribute("state") ?? "",
      // Numbers pass as text, which keeps the sign of a zero.
      metrics: JSON.stringify(/** @type {{ metrics?: object }} */ (each).metrics, (_key, value) => (Object.is(value, -0) ? "-0" : value)),
    })),
  );
  expect(models.length).toBeGreaterThan(20);
  for (const { deal, state, metrics } of models) {
    const set = [...new URLSearchParams(state)].filter(([key]) => key !== "v").flatMap(([path, value]) => ["--set", `${path}=${value}`]);
    const terminal = parseExact(await printed("run", deal, "--json", ...set));
    expect(differences(parseExact(metrics), terminal["metrics"] ?? null, `${deal} ${state}`)).toEqual([]);
  }

  const { origin } = new URL(page.url());
  expect(asked.filter((address) => !address.startsWith(origin) && !address.startsWith("blob:"))).toEqual([]);
  expect(faults).toEqual([]);
});

test("what is far from the view is not asked for", async ({ page }) => {
  await read(page);
  await expect(page.locator('clause-figure[figure="tornado"] .fallback')).toBeAttached();
  await expect(page.locator('clause-figure[figure="tornado"] svg')).toHaveCount(0);
  await figure(page, "tornado");
  await expect(page.locator('clause-figure[figure="tornado"] svg').first()).toBeVisible();
});

test("a link of the text sets what it says, shows it, and is undone beside the sliders", async ({ page }) => {
  await read(page);
  const section = page.locator("section", { has: page.locator("#stake") });
  const link = section.getByRole("link", { name: "25 times earnings" });
  const lever = section.locator('clause-lever[path="lab.terminal_pe"]').getByRole("spinbutton");
  const now = section.locator(".now");
  const told = (await shownBy(page.locator(".how"), '[metric="backer.npv"]').innerText()).trim();
  await expect(lever).toHaveValue("15");
  await link.click();
  await expect(lever).toHaveValue("25");
  await expect(link).toHaveAttribute("aria-current", "true");
  await expect(shownBy(page.locator(".how"), '[metric="backer.npv"]')).not.toHaveText(told);
  await expect(now.locator("clause-value .changed").first()).toBeVisible();
  // The number that the text gives for this state is the one that the reader now has.
  const result = await page.locator("clause-model").evaluateAll((all) =>
    all.filter((each) => ["", "pe-25"].includes(each.getAttribute("group") ?? "")).map((each) => JSON.stringify(/** @type {{ metrics?: object }} */ (each).metrics)),
  );
  expect(result[0]).toBe(result[1]);
  // What is said of the base case stays.
  const opening = page.locator("article > p", { hasText: "On the terms now in force" });
  await expect(shownBy(opening, '[metric="backer.npv"]')).toHaveText(told);
  expect(new URL(page.url()).pathname).toMatch(/explainer\.html$/);

  const back = now.getByRole("link", { name: "Back to the base case" });
  await back.focus();
  await page.keyboard.press("Enter");
  await expect(lever).toHaveValue("15");
  await expect(shownBy(page.locator(".how"), '[metric="backer.npv"]')).toHaveText(told);
  await expect(back).toHaveAttribute("aria-current", "true");
});

test("October’s terms and April’s are moved apart", async ({ page }) => {
  await read(page);
  const section = page.locator("section", { has: page.locator("#agi") });
  const agi = await figure(page, "agi");
  const heading = agi.getByRole("heading", { level: 2 });
  const before = await heading.innerText();
  const april = shownBy(section.locator(".now").nth(1), '[metric="backer.npv"]');
  const untouched = await april.innerText();
  await section.getByRole("link", { name: "AGI in 2028" }).first().click();
  await expect(heading).not.toHaveText(before, { timeout: PATIENCE });
  await expect(april).toHaveText(untouched);
  await section.getByRole("link", { name: "AGI in 2028" }).last().click();
  await expect(april).not.toHaveText(untouched);
  for (const back of await section.getByRole("link", { name: "Back to the base case" }).all()) await back.click();
  await expect(heading).toHaveText(before, { timeout: PATIENCE });
  await expect(april).toHaveText(untouched);
});

test("every link of the text does something, and says that it is done", async ({ page }) => {
  await read(page);
  const links = page.locator('section a[data-clause-set]:not([data-clause-set=""])');
  expect(await links.count()).toBeGreaterThan(20);
  for (const link of await links.all()) {
    await link.click();
    await expect(link, await link.innerText()).toHaveAttribute("aria-current", "true");
  }
  await expect(page.locator(".problems")).toHaveCount(0);
});

test("a slider of the article moves its numbers", async ({ page }) => {
  await read(page);
  const section = page.locator("section", { has: page.locator("#revenue-share") });
  const cap = section.locator('clause-lever[path="clauses.revenue-share.cap"]').getByRole("slider");
  const now = shownBy(section.locator(".now").first(), '[metric="backer.npv"]');
  const before = await now.innerText();
  await cap.focus();
  await page.keyboard.press("End");
  await expect(now).not.toHaveText(before);
});

test("the two pages lead to each other", async ({ page }) => {
  await read(page);
  await page.getByRole("contentinfo").getByRole("link", { name: "The full calculator" }).click();
  await expect(page.locator("cw-ledger table")).toBeVisible();
  await page.getByRole("banner").getByRole("link", { name: "The story of the agreement" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("worth, clause by clause");
});

test("a note leads to its source and back, and every source to a page of its own", async ({ page }) => {
  await read(page);
  const note = page.locator('[role="doc-noteref"]').first();
  await note.click();
  const source = page.locator("#source-1");
  await expect(source).toBeInViewport();
  await source.locator('[role="doc-backlink"]').first().click();
  await expect(note).toBeInViewport();
  const addresses = await page.locator('.sources li > a[href^="http"]').evaluateAll((all) => all.map((each) => each.getAttribute("href") ?? ""));
  expect(addresses.length).toBe(await page.locator(".sources li").count());
  expect(new Set(addresses).size).toBe(addresses.length);
  for (const address of addresses) expect(new URL(address).protocol, address).toBe("https:");
});

for (const width of [320, 768, 1440]) {
  test(`nothing jumps while the figures arrive, ${width} px`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 900 });
    await page.addInitScript(() => {
      const seen = /** @type {{ shifts?: number }} */ (/** @type {unknown} */ (window));
      seen.shifts = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { hadRecentInput, value } = /** @type {PerformanceEntry & { hadRecentInput: boolean, value: number }} */ (entry);
          if (!hadRecentInput) seen.shifts = (seen.shifts ?? 0) + value;
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await read(page);
    await leaf(page);
    const shifts = await page.evaluate(() => /** @type {{ shifts?: number }} */ (/** @type {unknown} */ (window)).shifts);
    // What browsers count as good for a whole visit.
    expect(shifts).toBeLessThan(0.1);
  });

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`axe finds nothing, and nothing is wider than the screen, ${width} px, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await read(page);
      await page.getByRole("link", { name: "AGI in 2028" }).first().click();
      await leaf(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await violations(page)).toEqual([]);
    });
  }
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("text, numbers and sources are complete, and a note says what is missing", async ({ page }) => {
    for (const width of [320, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(ARTICLE);
      await expect(page.locator("noscript p")).toBeVisible();
      for (const heading of ["The stake", "Power and chips", "What to watch next", "Sources"]) {
        await expect(page.getByRole("heading", { name: heading, exact: true })).toBeVisible();
      }
      const numbers = page.locator("article clause-value:visible");
      expect(await numbers.count()).toBeGreaterThan(80);
      for (const text of await numbers.allInnerTexts()) expect(text).toMatch(/\d/);
      await expect(page.locator("clause-figure table").first()).toBeVisible();
      // What cannot be moved is not offered.
      await expect(page.locator("clause-lever:visible")).toHaveCount(0);
      await expect(page.locator(".sources li").first()).toBeVisible();
      const wide = page.locator("html");
      expect((await wide.boundingBox())?.width).toBeLessThanOrEqual(width);
    }
    // A link that would set something leads to the calculator in that state.
    await expect(page.getByRole("link", { name: "25 times earnings" })).toHaveAttribute("href", /index\.html#v=1&deal=[\w-]+&lab\.terminal_pe=25$/);
  });
});

test("on paper there are figures and sources with their addresses, and nothing to move", async ({ page }) => {
  test.slow();
  await read(page);
  await leaf(page);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.locator("clause-lever:visible")).toHaveCount(0);
  await expect(page.locator(".contents")).toBeHidden();
  await expect(page.locator('clause-figure[figure="agi"] svg').first()).toBeVisible();
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(paper).toBe("light");
  const printedAddress = await page
    .locator(".sources li > a")
    .first()
    .evaluate((link) => getComputedStyle(link, "::after").content);
  expect(printedAddress).toContain("https://");
  expect((await page.pdf()).byteLength).toBeGreaterThan(50_000);
});

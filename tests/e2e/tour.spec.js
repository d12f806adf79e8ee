// The guided tour: nine stops, each with its levers and the figure that answers it, and the way back to everything.
import { expect, test } from "@playwright/test";
import { violations } from "./axe.js";
import { PATIENCE, fragment, lever, metric, open, picker } from "./page.js";

/** @import { Page } from "@playwright/test" */

const STOPS = ["stake", "share", "cloud", "rights", "agi", "devices", "power", "regulators", "next"];
const DEALS = ["microsoft-openai-2025", "microsoft-openai-2023", "microsoft-openai-2026"];

/** @param {Page} page */
function tour(page) {
  const stop = page.locator("cw-tour");
  const place = stop.locator("cw-place");
  return {
    stop,
    place,
    heading: stop.locator("h2#question"),
    next: stop.locator("a.next"),
    back: stop.locator("a.back"),
    leave: stop.locator("a.leave"),
    levers: stop.locator("cw-lever"),
    /** Waits until the figure of the stop shows the state of the figures. */
    async settle() {
      await place.evaluate((element) => element.scrollIntoView({ block: "center" }));
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      await expect(place).toHaveJSProperty("filled", true, { timeout: PATIENCE });
      await expect(place).not.toHaveAttribute("settling", { timeout: PATIENCE });
      await expect(place.locator("svg").first()).toBeVisible();
    },
  };
}

/**
 * Opens the page at a stop.
 * @param {Page} page
 * @param {string} id
 * @param {string} [before] the state
 */
async function openAt(page, id, before = "v=1") {
  await page.goto(`#${before}&tour=${id}`);
  await expect(tour(page).heading).toBeVisible();
}

/**
 * What must be so at every stop.
 * @param {Page} page
 * @param {string} id
 */
async function soundAt(page, id) {
  const { stop, place, levers, settle } = tour(page);
  const at = STOPS.indexOf(id) + 1;
  await expect(stop.locator(".position")).toHaveText(`Stop ${at} of 9`);
  await expect(stop.locator('a[aria-current="step"]')).toHaveCount(1);
  await expect.poll(() => fragment(page)).toContain(`tour=${id}`);
  await settle();
  await expect(place.locator(".fault")).toHaveCount(0);
  await expect(page.locator("cw-notice")).toHaveCount(0);
  // Until a regulator acts there is nothing else of it to move.
  expect(await levers.count()).toBeGreaterThanOrEqual(id === "regulators" ? 1 : 2);
  expect(await levers.count()).toBeLessThanOrEqual(3);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide, id).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [320, 768, 1440]) {
    test(`the mouse walks all nine stops, and axe finds nothing, ${width} px, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await open(page);
      await page.getByRole("link", { name: /^Take the tour/ }).click();
      for (const id of STOPS) {
        await soundAt(page, id);
        // At the end of the page the ways on lie over nothing.
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        expect(await violations(page), id).toEqual([]);
        if (id !== "next") await tour(page).next.click();
      }
      await tour(page).back.click();
      await expect(tour(page).stop.locator(".position")).toHaveText("Stop 8 of 9");
      await tour(page).stop.getByRole("link", { name: /AGI/ }).first().click();
      await expect(tour(page).stop.locator(".position")).toHaveText("Stop 5 of 9");
    });
  }
}

for (const width of [320, 768, 1440]) {
  test(`the keyboard alone walks all nine stops and moves a lever, ${width} px`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 800 });
    await open(page);
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return `${element?.localName} ${element?.className} ${element?.id} ${element?.getAttribute("type") ?? ""}`;
      });
    /** @param {RegExp} what */
    const tabTo = async (what) => {
      for (let i = 0; i < 80; i += 1) {
        await page.keyboard.press("Tab");
        if (what.test(await focused())) return;
      }
      throw new Error(`Nothing like ${what} can be reached by the keyboard.`);
    };
    await tabTo(/^a way first/);
    await page.keyboard.press("Enter");
    for (const [i, id] of STOPS.entries()) {
      await expect(tour(page).stop.locator(".position")).toHaveText(`Stop ${i + 1} of 9`);
      // The keyboard is at the question, so that the next key goes on from there.
      await expect.poll(focused).toMatch(/^h2 .*question/);
      if (id === "agi") {
        const base = await page.locator(".strip .backer b").textContent();
        await tabTo(/^input slider/);
        for (let step = 0; step < 8; step += 1) await page.keyboard.press("ArrowLeft");
        await expect(page.locator(".strip .backer b")).not.toHaveText(base ?? "");
      }
      if (id !== "next") {
        await tabTo(/^a next/);
        await page.keyboard.press("Enter");
      }
    }
    await tabTo(/^a next/);
    await page.keyboard.press("Enter");
    await expect(page.locator("cw-ledger table")).toBeVisible();
    await expect.poll(focused).toMatch(/levers-title/);
    await expect.poll(() => fragment(page)).toBe("#v=1&agi.year=2031");
  });
}

for (const deal of DEALS) {
  test(`every stop has its levers and its figure in ${deal}`, async ({ page }) => {
    test.slow();
    /** @type {string[]} */
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    for (const id of STOPS) {
      await openAt(page, id, deal === DEALS[0] ? "v=1" : `v=1&deal=${deal}`);
      await soundAt(page, id);
      await expect(tour(page).stop.locator(".known a").first()).toHaveAttribute("href", /^https:/);
    }
    expect(errors).toEqual([]);
  });
}

test("a stop says where the deal has no such clause", async ({ page }) => {
  await openAt(page, "stake", "v=1&deal=microsoft-openai-2023");
  await expect(tour(page).stop.locator(".text")).toContainText("These terms know no stake");
  await expect(tour(page).levers.first()).toHaveAttribute("data-path", "clauses.profit-share.tiers.1.share");
});

test("what AGI ends, and the dates to watch, follow the deal and the levers", async ({ page }) => {
  await openAt(page, "agi");
  const text = tour(page).stop.locator(".text");
  await expect(text).toContainText("AGI ends the revenue share");
  await openAt(page, "next");
  const dates = tour(page).stop.locator(".dates");
  await expect(dates).toContainText("Rights to models and products end");
  await expect(dates).toContainText("AGI counts for the contract");
  await lever(page, "agi.year").never.check();
  await expect(dates).not.toContainText("AGI");
  await picker(page, 0).selectOption("microsoft-openai-2026");
  await expect(dates).toContainText("Revenue share ends");
});

test("a lever moves the figure of its stop", async ({ page }) => {
  await openAt(page, "agi");
  const { settle, place } = tour(page);
  await settle();
  const before = await place.getByRole("heading").first().innerText();
  await lever(page, "agi.year").box.fill("2029");
  await lever(page, "agi.year").box.press("Tab");
  await settle();
  await expect(place.getByRole("heading").first()).not.toHaveText(before);
  await expect.poll(() => fragment(page)).toBe("#v=1&agi.year=2029&tour=agi");
});

test("what is picked in a figure of the tour is picked there alone", async ({ page }) => {
  await openAt(page, "rights");
  const { place, settle, leave } = tour(page);
  await settle();
  await expect(place.getByRole("radio", { name: "If it alone goes" })).toBeChecked();
  await leave.click();
  const clauses = page.locator('cw-place[data-card="clauses"]');
  await expect(clauses.getByRole("radio", { name: "Fair share" })).toBeChecked();
});

test("the tour is left at any stop with the state kept, and the way back leads into it again", async ({ page }) => {
  await openAt(page, "share", "v=1&clauses.revenue-share.rate=0.1");
  await expect(lever(page, "clauses.revenue-share.rate").box).toHaveValue("10");
  await tour(page).leave.click();
  await expect(page.locator("cw-ledger table")).toBeVisible();
  await expect(lever(page, "clauses.revenue-share.rate").box).toHaveValue("10");
  await expect(metric(page, "backer.npv")).toBeVisible();
  await expect.poll(() => fragment(page)).toBe("#v=1&clauses.revenue-share.rate=0.1");
  await page.goBack();
  await expect(tour(page).stop.locator(".position")).toHaveText("Stop 2 of 9");
  await expect(lever(page, "clauses.revenue-share.rate").box).toHaveValue("10");
});

test("what stands elsewhere on the page is reached from a stop", async ({ page }) => {
  await openAt(page, "stake");
  await page.getByRole("button", { name: "Your own deal" }).click();
  await expect(page.locator("cw-own")).toBeInViewport();
  await expect(tour(page).stop).toHaveCount(0);
});

test("a stop that does not exist is reported, and kept", async ({ page }) => {
  await open(page, "v=1&tour=moon");
  await expect(page.locator("cw-notice")).toContainText("tour=moon");
  await expect(tour(page).stop).toHaveCount(0);
});

test("the tour is not loaded before it is taken, and can be asked for again where it did not arrive", async ({ page }) => {
  await open(page);
  await page.evaluate(() => scrollTo(0, 0));
  expect(await page.evaluate(() => customElements.get("cw-tour") === undefined)).toBe(true);
  await page.route(/assets\/.*\.js$/, (route) => route.abort());
  await page.getByRole("link", { name: /^Take the tour/ }).click();
  const again = page.locator("#figures cw-place").getByRole("button");
  await expect(again).toBeVisible();
  await page.unroute(/assets\/.*\.js$/);
  await again.click();
  await expect(tour(page).heading).toBeVisible();
});

test("the first sentence says what an early AGI would cost or bring, whatever is assumed", async ({ page }) => {
  await open(page);
  const sentence = page.locator("h1.answer");
  await expect(sentence).toContainText(/AGI in 2029 would cost it \$[\d.]+\sbn/);
  await lever(page, "agi.year").box.fill("2028");
  await lever(page, "agi.year").box.press("Tab");
  await expect(sentence).toContainText(/without AGI in 2028 it would be worth \$[\d.]+\sbn more/);
  await lever(page, "agi.year").never.check();
  await expect(sentence).toContainText(/AGI in 2029 would cost it/);
  await picker(page, 0).selectOption("microsoft-openai-2026");
  await expect(sentence).toContainText(/AGI in 2029 would (add|cost it) \$/);
  await expect(page.locator("#live")).toContainText(/AGI in 2029/);
  await open(page, "v=1&agi.verified=0&agi.growth_boost=0&agi.valuation_premium=0");
  await expect(sentence).toContainText("AGI in 2029 would change nothing in that.");
});

for (const width of [320, 390]) {
  test(`a phone shows the answer and both ways on at once, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 });
    await open(page);
    await expect(page.locator("h1.answer")).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("link", { name: /^Take the tour/ })).toBeInViewport({ ratio: 0.9 });
    await page.getByRole("link", { name: /^Explore everything/ }).click();
    await expect(page.locator("#levers-title")).toBeInViewport();
    await expect.poll(() => fragment(page)).toBe("");
  });
}

// The page in a script that runs from right to left: it is mirrored, and the charts stay as they are.
import { expect, test } from "@playwright/test";
import { violations } from "./axe.js";
import { CARDS, card, lever, metric, open } from "./page.js";

test.beforeEach(async ({ page }) => {
  // Before any script of the page runs.
  await page.addInitScript(() =>
    document.addEventListener("readystatechange", () => {
      document.documentElement.dir = "rtl";
    }),
  );
});

for (const width of [320, 1440]) {
  test(`nothing is wider than the screen, and axe finds nothing, from right to left, ${width} px`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 800 });
    await open(page);
    for (const id of CARDS) await card(page, id).show();
    // What is too wide sticks out on the left now, where it cannot be scrolled to.
    const out = await page.evaluate(() => {
      const all = [...document.querySelectorAll("cw-side, cw-place, cw-stack, cw-ledger, cw-lever, .masthead > *, .opening > *")];
      return all.filter((each) => {
        const { left, right } = each.getBoundingClientRect();
        return left < -1 || right > innerWidth + 1;
      }).length;
    });
    expect(out).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await violations(page)).toEqual([]);
    await page.goto("#v=1&tour=agi");
    await expect(page.locator("cw-tour h2#question")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await violations(page)).toEqual([]);
  });
}

test("the page is mirrored, and levers grow towards the left", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  const levers = await page.locator("section.levers").boundingBox();
  const figures = await page.locator("#figures").boundingBox();
  expect(levers?.x ?? 0).toBeGreaterThan(figures?.x ?? 0);

  const { slider, element, box } = lever(page, "agi.growth_boost");
  const base = await metric(page, "backer.npv").innerText();
  const was = Number(await box.inputValue());
  const notch = await element.locator(".notch").boundingBox();
  const track = await slider.boundingBox();
  if (track === null || notch === null) throw new Error("The slider is not on the page.");
  // The notch marks the base case, at 5 of 30 from the right.
  expect((track.x + track.width - notch.x) / track.width).toBeCloseTo(5 / 30, 1);
  await page.mouse.click(track.x + track.width * 0.2, track.y + track.height / 2);
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
  expect(Number(await box.inputValue())).toBeGreaterThan(was);
  await slider.focus();
  const before = Number(await box.inputValue());
  await page.keyboard.press("ArrowUp");
  await expect(box).toHaveValue(String(before + 1));
});

test("charts and what reads along them stay from left to right", async ({ page }) => {
  await open(page);
  const flows = page.locator("cw-stack#flows");
  await flows.scrollIntoViewIfNeeded();
  const years = flows.locator("svg text").filter({ hasText: /^’?'?\d{2,4}$/ });
  const first = await years.first().boundingBox();
  const last = await years.last().boundingBox();
  expect(last?.x ?? 0).toBeGreaterThan(first?.x ?? 0);
  const slider = flows.getByRole("slider");
  await slider.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(flows.locator(".readout h3")).toContainText("2026");
});

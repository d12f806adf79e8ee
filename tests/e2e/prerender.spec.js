// The base case of an embed: what stands there before the calculator has started, where it cannot, and on paper.
import { expect, test } from "@playwright/test";
import { PAGE } from "../address.js";
import { violations } from "./axe.js";
import { PATIENCE, metric, open } from "./page.js";
import { article } from "./hosts.js";

/** @import { Page } from "@playwright/test" */

const DEAL = "microsoft-openai-2025";
const OLDER = "microsoft-openai-2023";
/** Of a run alone, of questions, and of draws. */
const FIGURES = ["clauses", "flows", "agi", "payments", "funding", "infrastructure", "compare", "headline", "outcome"];

/** @param {Page} page */
const base = (page) => page.locator("#base-case");
/** @param {Page} page */
const figures = (page) => page.locator(".figures:not(.arriving) > clause-figure");

/** What axe finds. @param {Page} page */
async function found(page) {
  await page.evaluate(() => {
    // Behind a frame is what its page has there.
    document.documentElement.style.background = "light-dark(#fff, #111)";
  });
  return violations(page);
}

/**
 * Holds back what the calculator is made of until it is let go.
 * @param {Page} page
 */
async function held(page) {
  let go = () => {};
  const gone = new Promise((resolve) => (go = () => resolve(null)));
  await page.route(/\.wasm$/, async (route) => {
    await gone;
    await route.continue();
  });
  return () => go();
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  for (const figure of FIGURES) {
    test(`${figure} is there, with its words and its table`, async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 800 });
      await page.goto(`${PAGE}embed/${OLDER}/${figure}.html`);
      await expect(base(page).getByText(/agreement is worth/)).toBeVisible();
      await expect(base(page).getByText("JavaScript is switched off here")).toContainText("January 2023");
      await expect(page.locator("footer")).toContainText("not investment advice. Clauseworth, model");
      await expect(base(page).locator(".levers")).toBeHidden();
      await expect(page.locator("html")).toHaveJSProperty("scrollWidth", 320);
      if (figure === "headline") return;
      const picture = base(page).locator("[role=img]:visible").first();
      await expect(picture).toHaveAccessibleName(/\w+ \w+/);
      await expect(picture).toHaveAccessibleDescription(/\d/);
      await base(page).locator("summary").last().click();
      await expect(base(page).locator("details table").last()).toBeVisible();
    });
  }

  test("the page shows the base case, too", async ({ page }) => {
    await page.goto(PAGE);
    await expect(base(page).getByText(/agreement is worth/)).toBeVisible();
    await expect(base(page).locator("[role=img]:visible").first()).toHaveAccessibleName(/worth most/);
  });

  test("a frame without scripts shows it in a page of another origin", async ({ page }) => {
    await article(page, `<iframe title="Figure" sandbox src="${PAGE}embed/${OLDER}/flows.html" width="640" height="900"></iframe>`);
    await expect(page.frameLocator("iframe").locator("#base-case [role=img]:visible").first()).toBeVisible();
  });
});

for (const width of [320, 640]) {
  test(`at ${width} pixels nothing moves when the figures take its place`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const go = await held(page);
    await page.goto(`${PAGE}embed.html`);
    await expect(base(page).getByText(/agreement is worth/)).toBeVisible();
    const height = () => page.locator("#embed").evaluate((element) => element.getBoundingClientRect().height);
    const before = await height();
    const heading = await base(page).getByRole("heading", { level: 2 }).boundingBox();
    go();
    await expect(figures(page)).toHaveCount(2, { timeout: PATIENCE });
    await expect(base(page)).toHaveCount(0);
    expect(Math.abs((await height()) - before)).toBeLessThanOrEqual(1);
    const now = await figures(page).last().getByRole("heading", { level: 2 }).boundingBox();
    expect(Math.abs((now?.y ?? 0) - (heading?.y ?? Infinity))).toBeLessThanOrEqual(1);
  });
}

test("its numbers are the engine's", async ({ page, browser }) => {
  await open(page);
  const values = await Promise.all(["backer.npv", "lab.npv"].map((id) => metric(page, id).innerText()));
  const clauses = page.locator(`cw-place[data-card="clauses"]`);
  await clauses.locator("summary").last().click();
  const table = await clauses.locator("details table td").allInnerTexts();
  expect(table.length).toBeGreaterThan(20);

  const quiet = await browser.newContext({ javaScriptEnabled: false });
  const still = await quiet.newPage();
  await still.goto(`${PAGE}embed/${DEAL}/clauses.html`);
  const sentence = await base(still).locator(".answer").innerText();
  for (const value of values) expect(sentence).toContain(value);
  await base(still).locator("summary").last().click();
  expect(await base(still).locator("details table td").allInnerTexts()).toEqual(table);
  await quiet.close();
});

test("another deal, another figure or another state does not show it first", async ({ page }) => {
  const go = await held(page);
  for (const fragment of [`deal=${OLDER}`, "figure=flows", "v=1&agi.year=2029"]) {
    await page.goto("about:blank");
    await page.goto(`${PAGE}embed.html#${fragment}`);
    await expect(base(page)).toBeAttached();
    await expect(base(page).locator(".answer")).toBeHidden();
    await expect(base(page).locator("svg:visible")).toHaveCount(0);
  }
  go();
  await expect(figures(page)).toHaveCount(2, { timeout: PATIENCE });
  await expect(figures(page).first()).toContainText("base case");
});

test("a document of a deal and a figure takes the same fragments", async ({ page }) => {
  await page.goto(`${PAGE}embed/${OLDER}/flows.html#levers=none&sentence=no`);
  await expect(figures(page)).toHaveCount(1, { timeout: PATIENCE });
  await expect(figures(page)).toHaveJSProperty("figure", "flows");
  await expect(page.getByRole("link", { name: /^Open in Clauseworth/ })).toHaveAttribute("href", new RegExp(`${PAGE}#.*deal=${OLDER}`));
  await page.evaluate(() => (location.hash = "figure=headline&deal=microsoft-openai-2026"));
  await expect(figures(page).last()).toHaveJSProperty("figure", "headline");
});

test.describe("where WebAssembly is blocked", () => {
  test.beforeEach(async ({ page }) => {
    // A worker has the policy of its own script.
    await page.route(`${PAGE}**`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": "script-src 'self'" } });
    });
  });

  test.afterEach(({ page }) => page.unrouteAll({ behavior: "ignoreErrors" }));

  test("it stays, and says why", async ({ page }) => {
    await page.goto(`${PAGE}embed/${OLDER}/clauses.html`);
    await expect(page.locator(".problems")).toContainText("What stands here is the base case.", { timeout: PATIENCE });
    await expect(base(page).getByText(/agreement is worth/)).toBeVisible();
    await expect(base(page).locator("[role=img]:visible").first()).toBeVisible();
    await expect(base(page).locator(".levers")).toBeHidden();
    expect(await found(page)).toEqual([]);
  });

  test("what was asked for and is another is a link away", async ({ page }) => {
    await page.goto(`${PAGE}embed.html#deal=${OLDER}&figure=agi`);
    const way = page.getByRole("link", { name: "See the base case of what was asked for" });
    await expect(way).toBeVisible({ timeout: PATIENCE });
    await expect(base(page)).toBeHidden();
    await way.click();
    await expect(base(page).locator("[role=img]:visible").first()).toBeVisible();
    expect(page.url()).toBe(`${PAGE}embed/${OLDER}/agi.html`);
  });
});

test("where the engine does not arrive it stays, too", async ({ page }) => {
  await page.route(/\.wasm$/, (route) => route.abort());
  await page.goto(`${PAGE}embed.html`);
  await expect(page.locator(".problems")).toContainText("What stands here is the base case.", { timeout: PATIENCE });
  await expect(base(page).locator("[role=img]:visible").first()).toBeVisible();
});

test("where the script does not arrive it says so", async ({ page }) => {
  await page.route(/assets\/embed-[^/]*\.js/, (route) => route.abort());
  await page.goto(`${PAGE}embed.html`);
  await expect(base(page).getByText("The calculator could not be loaded")).toBeVisible();
  await expect(base(page).locator("[role=img]:visible").first()).toBeVisible();
});

test("printed before anything has loaded it has its table", async ({ page }) => {
  await held(page);
  await page.goto(`${PAGE}embed.html`);
  await page.emulateMedia({ media: "print" });
  await expect(base(page).locator("[role=img]:visible").first()).toBeVisible();
  await expect(base(page).locator("details table")).toBeVisible();
  await expect(base(page).locator(".levers")).toBeHidden();
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe finds nothing wrong with it in ${colorScheme} colors`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await held(page);
    for (const figure of ["clauses", "flows", "agi", "infrastructure"]) {
      await page.goto(`${PAGE}embed/${DEAL}/${figure}.html`);
      await expect(base(page)).toBeVisible();
      expect(await found(page)).toEqual([]);
    }
  });
}

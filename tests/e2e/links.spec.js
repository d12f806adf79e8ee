// What a link says: what is picked in every card, the answer it showed, and what of it is not understood.
import { expect, test } from "@playwright/test";
import { violations } from "./axe.js";
import { bare, card, fragment, metric, open, type } from "./page.js";

/** @import { Page } from "@playwright/test" */

const RATE = "clauses.revenue-share.rate";
const notice = (/** @type {Page} */ page) => page.locator('cw-notice[data-notice="then"]');
const unknown = (/** @type {Page} */ page) => page.locator("cw-notice:not([data-notice])", { hasText: "does not understand" });

/** Something else than at first, picked in each card, and how it can be seen there. @type {Record<string, { said: string, see: (page: Page) => Promise<void> }>} */
const PICKS = {
  clauses: { said: "clauses:view=removal", see: (page) => checked(page, "clauses", "If it alone goes") },
  payments: { said: "payments:year=2029", see: (page) => expect(card(page, "payments").place.getByRole("slider")).toHaveValue("2029") },
  agi: { said: "agi:view=clauses", see: (page) => checked(page, "agi", "Microsoft, clause by clause") },
  outcome: { said: "outcome:metric=lab.dilution", see: (page) => selected(page, "outcome", 0, "lab.dilution") },
  fan: { said: "fan:series=lab.cash", see: (page) => selected(page, "fan", 0, "lab.cash") },
  tornado: { said: "tornado:metric=lab.npv", see: (page) => selected(page, "tornado", 0, "lab.npv") },
  heat: {
    said: "heat:metric=lab.npv&heat:x=agi.year&heat:y=lab.terminal_pe",
    see: async (page) => {
      await selected(page, "heat", 0, "lab.npv");
      await selected(page, "heat", 1, "agi.year");
      await selected(page, "heat", 2, "lab.terminal_pe");
    },
  },
  solve: {
    said: "solve:metric=lab.npv&solve:target=lab.npv,700&solve:lever=clauses.equity.fraction&solve:interval=clauses.equity.fraction,0.1,0.5",
    see: async (page) => {
      await selected(page, "solve", 0, "lab.npv");
      await expect(card(page, "solve").place.getByRole("spinbutton").first()).toHaveValue("700");
      const fields = card(page, "solve").place.locator("input[type=number]");
      await expect(fields.nth(1)).toHaveValue("10");
      await expect(fields.nth(2)).toHaveValue("50");
    },
  },
  compare: { said: "compare:view=backer&compare:with=now,scenario:weak-demand", see: (page) => checked(page, "compare", "Clauses, for Microsoft") },
};

/** @typedef {Parameters<typeof card>[1]} CardId */
/** @param {Page} page @param {CardId} id @param {string} name */
const checked = (page, id, name) => expect(card(page, id).place.getByRole("radio", { name, exact: true })).toBeChecked();
/** @param {Page} page @param {CardId} id @param {number} which @param {string} value */
const selected = (page, id, which, value) => expect(card(page, id).place.locator("select").nth(which)).toHaveValue(value);

for (const [id, { said, see }] of Object.entries(PICKS)) {
  test(`a link brings back what is picked in ${id}, and goes on saying it`, async ({ page }) => {
    await open(page, `v=1&${RATE}=0.1&${said}`);
    const { show } = card(page, /** @type {CardId} */ (id));
    await show();
    await see(page);
    await expect(unknown(page)).toHaveCount(0);
    await type(page, RATE, "12");
    await expect.poll(() => fragment(page)).toBe(`#v=1&${RATE}=0.12&${said}`);
  });
}

test("what is picked in a card is in the address, as long as it is not what the card begins with", async ({ page }) => {
  await open(page);
  const { place, show } = card(page, "clauses");
  await show();
  await place.getByRole("radio", { name: "If it alone goes" }).check();
  await expect.poll(() => fragment(page)).toBe("#v=1&clauses:view=removal");
  await page.reload();
  await show();
  await checked(page, "clauses", "If it alone goes");
  await place.getByRole("radio", { name: "Fair share" }).check();
  await expect.poll(() => new URL(page.url()).hash).toBe("");
});

test("picks that no card has are reported, stay in the address, and can be dismissed", async ({ page }) => {
  await open(page, "v=1&agi.year=2030&heat:z=agi.year&heat:x=agi.yeer&sphere:x=1");
  await expect(unknown(page).getByRole("listitem")).toHaveText([
    /heat:z=agi\.year: the figure has no such choice/,
    /heat:x=agi\.yeer: the figure has no such choice/,
    /sphere:x=1: there is no such figure/,
  ]);
  await type(page, RATE, "12");
  await expect.poll(() => fragment(page)).toBe(`#v=1&agi.year=2030&${RATE}=0.12&heat:z=agi.year&heat:x=agi.yeer&sphere:x=1`);
  await unknown(page).getByRole("button").click();
  await expect(unknown(page)).toHaveCount(0);
  await expect.poll(() => fragment(page)).toBe(`#v=1&agi.year=2030&${RATE}=0.12`);
});

test("an address states the version and the answer once there is something to say", async ({ page }) => {
  await open(page);
  expect(new URL(page.url()).hash).toBe("");
  await type(page, RATE, "12");
  await expect.poll(() => page.url()).toMatch(new RegExp(`#v=1&${RATE}=0\\.12&model=\\d+\\.\\d+\\.\\d+&said=-?\\d+(\\.\\d+)?,-?\\d+(\\.\\d+)?$`));
  const shown = await metric(page, "backer.npv").innerText();
  const said = Number(/said=(-?[\d.]+)/.exec(page.url())?.[1]);
  expect(Math.round(said)).toBe(Number(/\d+/.exec(shown)?.[0]));
  // Opened again, the answer is the same, and nothing is said.
  await page.reload();
  await expect(metric(page, "backer.npv")).toHaveText(shown);
  await expect(page.locator("cw-notice")).toHaveCount(0);
});

test("a link whose answer has changed shows both, and what cannot be an answer is reported", async ({ page }) => {
  await open(page, `v=1&${RATE}=0.12&model=0.0.9&said=312.3,85.10`);
  await expect(notice(page)).toContainText("model 0.0.9");
  const [backer, owners] = await notice(page).getByRole("listitem").allInnerTexts();
  expect(backer?.replaceAll("\u00a0", " ")).toMatch(/^Microsoft: \$312\.3 bn then, \$\d+\.\d bn now\.$/);
  expect(owners?.replaceAll("\u00a0", " ")).toMatch(/^OpenAI’s other owners: \$85\.10 bn then, \$\d+\.\d\d bn now\.$/);
  // The numbers are those of the link, whatever is moved meanwhile.
  await type(page, RATE, "30");
  await expect.poll(() => fragment(page)).toContain("0.3");
  expect(await notice(page).getByRole("listitem").first().innerText()).toBe(backer);
  await notice(page).getByRole("button").click();
  await expect(notice(page)).toHaveCount(0);

  await page.goto("about:blank");
  await open(page, `v=1&${RATE}=0.12&model=latest&said=much,little`);
  await expect(unknown(page)).toContainText("said=much,little: it is not two numbers");
  await expect(unknown(page)).toContainText("model=latest: it is no version");
  await expect(notice(page)).toHaveCount(0);
});

test("where the site keeps the version of then, the notice leads there", async ({ page }) => {
  await page.route("**/versions.json", (route) => route.fulfill({ json: { versions: ["0.0.9"] } }));
  await open(page, `v=1&${RATE}=0.12&model=0.0.9&said=312.3,85.10`);
  const link = notice(page).getByRole("link", { name: "See it in model 0.0.9" });
  await expect(link).toHaveAttribute("href", `v/0.0.9/#v=1&${RATE}=0.12&model=0.0.9&said=312.3,85.10`);
  await page.route("**/versions.json", (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await expect(notice(page)).toBeVisible();
  await expect(notice(page).getByRole("link")).toHaveCount(0);
});

test("an answer that was changed by hand is told from one that a version changed", async ({ page }) => {
  await open(page);
  await type(page, RATE, "12");
  await expect.poll(() => page.url()).toContain("said=");
  const forged = page.url().replace(/said=.*/, "said=999.9,1.000");
  await page.goto("about:blank");
  await page.goto(forged);
  await expect(notice(page)).toContainText("changed by hand");
});

test("a link that is followed on the page brings what it picks, and takes back what was picked", async ({ page }) => {
  await open(page, "v=1&clauses:view=removal");
  await card(page, "clauses").show();
  await checked(page, "clauses", "If it alone goes");
  await page.evaluate(() => (location.hash = "v=1&tornado:metric=lab.npv&model=0.0.9&said=1.000,2.000"));
  await checked(page, "clauses", "Fair share");
  await expect(notice(page)).toContainText("0.0.9");
  await card(page, "tornado").show();
  await selected(page, "tornado", 0, "lab.npv");
});

test("the copied link of an untouched page has the version and the answer", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  const bar = page.locator("cw-toolbar");
  await bar.locator(".save summary").click();
  await bar.getByRole("button", { name: "Copy link" }).click();
  await expect(bar.getByRole("status")).toHaveText("Link copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#v=1&model=\d+\.\d+\.\d+&said=-?[\d.]+,-?[\d.]+$/);
  expect(bare(link)).toBe(bare(page.url()));
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [320, 768, 1440]) {
    test(`axe finds nothing in what is said of a link, ${width} px, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await open(page, `v=1&${RATE}=0.12&heat:z=1&model=0.0.9&said=312.3,85.10`);
      await expect(notice(page)).toBeVisible();
      await expect(unknown(page)).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await violations(page)).toEqual([]);
    });
  }
}

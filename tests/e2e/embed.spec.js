// Embeds in other people's pages: `embed.html` in a frame, wherever that frame stands.
import { expect, test } from "@playwright/test";
import { PAGE } from "../address.js";
import { violations } from "./axe.js";
import { article, embed, heights, iframe } from "./hosts.js";
import { PATIENCE } from "./page.js";

/** @import { Page } from "@playwright/test" */

/** Waits until the figures are there. @param {Page} page @param {number} [n] */
async function shown(page, n = 0) {
  await expect(embed(page, n).locator("clause-figure .answer")).toBeVisible({ timeout: PATIENCE });
  await expect(embed(page, n).locator("#base-case")).toHaveCount(0);
}

/** The sentence of an embed. @param {Page} page @param {number} [n] */
const answer = (page, n = 0) => embed(page, n).locator("clause-figure .answer");

/** Moves the first slider by the keyboard. @param {Page} page @param {number} [n] */
async function move(page, n = 0) {
  const before = await answer(page, n).innerText();
  const slider = embed(page, n).getByRole("slider").first();
  await slider.focus();
  await slider.press("PageDown");
  await expect(answer(page, n)).not.toHaveText(before);
}

/** Waits until a frame is as high as what it holds. @param {Page} page @param {number} [n] */
const fits = (page, n = 0) =>
  expect(async () => {
    const { outer, inner } = await heights(page, n);
    // A browser may take a part of a pixel either way.
    expect(Math.abs(outer - inner)).toBeLessThanOrEqual(1);
    expect(outer).toBeGreaterThan(300);
  }).toPass({ timeout: PATIENCE });

for (const [where, origin] of /** @type {const} */ ([
  ["another origin", undefined],
  ["the same origin", new URL(PAGE).origin],
])) {
  test(`in a page of ${where}: a figure with its levers, as high as it is`, async ({ page }) => {
    await article(page, iframe(), { ...(origin && { origin }) });
    await shown(page);
    await expect(embed(page).locator("clause-lever")).toHaveCount(3);
    await expect(embed(page).locator("cw-clauses svg")).toBeVisible();
    await fits(page);
    await move(page);
    const link = embed(page).getByRole("link", { name: /Open in Clauseworth/ });
    await expect(link).toHaveAttribute("href", new RegExp(`^${PAGE}#v=1&agi\\.year=`));
    await expect(link).toHaveAttribute("rel", "noopener");
    await expect(link).toHaveAttribute("target", "_blank");
    // The table makes it higher, and lower again.
    const closed = (await heights(page)).outer;
    await embed(page).locator("cw-clauses summary").last().click();
    await expect.poll(async () => (await heights(page)).outer).toBeGreaterThan(closed + 100);
    await fits(page);
    await embed(page).locator("cw-clauses summary").last().click();
    await fits(page);
    expect((await heights(page)).outer).toBeLessThan(closed + 80);
  });
}

test("a sandbox that allows scripts and nothing else", async ({ page }) => {
  await article(page, iframe("figure=flows", { attributes: 'sandbox="allow-scripts"' }));
  await shown(page);
  await expect(embed(page).locator("cw-stack svg")).toBeVisible();
  await move(page);
  await fits(page);
  expect(await embed(page).locator("body").evaluate(() => self.origin)).toBe("null");
});

test("a page whose policy allows no scripts at all", async ({ page }) => {
  const policy = `default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; frame-src ${new URL(PAGE).origin}`;
  await article(page, iframe("figure=headline&levers=none"), { policy });
  await shown(page);
  await expect(embed(page).locator("cw-side")).toHaveCount(2);
  await expect(embed(page).locator("clause-lever")).toHaveCount(0);
  await fits(page);
});

test("where the frame may keep nothing", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
      Object.defineProperty(self, name, {
        get() {
          throw new DOMException("The storage of this frame is blocked.", "SecurityError");
        },
      });
    }
  });
  await article(page, iframe());
  await shown(page);
  await move(page);
});

test("what an embed does not understand it says", async ({ page }) => {
  await article(page, iframe("figure=clauses,nonsense&agi.yaer=2029&colour=red&theme=blue&deal=no-such-deal"));
  await shown(page);
  for (const text of ["nonsense", "agi.yaer", "colour", "blue", "no-such-deal"]) {
    await expect(embed(page).getByText(text).first()).toBeVisible();
  }
});

test("the state, several figures, chosen levers and no sentence", async ({ page }) => {
  await article(page, iframe("v=1&scenario=agi-2028&figure=headline,ledger&levers=clauses.revenue-share.rate,clauses.revenue-share.on_agi&sentence=no"));
  const frame = embed(page);
  await expect(frame.locator("cw-ledger table")).toBeVisible({ timeout: PATIENCE });
  await expect(frame.locator("cw-side")).toHaveCount(2);
  await expect(frame.locator(".answer")).toHaveCount(0);
  await expect(frame.locator("clause-lever")).toHaveCount(2);
  await expect(frame.getByRole("combobox")).toBeVisible();
  await expect(frame.getByRole("link", { name: /Open in/ })).toHaveAttribute("href", /#v=1&scenario=agi-2028$/);
});

test("two embeds of different agreements side by side", async ({ page }) => {
  await article(page, iframe("levers=agi.year") + iframe("deal=microsoft-openai-2023&levers=agi.year"));
  await shown(page, 0);
  await shown(page, 1);
  const [first, second] = [await answer(page, 0).innerText(), await answer(page, 1).innerText()];
  expect(first).not.toBe(second);
  await move(page, 1);
  await expect(answer(page, 0)).toHaveText(first);
});

for (const scheme of /** @type {const} */ (["light", "dark"])) {
  for (const theme of /** @type {const} */ (["auto", "light", "dark"])) {
    test(`colors: a ${scheme} page, an embed with theme=${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await article(page, iframe(`theme=${theme}&levers=none`), { head: "<meta name=\"color-scheme\" content=\"light dark\">" });
      await shown(page);
      const ink = await answer(page).evaluate((element) => getComputedStyle(element).color);
      const dark = theme === "auto" ? scheme === "dark" : theme === "dark";
      expect(ink).toBe(dark ? "rgb(239, 237, 232)" : "rgb(22, 24, 27)");
      const ground = await embed(page).locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
      expect(ground).toBe("rgba(0, 0, 0, 0)");
    });
  }

  test(`axe finds nothing in ${scheme} colors`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto("embed.html#figure=clauses,flows,headline");
    await expect(page.locator("cw-stack svg")).toBeVisible({ timeout: PATIENCE });
    await expect(page.locator("cw-clauses svg")).toBeVisible();
    // The frame is transparent: what it stands on is the page around, which axe takes for white where there is none.
    if (scheme === "dark") await page.evaluate(() => (document.documentElement.style.backgroundColor = "#121518"));
    expect(await violations(page)).toEqual([]);
  });
}

test("a column of 280 pixels", async ({ page }) => {
  await page.setViewportSize({ width: 280, height: 700 });
  await article(page, iframe("figure=clauses,flows", { style: "width: 100%; border: 0; frame-sizing: content-height" }), {
    head: "<style>body { padding: 0 !important; }</style>",
  });
  await shown(page);
  await expect(embed(page).locator("cw-stack svg")).toBeVisible();
  const wider = await embed(page).locator("html").evaluate((root) => root.scrollWidth - root.clientWidth);
  expect(wider).toBe(0);
  await fits(page);
});

test("where the engine cannot start, the base case stays and says why", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await article(page, iframe());
  await expect(embed(page).locator("#base-case")).toBeVisible();
  await expect(embed(page).getByText("The calculator could not be started").first()).toBeVisible({ timeout: PATIENCE });
  await expect(embed(page).getByText("What stands here is the base case.").first()).toBeVisible();
});

test("an embed of a state that cannot be calculated says so, and shows the next that can", async ({ page }) => {
  await page.goto(`${PAGE}embed.html#v=1&lab.target_cash=1`);
  await expect(page.locator("#embed > .problems")).toContainText("lab.target_cash", { timeout: PATIENCE });
  await page.evaluate(() => (location.hash = "v=1&lab.target_cash=40"));
  await expect(page.locator("clause-figure .answer")).toBeVisible({ timeout: PATIENCE });
  await expect(page.locator("#base-case")).toHaveCount(0);
});

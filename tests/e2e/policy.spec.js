// What the page is allowed, and that it needs no more: its own files, no text that becomes a script, nothing of another origin.
import { expect, test } from "@playwright/test";
import { PAGE } from "../address.js";
import { withCores, workers } from "./drawing.js";
import { CARDS, PATIENCE, button, card, headline, metric, open, type } from "./page.js";
import { isOwn, watch } from "./watch.js";

/** @import { Page } from "@playwright/test" */

const RATE = "clauses.revenue-share.rate";

/**
 * @param {Page} page
 * @param {string} from
 * @param {string} kind
 */
async function take(page, from, kind) {
  await page.locator(`${from} .save summary`).click();
  const download = page.waitForEvent("download");
  await page.locator(`${from} .save [data-kind="${kind}"]`).click();
  return (await download).suggestedFilename();
}

test.describe("with the service worker", () => {
  test.use({ serviceWorkers: "allow" });

  test("a walk through the whole page asks for nothing but its own files, and its policy refuses nothing", async ({ page, context }) => {
    test.setTimeout(240_000);
    const { requests, faults } = await watch(context);
    await withCores(page, 3);
    await open(page);
    await type(page, RATE, "10");
    for (const id of CARDS) {
      const { show, fault } = card(page, id);
      await show();
      await expect(fault).toHaveCount(0);
    }
    expect(workers(page)).toBe(3);

    for (const kind of ["svg", "png", "csv"]) expect(await take(page, 'cw-place[data-card="clauses"]', kind)).toMatch(`.${kind}`);
    for (const kind of ["workbook", "json", "toml"]) expect(await take(page, "cw-toolbar", kind)).not.toBe("");
    await page.locator("cw-toolbar .save summary").click();
    await page.locator('cw-toolbar .save [data-kind="cite"]').click();
    await expect(page.locator("cw-copy dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.locator("cw-copy")).toHaveCount(0);

    await metric(page, "backer.npv").click();
    await expect(page.locator("cw-explain dialog .number b")).not.toBeEmpty();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^All \d+ assumptions$/ }).click();
    await expect(page.locator("cw-assumption").first()).toBeVisible();
    await page.getByRole("button", { name: "Your own deal" }).click();
    await page.locator("cw-own").getByRole("button", { name: "Begin with the agreement above" }).click();
    await page.locator("cw-own").getByRole("button", { name: "Calculate with it" }).click();
    await expect(page.locator("cw-own .note")).toContainText("The figures show your deal");
    await button(page, "theme").click();
    await button(page, "undo").click();
    await expect.poll(() => context.serviceWorkers().length, { timeout: PATIENCE }).toBe(1);

    expect(faults).toEqual([]);
    expect(requests.filter((url) => !isOwn(url, PAGE))).toEqual([]);
    expect(requests.filter((url) => url.endsWith(".wasm")).length).toBeGreaterThanOrEqual(3);
  });
});

test("no text becomes a script", async ({ page }) => {
  await open(page);
  const tried = await page.evaluate(() => {
    const { trustedTypes } = /** @type {{ trustedTypes: { createPolicy(name: string, rules: object): unknown } }} */ (/** @type {unknown} */ (window));
    /** @type {Record<string, () => unknown>} */
    const attempts = {
      html: () => (document.createElement("p").innerHTML = "<b>text</b>"),
      frame: () => (document.createElement("iframe").srcdoc = "<b>text</b>"),
      script: () => (document.createElement("script").text = "document.title = 'taken'"),
      worker: () => new Worker(new URL("worker.js", location.href)),
      policy: () => trustedTypes.createPolicy("mine", {}),
      "the policy again": () => trustedTypes.createPolicy("clauseworth", {}),
    };
    return Object.entries(attempts).map(([name, attempt]) => {
      try {
        attempt();
        return [name, "allowed"];
      } catch (error) {
        return [name, error instanceof TypeError ? "refused" : String(error)];
      }
    });
  });
  expect(tried.filter(([, outcome]) => outcome !== "refused")).toEqual([]);
  expect(tried.length).toBe(6);
});

test("the engine is in a worker that is made of its address, else of a blob, else on the page’s own thread", async ({ browser }) => {
  /** @type {string[][]} */
  const figures = [];
  for (const [allowed, expected] of /** @type {const} */ ([["all", /^http/], ["blobs", /^blob:/], ["none", null]])) {
    const context = await browser.newContext({ baseURL: PAGE });
    const { faults } = await watch(context);
    await context.addInitScript((allowed) => {
      const { Worker: Real } = window;
      Object.defineProperty(window, "Worker", {
        value: class extends Real {
          /** @param {string | URL} address @param {WorkerOptions} [options] */
          constructor(address, options) {
            if (allowed === "none" || (allowed === "blobs" && options?.type === "module")) throw new DOMException("Not here.", "SecurityError");
            super(address, options);
          }
        },
      });
    }, allowed);
    const page = await context.newPage();
    await open(page);
    await type(page, RATE, "5");
    await card(page, "tornado").show();
    figures.push(await headline(page));
    const addresses = page.workers().map((worker) => worker.url());
    if (expected === null) expect(addresses).toEqual([]);
    else {
      expect(addresses.length).toBeGreaterThan(0);
      for (const address of addresses) expect(address).toMatch(expected);
    }
    expect(faults, allowed).toEqual([]);
    await context.close();
  }
  expect(figures[1]).toEqual(figures[0]);
  expect(figures[2]).toEqual(figures[0]);
});

test("in a frame that has no origin all workers are made of blobs, and the policy still refuses nothing", async ({ page, context }) => {
  const { requests, faults } = await watch(context);
  await withCores(page, 3);
  await context.route(`${PAGE}host.html`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><title>Host</title><iframe sandbox="allow-scripts" src="index.html" width="1000" height="700"></iframe>',
    }),
  );
  await page.goto(`${PAGE}host.html`);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator('cw-side [data-metric="backer.npv"] .value')).not.toBeEmpty();
  await frame.locator('cw-place[data-card="outcome"]').evaluate((place) => place.scrollIntoView());
  await expect.poll(() => page.workers().map((worker) => worker.url().slice(0, 10))).toEqual(["blob:null/", "blob:null/", "blob:null/"]);
  await expect(frame.locator('cw-place[data-card="outcome"] h2')).not.toBeEmpty();
  expect(faults).toEqual([]);
  expect(requests.filter((url) => !isOwn(url, PAGE))).toEqual([]);
});

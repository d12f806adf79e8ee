// The page as one file: opened from a disk, with no network, it does what the page does, and a deal can be written into it.
import { existsSync } from "node:fs";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";
import { PAGE } from "../address.js";
import { openDrawing, showOutcome, withCores, workers } from "./drawing.js";
import { card, fragment, headline, lever, metric, open, picker, type } from "./page.js";
import { binary, differences, numbers, parseExact, printed } from "./terminal.js";
import { isOwn, watch } from "./watch.js";

/** @import { BrowserContext, Page } from "@playwright/test" */
/** @import { Json } from "./terminal.js" */

const site = fileURLToPath(new URL("../../target/site/", import.meta.url));
const single = `${site}clauseworth.html`;
const example = fileURLToPath(new URL("../deals/example.toml", import.meta.url));
const RATE = "clauses.revenue-share.rate";

test.use({ baseURL: pathToFileURL(single).href });

/**
 * Nothing but files can be reached, and what the page does is watched.
 * @param {BrowserContext} context
 */
async function offline(context) {
  const watched = await watch(context);
  await context.setOffline(true);
  await context.route(/^(?!file:|blob:|data:)/, (route) => route.abort());
  return watched;
}

/**
 * All metrics of what the page shows, with all their digits.
 * @param {Page} page
 */
async function metrics(page) {
  const text = await page.evaluate(async () => {
    const { engine, store } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    const { deal, scenario, set, without } = store.state;
    const result = await engine.run({ deal, ...(scenario !== null && { scenario }), set: { ...set }, without: [...without] });
    return JSON.stringify(result.metrics, (_key, value) => (Object.is(value, -0) ? "-0" : value));
  });
  return parseExact(text);
}

/**
 * The same on the command line.
 * @param {string[]} asked
 */
async function metricsOf(...asked) {
  const answer = parseExact(await printed("run", ...asked, "--json"));
  return /** @type {{ [key: string]: Json }} */ (answer["metrics"]);
}

/**
 * The file with a deal written into it.
 * @param {string} name
 * @param {string[]} asked
 */
async function baked(name, ...asked) {
  expect(existsSync(binary), `${binary} is built, or CLAUSEWORTH_BIN names another`).toBe(true);
  const file = test.info().outputPath(name);
  await printed("export", ...asked, "--page", single, "--html", file);
  return pathToFileURL(file).href;
}

/**
 * @param {Page} page
 * @param {string} address
 */
async function openFile(page, address) {
  await page.goto(address);
  await expect(metric(page, "backer.npv")).not.toBeEmpty();
}

test("it runs from a disk with no network, and comes to the same bits", async ({ page, context }) => {
  const { requests, faults } = await offline(context);
  await open(page);
  // Nothing lies beside it, either: a copy elsewhere is the same.
  const copy = test.info().outputPath("elsewhere.html");
  await copyFile(single, copy);
  await openFile(page, pathToFileURL(copy).href);
  expect(workers(page), "the engine is in a worker").toBe(1);
  const before = await headline(page);
  expect(differences(await metrics(page), await metricsOf("microsoft-openai-2025"), "metrics")).toEqual([]);

  await type(page, RATE, "5");
  await expect.poll(() => headline(page)).not.toEqual(before);
  await expect.poll(() => fragment(page)).toContain(`${RATE}=0.05`);
  const changed = await metrics(page);
  expect(differences(changed, await metricsOf("microsoft-openai-2025", "--set", `${RATE}=0.05`), "metrics")).toEqual([]);
  expect(numbers(changed)).toBeGreaterThan(20);

  await page.reload();
  await expect(lever(page, RATE).slider).toHaveJSProperty("valueAsNumber", 5);
  expect(faults).toEqual([]);
  expect(requests.filter((url) => !isOwn(url, "file:"))).toEqual([]);
  expect(requests.filter((url) => url.startsWith("file:")).every((url) => url.split("#")[0]?.endsWith(".html"))).toBe(true);
});

test("its distributions are drawn by workers, with the bits of the command line", async ({ page, context }) => {
  test.slow();
  const { faults } = await offline(context);
  await withCores(page, 3);
  const drawn = await openDrawing(page);
  await showOutcome(page);
  await expect.poll(() => workers(page), "the engine, and two that draw").toBe(3);
  expect(page.workers().every((worker) => worker.url().startsWith("blob:"))).toBe(true);
  const last = (await drawn()).findLast(({ answer, series }) => answer.paths === 16_384 && series.length === 0);
  const terminal = JSON.parse(await printed("simulate", "microsoft-openai-2025", "--json", "--paths", "16384", "--seed", "1"));
  terminal["bands"] = {};
  expect(differences(last?.answer ?? null, terminal, "result")).toEqual([]);
  expect(numbers(last?.answer ?? null)).toBeGreaterThan(400);
  expect(faults).toEqual([]);
});

test("questions are answered, and figures and deals leave it as files", async ({ page, context }) => {
  const { faults } = await offline(context);
  await open(page);
  const { place, show } = card(page, "tornado");
  await show();
  for (const [kind, beginning] of /** @type {const} */ ([["svg", "<svg"], ["png", "\x89PNG"]])) {
    await place.locator(".save summary").click();
    const [download] = await Promise.all([page.waitForEvent("download"), place.locator(`.save [data-kind="${kind}"]`).click()]);
    const content = await readFile(await download.path(), "latin1");
    expect(content.includes(beginning), kind).toBe(true);
    // Where the file lies is nobody's business.
    expect(content).not.toContain(site);
  }
  const toolbar = page.locator("cw-toolbar");
  await toolbar.locator(".save summary").click();
  const [workbook] = await Promise.all([page.waitForEvent("download"), toolbar.locator('.save [data-kind="workbook"]').click()]);
  expect((await readFile(await workbook.path(), "latin1")).startsWith("PK")).toBe(true);

  await page.getByRole("button", { name: "Your own deal" }).click();
  const own = page.locator("cw-own");
  await own.locator("input[type=file]").setInputFiles(example);
  await own.getByRole("button", { name: "Calculate with it" }).click();
  await expect(picker(page, 0)).toHaveValue("own-hyperscaler-lab-2025");
  await expect.poll(async () => differences(await metrics(page), await metricsOf(example), "metrics")).toEqual([]);
  expect(faults).toEqual([]);
});

test("a deal that is written into it opens first, as the command line has it", async ({ page, context }) => {
  const { faults } = await offline(context);
  const attack = "</script><script>document.title = 'taken'</script><!-- <script> A & B";
  const file = test.info().outputPath("deal.toml");
  const text = `format = 1\nid = "mine"\nbase = "microsoft-openai-2026"\ntitle = ${JSON.stringify(attack)}\nlab = { pool = 0.02 }\n`;
  await writeFile(file, text);
  const asked = [file, "--scenario", "weak-demand", "--set", "agi.year=2029-07-01", "--set", "agi.trigger=either"];
  const address = await baked("baked.html", ...asked);
  await openFile(page, address);

  await expect(page).toHaveTitle(`${attack} · Clauseworth`);
  await expect(picker(page, 0)).toHaveValue("mine");
  await expect(picker(page, 0).locator("option:checked")).toHaveText(attack);
  await expect(picker(page, 1)).toHaveValue("weak-demand");
  const terminal = await metricsOf(...asked);
  expect(differences(await metrics(page), terminal, "metrics")).toEqual([]);
  const shown = await headline(page);

  // What was asked is a change that can be taken back, and links name the deal.
  await type(page, "agi.year", "2031");
  await expect.poll(() => headline(page)).not.toEqual(shown);
  await expect.poll(() => fragment(page)).toContain("deal=mine");
  const changed = await headline(page);
  await page.reload();
  await expect.poll(() => headline(page)).toEqual(changed);
  await page.locator("cw-toolbar button#reset").click();
  await expect(picker(page, 1)).not.toHaveValue("weak-demand");
  await page.goto(address.replace("baked.html", "baked.html#"));
  await page.reload();
  await expect.poll(() => headline(page)).toEqual(shown);

  const { show, heading, place } = card(page, "outcome");
  await show();
  await expect(heading).not.toBeEmpty();
  await expect(place.locator(".fault")).toHaveCount(0);
  expect(faults).toEqual([]);
});

test("of a deal of the library, what is asked of it is written down", async ({ page, context }) => {
  const { faults } = await offline(context);
  const asked = ["microsoft-openai-2023", "--set", `${RATE}=0.1`, "--without", "hosting"];
  await openFile(page, await baked("known.html", ...asked));
  await expect(picker(page, 0)).toHaveValue("microsoft-openai-2023");
  await expect(picker(page, 0).locator("option")).toHaveCount(3);
  expect(differences(await metrics(page), await metricsOf(...asked), "metrics")).toEqual([]);
  expect(faults).toEqual([]);
});

test("its policy lets it fetch nothing, and no text become a script", async ({ page, context }) => {
  const { faults } = await watch(context);
  await open(page);
  const tried = await page.evaluate(async (page) => {
    const attempts = {
      fetch: () => fetch(page),
      picture: async () => {
        const image = new Image();
        image.src = `${page}icon.svg`;
        await image.decode();
      },
      html: () => (document.createElement("p").innerHTML = "<b>text</b>"),
      worker: () => new Worker("data:text/javascript,"),
      script: () => (document.createElement("script").text = "document.title = 'taken'"),
    };
    /** @type {Record<string, string>} */
    const outcome = {};
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        await attempt();
        outcome[name] = "allowed";
      } catch {
        outcome[name] = "refused";
      }
    }
    return outcome;
  }, PAGE);
  expect(new Set(Object.values(tried)), JSON.stringify(tried)).toEqual(new Set(["refused"]));
  expect(faults.length).toBeGreaterThanOrEqual(5);
});

test("it runs in a frame that has no origin", async ({ page, context }) => {
  const { faults } = await watch(context);
  await context.route(`${PAGE}host.html`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><title>Host</title><iframe sandbox="allow-scripts" src="clauseworth.html" width="1000" height="700"></iframe>',
    }),
  );
  await page.goto(`${PAGE}host.html`);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator('cw-side [data-metric="backer.npv"] .value')).not.toBeEmpty();
  expect(page.workers().map((worker) => worker.url().slice(0, 10))).toEqual(["blob:null/"]);
  expect(faults).toEqual([]);
});

// Draws: how it could turn out, and how it could go.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { openDrawing, showOutcome, withCores, workers } from "./drawing.js";
import { PATIENCE, button, card, lever, metric, open, type } from "./page.js";

const RATE = "clauses.revenue-share.rate";

test("the distributions of both sides appear, with their sentence, their marks and their error", async ({ page }) => {
  await open(page);
  const { place, heading, picture, openTable } = card(page, "outcome");
  await showOutcome(page);
  await expect(heading).toContainText(/In 80 of 100 draws Microsoft’s present value is between \$.* and \$.*OpenAI’s other owners/);
  await expect(picture).toContainText(`As assumed ${await metric(page, "backer.npv").innerText()}`);
  await expect(picture).toContainText(`As assumed ${await metric(page, "lab.npv").innerText()}`);
  expect(await picture.locator(".draw").count()).toBe(100);
  await expect(picture.locator(".median")).toHaveCount(2);
  await expect(place.locator(".notes")).toContainText(/Microsoft’s present value: mean \$.* ± \$/);
  await openTable();
  const rows = place.locator("details tbody tr");
  await expect(rows).toHaveCount(13);
  await expect(rows.last()).toContainText("16,384");
});

test("nothing that draws is loaded before a card that needs it comes near", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  /** @type {string[]} */
  const loaded = [];
  page.on("request", (request) => loaded.push(request.url()));
  const drawing = () => loaded.filter((url) => url.includes("simulation") && url.endsWith(".wasm")).length;
  await open(page);
  await type(page, RATE, "10");
  await page.waitForLoadState("networkidle");
  expect(drawing()).toBe(0);
  expect(workers(page)).toBe(1);
  await showOutcome(page);
  expect(drawing(), "the module is fetched once for all threads").toBe(1);
  await card(page, "fan").show();
  await card(page, "fan").rest();
  expect(drawing()).toBe(1);
});

test("the distributions follow a slider, with the base case as a ghost", async ({ page }) => {
  await open(page);
  const { place, heading, picture } = card(page, "outcome");
  await showOutcome(page);
  const before = await heading.innerText();
  await expect(picture.locator("path.ghost")).toHaveCount(0);

  const { reveal, slider } = lever(page, "clauses.equity.fraction");
  await reveal();
  await slider.evaluate((input) => {
    if (!(input instanceof HTMLInputElement)) return;
    for (const value of ["30", "34", "38", "40"]) {
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    }
    input.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
  });
  await showOutcome(page);
  await expect(heading).not.toHaveText(before);
  await expect(picture.locator("path.ghost")).toHaveCount(2);
  await expect(place.locator(".legend")).toContainText("Base case");
  await expect(place.locator(".readout .was").first()).toBeVisible();

  await button(page, "reset").click();
  await expect(heading).toHaveText(before);
  await expect(picture.locator("path.ghost")).toHaveCount(0);
});

test("a drag draws only first steps until it rests, and ends with the state that it ends in", async ({ page }) => {
  await withCores(page, 2);
  const drawn = await openDrawing(page);
  await showOutcome(page);
  const { reveal, slider } = lever(page, RATE);
  await reveal();
  const count = (await drawn()).length;
  await slider.evaluate(async (input) => {
    if (!(input instanceof HTMLInputElement)) return;
    for (let value = 20; value >= 5; value -= 1) {
      input.value = String(value);
      input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    input.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
  });
  await showOutcome(page);
  const after = (await drawn()).slice(count);
  const last = JSON.stringify({ deal: "microsoft-openai-2025", set: { [RATE]: 0.05 }, without: [] });
  const rateOf = (/** @type {unknown} */ request) => /** @type {{ set?: Record<string, number> }} */ (request).set?.[RATE];
  const passing = after.filter(({ request }) => rateOf(request) !== undefined && rateOf(request) !== 0.05);
  expect(passing.every(({ answer }) => answer.paths === 1024)).toBe(true);
  const final = after.filter(({ request }) => rateOf(request) === 0.05).map(({ answer }) => answer.paths);
  expect(final, last).toEqual([1024, 4096, 16_384]);
});

test("one thread, several, and none but the page’s own give the same bits", async ({ browser, baseURL }) => {
  test.slow();
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const cores of [2, 3, 9, null]) {
    const context = await browser.newContext({ ...(baseURL !== undefined && { baseURL }) });
    const page = await context.newPage();
    await withCores(page, cores);
    const drawn = await openDrawing(page, "v=1&scenario=agi-2028");
    await showOutcome(page);
    if (cores !== null) await expect.poll(() => workers(page)).toBe(cores);
    for (const { request, answer } of await drawn()) {
      const key = `${JSON.stringify(request)} ${answer.paths}`;
      const text = JSON.stringify(answer);
      expect(texts.get(key) ?? text, `${key} with ${cores} cores`).toBe(text);
      texts.set(key, text);
    }
    await context.close();
  }
  expect(texts.size).toBe(6);
});

test("where the browser has no vector instructions, the module without them gives the same bits", async ({ browser, baseURL }) => {
  /** @type {string[]} */
  const texts = [];
  for (const vectors of [true, false]) {
    const context = await browser.newContext({ ...(baseURL !== undefined && { baseURL }) });
    const page = await context.newPage();
    /** @type {string[]} */
    const loaded = [];
    page.on("request", (request) => loaded.push(request.url()));
    if (!vectors) {
      await page.addInitScript(() => {
        WebAssembly.validate = () => false;
      });
    }
    const drawn = await openDrawing(page);
    await showOutcome(page);
    expect(loaded.some((url) => /simulation_plain_bg.*\.wasm$/.test(url))).toBe(!vectors);
    texts.push(JSON.stringify((await drawn()).at(-1)?.answer));
    await context.close();
  }
  expect(texts[0]).toBe(texts[1]);
});

test("where a worker cannot be made of its address, it is made of a blob, and where one dies the others go on", async ({ page }) => {
  await withCores(page, 3);
  await page.addInitScript(() => {
    const { Worker: Real } = window;
    let made = 0;
    Object.defineProperty(window, "Worker", {
      value: class extends Real {
        /** @param {string | URL} address @param {WorkerOptions} [options] */
        constructor(address, options) {
          // The engine's own worker comes first, and is left alone.
          made += 1;
          if (made > 1 && options?.type === "module") throw new DOMException("Not from here.", "SecurityError");
          super(address, options);
          if (!(options?.type === "module")) Object.assign(window, { drawers: [...(/** @type {{ drawers?: Worker[] }} */ (window).drawers ?? []), this] });
        }
      },
    });
  });
  await open(page);
  const { heading } = card(page, "outcome");
  await showOutcome(page);
  const before = await heading.innerText();
  expect(page.workers().some((worker) => worker.url().startsWith("blob:"))).toBe(true);
  await page.evaluate(() => {
    const { drawers } = /** @type {{ drawers: Worker[] }} */ (/** @type {unknown} */ (window));
    drawers[0]?.dispatchEvent(new ErrorEvent("error", { message: "It crashed." }));
  });
  await type(page, RATE, "5");
  await showOutcome(page);
  await expect(heading).not.toHaveText(before);
});

test("any metric can be picked, and more draws", async ({ page }) => {
  test.slow();
  await open(page);
  const { place, heading, picture, rest } = card(page, "outcome");
  await showOutcome(page);
  const outcome = place.getByRole("combobox", { name: "Outcome" });
  await outcome.selectOption("lab.funding_gap");
  await expect(heading).toContainText("what OpenAI still has to raise");
  await expect(picture.locator(".median")).toHaveCount(1);
  await outcome.selectOption("backer.payback");
  await expect(heading).not.toContainText("zero");
  await place.getByRole("button", { name: /65,536/ }).click();
  await expect(place.locator(".notes")).toContainText("65,536", { timeout: 60_000 });
  await rest();
  await expect(place.getByRole("button", { name: /65,536/ })).toBeDisabled();
});

test("the draws are read by the keyboard", async ({ page }) => {
  await open(page);
  const { place } = card(page, "outcome");
  await showOutcome(page);
  const slider = place.getByRole("slider");
  const readout = place.locator(".readout");
  await expect(readout).toContainText("In 50 of 100 draws at most");
  await slider.press("Home");
  await expect(readout).toContainText("In 1 of 100 draws at most");
  await slider.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuetext", /^In 2 of 100 draws at most: Microsoft .*, OpenAI’s other owners /);
  await slider.press("End");
  await expect(readout).toContainText("In 99 of 100 draws at most");
});

test("the fan has a band, the median and the run as assumed for the series that is picked, and is read by quarter", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, rest, openTable } = card(page, "fan");
  await show();
  await rest();
  await expect(heading).toContainText(/In 80 of 100 draws OpenAI’s revenue in a quarter is between .* in Q4 2030, and between .* in Q4 2035/);
  await expect(picture.locator("path.band")).toHaveCount(1);
  await expect(picture.locator("path.run")).toHaveCount(1);
  const slider = place.getByRole("slider");
  await slider.press("Home");
  await expect(place.locator(".readout h3")).toHaveText("Q4 2025");
  await slider.press("End");
  await expect(slider).toHaveAttribute("aria-valuetext", /^Q4 2035: P90.*Median.*P10.*Everything as assumed/);
  await openTable();
  await expect(place.locator("details tbody tr")).toHaveCount(41);

  await place.getByRole("combobox", { name: "Series" }).selectOption("cumulative");
  await rest();
  await expect(heading).toContainText("Microsoft");
  await expect(picture).toHaveClass("backer");
  await type(page, RATE, "5");
  await show();
  await rest();
  await expect(picture.locator("path.ghost")).toHaveCount(3);
});

test("what cannot be drawn is said in its cards, and the rest of the page lives on", async ({ page }) => {
  await page.route("**/*simulation*.wasm", (route) => route.abort());
  await open(page);
  const { place, fault } = card(page, "outcome");
  await place.evaluate((element) => element.scrollIntoView({ block: "start" }));
  await expect(fault).toContainText("could not be loaded");
  await page.unroute("**/*simulation*.wasm");
  await fault.getByRole("button").click();
  await showOutcome(page);
  await expect(fault).toHaveCount(0);
});

test("other distributions are drawn where the reader has others in mind", async ({ page }) => {
  await open(page);
  const { heading } = card(page, "outcome");
  await showOutcome(page);
  const before = await heading.innerText();
  await page.goto("#v=1&~demand.lines.chatgpt.growth=uniform,0.2,1,2");
  await showOutcome(page);
  await expect(heading).not.toHaveText(before);
});

test("a deal of the reader’s own is drawn, and drawn anew where its file changes", async ({ page }) => {
  test.slow();
  await open(page);
  await showOutcome(page);
  const { place, heading } = card(page, "outcome");
  const text = await readFile(new URL("../deals/example.toml", import.meta.url), "utf8");
  const use = async (/** @type {string} */ file) => {
    await page.getByRole("button", { name: "Your own deal" }).click();
    const own = page.locator("cw-own");
    await own.locator("input[type=file]").setInputFiles({ name: "example.toml", mimeType: "application/toml", buffer: Buffer.from(file) });
    await own.getByRole("button", { name: "Calculate with it" }).click();
  };
  await use(text);
  await showOutcome(page);
  await expect(place).not.toContainText("OpenAI");
  const first = await heading.innerText();
  await use(text.replace("growth = { value = 1.65", "growth = { value = 1.2"));
  await showOutcome(page);
  await expect(heading).not.toHaveText(first);
});

test("all assumptions together: refused while they are correlated, then counted, stopped and shown", async ({ page }) => {
  test.slow();
  await open(page);
  const { place, heading, picture, show, settle, openTable } = card(page, "tornado");
  await show();
  await place.getByRole("radio", { name: "All together" }).check();
  await expect(heading).toContainText("cannot be told apart while assumptions are correlated");
  await expect(place.getByRole("status")).toContainText(/These move together here: “.*” with “.*”/);
  await expect(place.getByRole("status")).not.toContainText("demand.lines");
  await place.getByRole("button", { name: "Leave the correlations out" }).click();
  await expect(heading).toContainText("of the variance of Microsoft’s present value", { timeout: PATIENCE });
  await expect(picture.locator(".bar.high")).toHaveCount(12);
  await expect(picture.locator(".bar.low")).toHaveCount(12);
  await expect(place.locator(".notes")).toContainText("left out");
  await openTable();
  await expect(place.locator("details tbody tr").first()).toContainText("±");

  await type(page, RATE, "5");
  await place.evaluate((element) => element.scrollIntoView({ block: "start" }));
  await place.getByRole("button", { name: "Stop" }).click();
  const again = place.getByRole("button", { name: "Calculate", exact: true });
  await expect(again).toBeVisible();
  await again.click();
  await settle();
  await expect.poll(() => picture.locator(".ghost").count(), { timeout: PATIENCE }).toBeGreaterThan(10);
});

test("a lever is found that gives a chance, with how sure that is", async ({ page }) => {
  test.slow();
  await open(page);
  const { place, heading, picture, show, settle } = card(page, "solve");
  await show();
  await place.getByRole("radio", { name: "Get a chance" }).check();
  await expect(heading).toContainText(/“Revenue share” at .* gives an 80% chance that Microsoft’s present value is above \$300/, { timeout: PATIENCE });
  await expect(picture.locator(".root")).toHaveCount(1);
  await expect(picture.locator("path.sure")).toHaveCount(1);
  await expect(place.locator(".notes")).toContainText("4,096 draws at each value");
  await place.getByRole("spinbutton", { name: "Chance" }).fill("60");
  await expect(heading).toContainText("a 60% chance", { timeout: PATIENCE });
  await place.getByRole("button", { name: /^Set the lever/ }).click();
  await settle();
  await expect(place.locator(".notes")).toContainText(/Now the chance is (59|60|61)%/, { timeout: PATIENCE });
});

test("a chance that takes too long is stopped, and what else is drawn goes on", async ({ page }) => {
  test.slow();
  await withCores(page, 2);
  await open(page);
  const { place, show } = card(page, "solve");
  await show();
  await place.getByRole("radio", { name: "Get a chance" }).check();
  await place.getByRole("button", { name: "Stop" }).click();
  await expect(place.getByRole("button", { name: "Calculate", exact: true })).toBeVisible();
  await showOutcome(page);
  await expect(card(page, "outcome").heading).toContainText("In 80 of 100 draws");
});

test("how sure it is who won what is an interval for each side of each new agreement", async ({ page }) => {
  await open(page);
  const { place, show, rest } = card(page, "compare");
  await show();
  await place.getByRole("radio", { name: "How sure" }).check();
  const picture = place.locator(".spread svg");
  await expect(picture.locator(".median")).toHaveCount(4, { timeout: PATIENCE });
  await expect(picture).toContainText(/Microsoft.*better off in \d+ of 100/);
  await rest();
  await expect(place.locator(".notes")).toContainText("16,384", { timeout: PATIENCE });
  await place.getByRole("radio", { name: "Main figures" }).check();
  await expect(place.locator(".side-by-side")).toBeVisible();
});

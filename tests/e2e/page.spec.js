// The page as a reader uses it: figures, levers, undo, links, scenarios.
import { expect, test } from "@playwright/test";
import { HEADLINE, button, fragment, headline, lever, metric, open, picker, type } from "./page.js";

const RATE = "clauses.revenue-share.rate";
const GROWTH = "demand.lines.chatgpt.growth";

test("opens with an answer, the figures of both sides, charts and a ledger", async ({ page }) => {
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await open(page);

  await expect(page.getByRole("heading", { level: 1 })).toContainText("Microsoft");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(await metric(page, "lab.npv").innerText());
  for (const value of await headline(page)) expect(value).toMatch(/\d/);
  expect(await page.locator("cw-lever").count()).toBeGreaterThanOrEqual(16);

  for (const figure of ["cw-clauses", "cw-stack#flows", "cw-stack#lab"]) {
    await expect(page.locator(`${figure} svg`).first()).toBeVisible();
    await expect(page.locator(figure).getByRole("heading", { level: 2 })).not.toBeEmpty();
    await page.locator(`${figure} summary`).last().click();
    await expect(page.locator(`${figure} .description`)).not.toBeEmpty();
    await expect.poll(() => page.locator(`${figure} tbody tr`).count()).toBeGreaterThan(2);
  }
  const years = await page.locator("cw-ledger thead th").allInnerTexts();
  expect(years[0]).toBe("2025");
  expect(complaints).toEqual([]);
});

test("asks for nothing but its own files", async ({ page, baseURL }) => {
  /** @type {string[]} */
  const strangers = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL ?? "")) strangers.push(request.url());
  });
  await open(page);
  await type(page, RATE, "10");
  await expect(metric(page, "backer.npv")).not.toBeEmpty();
  expect(strangers).toEqual([]);
});

test("a slider moves the headline figures, the sentence and the fragment", async ({ page }) => {
  await open(page);
  const before = await headline(page);
  const answer = await page.getByRole("heading", { level: 1 }).innerText();
  const { slider } = lever(page, GROWTH);
  await slider.fill("80");

  await expect(metric(page, "backer.npv")).not.toHaveText(before[0] ?? "");
  const after = await headline(page);
  HEADLINE.forEach((id, i) => {
    // The lab raises as soon as its cash would fall below its minimum, so that its lowest cash is that minimum.
    if (id !== "lab.lowest_cash") expect(after[i], id).not.toBe(before[i]);
  });
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(answer);
  await expect.poll(() => fragment(page)).toBe(`#v=1&${GROWTH}=0.8`);
  await expect(page.locator('cw-side [data-metric="backer.npv"] .was')).toContainText(before[0] ?? "");
});

test("every lever of the panel moves the value to a side", async ({ page }) => {
  await open(page);
  const paths = () => page.locator("cw-lever").evaluateAll((all) => all.map((each) => each.dataset["path"] ?? ""));
  /** @param {string} path */
  const moves = async (path) => {
    const before = await headline(page);
    const { reveal, slider, toggle } = lever(page, path);
    await reveal();
    if ((await toggle.count()) > 0) await toggle.click();
    else {
      const [min, max] = [await slider.getAttribute("min"), await slider.getAttribute("max")];
      await slider.fill(((await slider.inputValue()) === min ? max : min) ?? "");
    }
    await expect.poll(async () => (await headline(page)).join(), { message: path }).not.toBe(before.join());
    await button(page, "undo").click();
    await expect.poll(() => headline(page), { message: path }).toEqual(before);
  };
  const all = await paths();
  for (const path of all) await moves(path);

  // When the regulator acts matters where it acts at all, and there is no lever for it before.
  await lever(page, "regulation.acts").toggle.click();
  await expect(lever(page, "regulation.year").element).toBeVisible();
  for (const path of await paths()) if (!all.includes(path)) await moves(path);
});

test("undo, redo and reset", async ({ page }) => {
  await open(page);
  const base = await headline(page);
  const growth = await lever(page, GROWTH).box.inputValue();
  await expect(button(page, "undo")).toBeDisabled();
  await expect(button(page, "reset")).toBeDisabled();

  await type(page, RATE, "10");
  await expect(metric(page, "backer.npv")).not.toHaveText(base[0] ?? "");
  const first = await headline(page);
  await type(page, GROWTH, "80");
  await expect(metric(page, "backer.npv")).not.toHaveText(first[0] ?? "");

  await button(page, "undo").click();
  await expect(metric(page, "backer.npv")).toHaveText(first[0] ?? "");
  await expect(lever(page, GROWTH).box).toHaveValue(growth);
  await page.keyboard.press("Control+z");
  await expect(metric(page, "backer.npv")).toHaveText(base[0] ?? "");
  await expect(button(page, "undo")).toBeDisabled();
  await expect.poll(() => fragment(page)).toBe("");

  await button(page, "redo").click();
  await expect(metric(page, "backer.npv")).toHaveText(first[0] ?? "");
  await expect.poll(() => fragment(page)).toContain(`${RATE}=0.1`);
  await button(page, "reset").click();
  await expect(metric(page, "backer.npv")).toHaveText(base[0] ?? "");
  await expect.poll(() => fragment(page)).toBe("");
  await button(page, "undo").click();
  await expect(metric(page, "backer.npv")).toHaveText(first[0] ?? "");
});

test("a drag is one step of undo", async ({ page }) => {
  await open(page);
  const base = await metric(page, "backer.npv").innerText();
  const { reveal, slider } = lever(page, GROWTH);
  await reveal();
  await slider.scrollIntoViewIfNeeded();
  const track = await slider.boundingBox();
  if (track === null) throw new Error("The slider is not on the page.");
  const y = track.y + track.height / 2;
  await page.mouse.move(track.x + track.width / 2, y);
  await page.mouse.down();
  for (const part of [0.6, 0.7, 0.8, 0.9]) await page.mouse.move(track.x + track.width * part, y);
  await page.mouse.up();
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
  await button(page, "undo").click();
  await expect(metric(page, "backer.npv")).toHaveText(base);
  await expect(button(page, "undo")).toBeDisabled();
});

test("a lever marks a change and takes it back by itself", async ({ page }) => {
  await open(page);
  const { element, reveal, reset, box } = lever(page, RATE);
  await reveal();
  const before = await box.inputValue();
  await expect(reset).toHaveCount(0);
  await type(page, RATE, "12.5");
  await expect(element.locator(".changed")).toBeVisible();
  await expect(page.locator(".changes")).toContainText("Revenue share");
  await reset.click();
  await expect(box).toHaveValue(before);
  await expect(element.locator(".changed")).toHaveCount(0);
});

test("a number that cannot be is refused at its field, and changes nothing", async ({ page }) => {
  await open(page);
  const base = await headline(page);
  const { box, element } = lever(page, RATE);
  await type(page, RATE, "130");
  await expect(box).toHaveAttribute("aria-invalid", "true");
  await expect(element.locator(".fault")).toBeVisible();
  expect(await headline(page)).toEqual(base);
  await type(page, RATE, "15");
  await expect(box).toHaveAttribute("aria-invalid", "false");
});

test("a year may be never, and come back", async ({ page }) => {
  await open(page);
  const base = await metric(page, "backer.npv").innerText();
  const { never, slider, box } = lever(page, "agi.year");
  await never.check();
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
  await expect.poll(() => fragment(page)).toBe("#v=1&agi.year=never");
  await expect(box).toHaveValue("");
  await expect(slider).toHaveAttribute("aria-valuetext", "never");
  await never.uncheck();
  await expect(metric(page, "backer.npv")).toHaveText(base);
});

test("a link opens the state that it holds, and holds it when opened in a page that is open", async ({ page }) => {
  const link = `v=1&scenario=agi-2028&${RATE}=0.1&agi.growth_boost=0.2`;
  await open(page, link);
  await expect(lever(page, RATE).box).toHaveValue("10");
  await expect(lever(page, "agi.year").box).toHaveValue("2028");
  await expect(picker(page, 1)).toHaveValue("agi-2028");
  await expect(page.locator("cw-notice")).toHaveCount(0);
  const opened = await headline(page);

  await button(page, "reset").click();
  await expect(metric(page, "backer.npv")).not.toHaveText(opened[0] ?? "");
  await expect.poll(() => fragment(page)).toBe("");
  await page.goto(`#${link}`);
  await expect(metric(page, "backer.npv")).toHaveText(opened[0] ?? "");
  expect(await headline(page)).toEqual(opened);
});

test("a link that says what the page does not know is reported, and kept", async ({ page }) => {
  await open(page, `v=1&${RATE}=0.1&agi.yeer=2028&${GROWTH}=plenty`);
  const notice = page.locator("cw-notice");
  await expect(notice).toContainText("agi.yeer=2028");
  await expect(notice).toContainText(`${GROWTH}=plenty`);
  await expect(lever(page, RATE).box).toHaveValue("10");
  await expect(lever(page, GROWTH).element.locator(".changed")).toHaveCount(0);

  await type(page, RATE, "12");
  await expect.poll(() => fragment(page)).toContain("agi.yeer=2028");
  await notice.getByRole("button").click();
  await expect(notice).toHaveCount(0);
  await expect.poll(() => fragment(page)).toBe(`#v=1&${RATE}=0.12`);
});

test("a value of a link that cannot be is said at its lever, and kept until the lever is moved", async ({ page }) => {
  await page.setViewportSize({ width: 600, height: 800 });
  await open(page, `v=1&${RATE}=5`);
  const { element, box } = lever(page, RATE);
  await expect(element.locator(".fault")).toContainText("5");
  await expect(box).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("cw-notice")).toContainText(`${RATE}=5`);
  await type(page, "agi.growth_boost", "10");
  await expect.poll(() => fragment(page)).toBe(`#v=1&agi.growth_boost=0.1&${RATE}=5`);
  await type(page, RATE, "10");
  await expect(element.locator(".fault")).toHaveCount(0);
  await expect.poll(() => fragment(page)).toBe(`#v=1&agi.growth_boost=0.1&${RATE}=0.1`);
});

test("the way back leads to the state of the link before, and a reload stays", async ({ page }) => {
  await open(page, `v=1&${RATE}=0.1`);
  await page.goto(`#v=1&${RATE}=0.3`);
  await expect(lever(page, RATE).box).toHaveValue("30");
  await page.goBack();
  await expect(lever(page, RATE).box).toHaveValue("10");
  await page.reload();
  await expect(lever(page, RATE).box).toHaveValue("10");
});

test("scenarios and agreements are picked, and part of the link", async ({ page }) => {
  await open(page);
  const base = await metric(page, "backer.npv").innerText();
  const growth = await lever(page, GROWTH).box.inputValue();
  await picker(page, 1).selectOption("weak-demand");
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
  await expect.poll(() => fragment(page)).toBe("#v=1&scenario=weak-demand");
  await expect(lever(page, GROWTH).box).not.toHaveValue(growth);

  await picker(page, 0).selectOption("microsoft-openai-2023");
  await expect(page.locator('cw-lever[data-path="clauses.profit-share.tiers.1.share"]')).toHaveCount(1);
  await expect(lever(page, "clauses.equity.fraction").element).toHaveCount(0);
  await expect.poll(() => fragment(page)).toBe("#v=1&deal=microsoft-openai-2023");
  await button(page, "undo").click();
  await expect(picker(page, 1)).toHaveValue("weak-demand");
});

test("what the engine refuses is said, and the last figures stay", async ({ page }) => {
  await open(page);
  const base = await headline(page);
  await page.evaluate(() => {
    const { store } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    store.change({ ...store.state, set: { "agi.layer": 7 } });
  });
  await expect(page.locator("cw-notice")).toContainText("agi.layer");
  expect(await headline(page)).toEqual(base);
  await button(page, "undo").click();
  await expect(page.locator("cw-notice")).toHaveCount(0);
});

test("a figure is read year by year", async ({ page }) => {
  await open(page);
  const flows = page.locator("cw-stack#flows");
  await flows.getByRole("slider").fill("3");
  await expect(flows.locator(".readout h3")).toContainText("2028");
  await expect(flows.getByRole("slider")).toHaveAttribute("aria-valuetext", /^2028: /);
});

test("the colours follow the device, or the reader", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page);
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await paper();
  expect(dark).not.toBe(light);
  await button(page, "theme").click();
  await expect.poll(paper).toBe(light);
  await page.reload();
  await expect.poll(paper).toBe(light);
  await button(page, "theme").click();
  await expect.poll(paper).toBe(dark);
});

test("without JavaScript the page says what it needs", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL ?? "");
  await expect(page.getByText("with JavaScript and WebAssembly")).toBeVisible();
  await context.close();
});

test("without its engine the page says so, and can try again", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("");
  await expect(page.getByRole("alert")).toContainText("could not be loaded");
  await page.unroute("**/*.wasm");
  await page.getByRole("button").click();
  await expect(metric(page, "backer.npv")).toBeVisible();
});

test("without workers the engine runs in the page", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "Worker", {
      value: class {
        constructor() {
          throw new DOMException("Workers are not allowed here.", "SecurityError");
        }
      },
    });
  });
  await open(page);
  const base = await metric(page, "backer.npv").innerText();
  await type(page, RATE, "10");
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
});

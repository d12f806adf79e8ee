// The cards: what each clause is worth, when AGI comes, what matters most, what it would take, old terms and new terms.
import { expect, test } from "@playwright/test";
import { button, card, fragment, lever, metric, open, picker, type } from "./page.js";

const RATE = "clauses.revenue-share.rate";

test("what each clause is worth is a pair of bars for each, by fair shares or by what is lost", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, settle, openTable } = card(page, "clauses");
  await show();
  await expect(heading).toContainText("Microsoft");
  await expect(heading).toContainText("OpenAI’s other owners");
  const bars = await picture.locator(".bar").count();
  expect(bars).toBeGreaterThanOrEqual(10);
  expect(bars % 2).toBe(0);
  const amounts = () => picture.locator(".amount").allTextContents();
  const shares = await amounts();
  expect(shares).toHaveLength(bars);

  await place.getByRole("radio", { name: "If it alone goes" }).check();
  await settle();
  await expect.poll(amounts).not.toEqual(shares);
  await expect(place.locator(".unit")).toContainText("alone");
  await expect(place.locator(".totals")).toContainText(await metric(page, "backer.npv").innerText());

  await openTable();
  const removal = place.locator("details th", { hasText: "If it alone goes" });
  await expect(removal).toHaveCount(2);
});

test("the prices of the clauses follow a lever, with the base case beside them", async ({ page }) => {
  await open(page);
  const { place, picture, heading, show, settle } = card(page, "clauses");
  await show();
  await expect(picture.locator(".ghost")).toHaveCount(0);
  const before = await heading.innerText();
  await type(page, RATE, "0");
  await show();
  await expect(heading).not.toHaveText(before);
  expect(await picture.locator(".ghost").count()).toBeGreaterThan(5);
  await expect(place.locator(".legend")).toContainText("Base case");
  await button(page, "undo").click();
  await settle();
  await expect(heading).toHaveText(before);
});

test("nothing is loaded or asked for a card before it comes near the view", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  /** @type {string[]} */
  const loaded = [];
  page.on("request", (request) => loaded.push(request.url()));
  const analysis = () => loaded.filter((url) => url.includes("analysis") && url.endsWith(".wasm")).length;
  await open(page);
  await type(page, RATE, "10");
  await expect(metric(page, "backer.npv")).not.toBeEmpty();
  await page.waitForLoadState("networkidle");
  expect(analysis()).toBe(0);
  expect(loaded.filter((url) => /\/(agi|tornado|solve|compare)-/.test(url))).toEqual([]);

  await card(page, "agi").show();
  expect(analysis()).toBe(1);
  expect(loaded.filter((url) => /\/compare-/.test(url))).toEqual([]);
  for (const id of /** @type {const} */ (["tornado", "solve", "compare"])) await card(page, id).show();
  expect(analysis()).toBe(1);
});

test("the curve of AGI has the reader’s date and never, and is read date by date", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, settle, openTable } = card(page, "agi");
  await show();
  await expect(heading).toContainText("July 2033");
  await expect(heading).toContainText(await metric(page, "backer.npv").innerText());
  await expect(picture).toContainText("Never");
  await expect(picture).toContainText("Your date: July 2033");
  const readout = place.locator(".readout");
  await expect(readout).toContainText("as you assume");
  await expect(readout).toContainText(await metric(page, "lab.npv").innerText());

  const slider = place.getByRole("slider");
  await slider.press("Home");
  await expect(readout).toContainText("October 2025");
  await slider.press("End");
  await expect(readout).toContainText("never");
  await expect(slider).toHaveAttribute("aria-valuetext", /^If AGI is never verified: Microsoft \$/);
  await slider.press("ArrowLeft");
  await expect(readout).toContainText("January 2036");
  await slider.press("ArrowRight");
  await expect(readout).toContainText("never");

  await type(page, "agi.year", "2030");
  await show();
  await expect(heading).toContainText("July 2030");
  await expect(picture.locator("path.ghost")).toHaveCount(2);
  await lever(page, "agi.year").never.check();
  await settle();
  await expect(heading).toContainText("Without AGI");

  await openTable();
  await expect(place.locator("details tbody tr")).toHaveCount(43);
  await expect(place.locator("details tbody tr").last()).toContainText("Never");
});

test("the curve of AGI is shown clause by clause, all on one scale", async ({ page }) => {
  await open(page);
  const { place, show, settle } = card(page, "agi");
  await show();
  await place.getByRole("radio", { name: /clause by clause/ }).check();
  await settle();
  await expect(place.locator(".small svg")).toHaveCount(7);
  await expect(place.locator(".readout")).toContainText("Revenue share");
});

test("the tornado has a dozen bars for the metric that is picked, and the slopes in its table", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, settle, openTable } = card(page, "tornado");
  await show();
  await expect(heading).toContainText("matters most");
  await expect(heading).toContainText("Microsoft’s present value");
  await expect(picture.locator(".bar.high")).toHaveCount(12);
  await expect(picture).toContainText(`As assumed: ${await metric(page, "backer.npv").innerText()}`);
  await expect(place.locator(".notes")).toContainText("do not move it at all");

  await place.getByRole("combobox", { name: "Outcome" }).selectOption("lab.npv");
  await settle();
  await expect(heading).toContainText("OpenAI’s other owners");
  await expect(picture).toHaveClass("lab");
  await openTable();
  await settle();
  const rows = place.locator("details tbody tr");
  expect(await rows.count()).toBeGreaterThan(80);
  await expect(rows.filter({ hasText: "ChatGPT: growth at first" })).toContainText("per percentage point");
  await expect(rows.filter({ hasText: "OpenAI declares AGI" })).toContainText("per year");
});

test("the tornado follows a lever, with the base case beside it", async ({ page }) => {
  await open(page, `v=1&${RATE}=0.05`);
  const { heading, picture, show, settle } = card(page, "tornado");
  await show();
  await expect(picture.locator("line.ghost")).toHaveCount(1);
  const before = await heading.innerText();
  await type(page, "agi.year", "2027");
  await show();
  await expect(heading).not.toHaveText(before);
  await button(page, "reset").click();
  await settle();
  await expect(picture.locator(".ghost")).toHaveCount(0);
});

test("one value does it, and the lever can be set there", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, settle } = card(page, "solve");
  await show();
  await expect(heading).toContainText("“Revenue share” at");
  await expect(heading).toContainText("$500");
  await expect(picture.locator(".root")).toHaveCount(1);
  await place.getByRole("button", { name: /^Set the lever/ }).click();
  await expect(metric(page, "backer.npv")).toHaveText(/\$500/);
  await expect.poll(() => fragment(page)).toMatch(new RegExp(`^#v=1&${RATE}=0\\.40\\d{1,4}$`));
  await settle();
  await expect(place.getByRole("button", { name: /^The lever is at/ })).toBeDisabled();
  await button(page, "undo").click();
  await expect.poll(() => fragment(page)).toBe("");
});

test("no value does it, and the sentence says how far it goes", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, settle } = card(page, "solve");
  await show();
  await place.getByRole("spinbutton", { name: "Target" }).fill("2000");
  await settle();
  await expect(heading).toContainText(/^No “Revenue share” between 0% and 100% brings .* to \$2,000.*: it reaches \$\d+.* at most, at 100%$/);
  await expect(picture.locator(".root")).toHaveCount(0);
  await expect(place.locator(".offer")).toHaveCount(0);
});

test("several values do it, and each can be set", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, settle } = card(page, "solve");
  await show();
  await place.getByRole("combobox", { name: "Lever" }).selectOption("clauses.commitment.total");
  await place.getByRole("spinbutton", { name: "Target" }).fill("390.3");
  await settle();
  await expect(heading).toContainText("Two values of “Azure services that OpenAI contracted to buy”");
  await expect(picture.locator(".root")).toHaveCount(2);
  const offers = place.locator(".offer");
  await expect(offers).toHaveCount(2);
  await offers.last().click();
  await expect(metric(page, "backer.npv")).toHaveText(/\$390/);
  await settle();
  await expect(offers.last()).toBeDisabled();
  await expect(offers.first()).toBeEnabled();
});

test("a jump past the target is told as a jump", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, settle } = card(page, "solve");
  await show();
  await place.getByRole("combobox", { name: "Lever" }).selectOption("agi.backer_year");
  await place.getByRole("spinbutton", { name: "Target" }).fill("371");
  await settle();
  await expect(heading).toContainText(/^No “Microsoft reaches AGI by itself” brings .* to just \$371.*: at January 2033 it jumps from/);
  await expect(picture.locator(".jump")).toHaveCount(1);
  await expect(picture.locator(".root")).toHaveCount(0);
});

test("another outcome has a target of its own, and a lever is found by a part of its name", async ({ page }) => {
  await open(page);
  const { place, heading, show, settle } = card(page, "solve");
  await show();
  await place.getByRole("combobox", { name: "Outcome" }).selectOption("lab.dilution");
  await settle();
  await expect(heading).toContainText("the dilution of OpenAI’s other owners to 30%");
  await place.getByText("Find a lever, or search elsewhere").click();
  await place.getByRole("searchbox").fill("on gains");
  // Beside what is found, the lever that is picked stays.
  await expect(place.getByRole("combobox", { name: "Lever" }).locator("option")).toHaveCount(2);
  await place.getByRole("searchbox").fill("cash at signing");
  await place.getByRole("combobox", { name: "Lever" }).selectOption("lab.cash");
  await settle();
  await expect(heading).toContainText("Cash at signing");
});

test("an interval that cannot be is refused in its card, and everywhere else nothing happens", async ({ page }) => {
  await open(page);
  const { place, fault, show, settle } = card(page, "solve");
  await show();
  await place.getByText("Find a lever, or search elsewhere").click();
  await place.getByRole("spinbutton", { name: "Search from" }).fill("100");
  await expect(fault).toContainText("cannot be calculated");
  await expect(page.locator(".opening cw-notice")).toHaveCount(0);
  await card(page, "tornado").show();
  await expect(card(page, "tornado").fault).toHaveCount(0);
  await place.getByRole("spinbutton", { name: "Search from" }).fill("10");
  await expect(fault).toHaveCount(0);
  await settle();
  await expect(place.locator("details tbody tr, .plot").first()).toBeVisible();
});

test("what breaks even by itself is listed, and what does not is named", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, settle, openTable } = card(page, "solve");
  await show();
  await place.getByRole("radio", { name: "Break even" }).check();
  await settle();
  await expect(heading).toContainText(/of 92 uncertain assumptions could bring Microsoft’s present value to nothing/);
  await expect(picture).toContainText("Price of compute");
  await openTable();
  await expect(place.locator("details tbody tr")).toHaveCount(92);
  await expect(place.locator("details tbody tr", { hasText: "none in range" }).first()).toBeVisible();
});

test("fair terms are asked of a clause", async ({ page }) => {
  await open(page);
  const { place, heading, show, settle } = card(page, "solve");
  await show();
  await place.getByRole("radio", { name: "Fair terms" }).check();
  await settle();
  await expect(heading).toContainText("of the surplus");
  await expect(place.locator(".notes")).toContainText("Against no agreement at all Microsoft gains");
  const groups = await place.getByRole("combobox", { name: "Lever" }).locator("option").evaluateAll((options) =>
    options.map((option) => /** @type {HTMLOptionElement} */ (option).value),
  );
  expect(groups.every((path) => path.startsWith("clauses."))).toBe(true);
  await place.getByRole("spinbutton", { name: /^Part of the surplus/ }).fill("80");
  await settle();
  await expect(heading).toContainText("80% of the surplus");
});

test("old terms and new terms stand side by side, in the order of signing", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, settle } = card(page, "compare");
  await show();
  await expect(heading).toContainText(/^The agreement of October 2025 brought Microsoft \$179.* and cost OpenAI’s other owners \$221.*; that of April 2026 cost/);
  const table = place.locator(".side-by-side");
  await expect(table.locator("thead th")).toHaveText(["Figure", "January 2023", "October 2025", "April 2026"]);
  await expect(table.locator("tbody tr").first()).toContainText(await metric(page, "backer.npv").innerText());
  await expect(table.locator("tbody tr").first()).toContainText("+$179");
  await place.getByRole("radio", { name: "Clauses, for Microsoft" }).check();
  await settle();
  await expect(table.locator("tbody tr", { hasText: "Revenue share" })).toBeVisible();

  // The chosen agreement is another: its world, its changes.
  await picker(page, 0).selectOption("microsoft-openai-2023");
  await show();
  await expect(place.locator(".notes")).toContainText("January 2023");
  await expect(table.locator("th.chosen")).toHaveText("January 2023");
  await expect(picture).toContainText("January 2023");
});

test("the agreements are compared in the reader’s state", async ({ page }) => {
  await open(page);
  const { heading, picture, show } = card(page, "compare");
  await show();
  const before = await heading.innerText();
  await type(page, "demand.lines.chatgpt.growth", "80");
  await show();
  await expect(heading).not.toHaveText(before);
  await expect(picture.locator(".ghost")).toHaveCount(2);
});

test("where the part that answers questions does not arrive, its cards say so, and the rest works", async ({ page }) => {
  await page.route(/analysis.*\.wasm$/, (route) => route.abort());
  await open(page);
  const { fault, place, show, settle, heading } = card(page, "agi");
  await place.evaluate((element) => element.scrollIntoView({ block: "start" }));
  await expect(fault).toContainText("could not be loaded");
  const base = await metric(page, "backer.npv").innerText();
  await type(page, RATE, "10");
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
  await card(page, "clauses").show();
  await expect(card(page, "clauses").fault).toHaveCount(0);

  await page.unroute(/analysis.*\.wasm$/);
  await place.evaluate((element) => element.scrollIntoView({ block: "start" }));
  await place.getByRole("button", { name: "Try again" }).click();
  await settle();
  await show();
  await expect(fault).toHaveCount(0);
  await expect(heading).toContainText("AGI in");
});

test("without workers the questions are answered in the page", async ({ page }) => {
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
  await card(page, "agi").show();
  await expect(card(page, "agi").heading).toContainText("AGI in");
});

test("a card that lags behind the figures says so, but not at once", async ({ page }) => {
  await open(page);
  const { place, show, settle } = card(page, "agi");
  await show();
  await page.evaluate(() => {
    const { engine } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    const curve = engine.agiCurve.bind(engine);
    const slow = new Promise((resolve) => Object.assign(window, { answer: resolve }));
    engine.agiCurve = async (request) => {
      await slow;
      return curve(request);
    };
    const place = /** @type {HTMLElement} */ (document.querySelector('cw-place[data-card="agi"]'));
    const mark = /** @type {HTMLElement} */ (place.shadowRoot?.querySelector(".settling"));
    new MutationObserver(() => Object.assign(window, { first: getComputedStyle(mark).visibility })).observe(place, {
      attributeFilter: ["settling"],
    });
  });
  await type(page, RATE, "10");
  await expect(place).toHaveAttribute("settling");
  expect(await page.evaluate(() => /** @type {{ first: string }} */ (/** @type {unknown} */ (window)).first)).toBe("hidden");
  await expect(place.locator(".settling")).toBeVisible();
  // The figures do not wait for it.
  await expect(page.locator('cw-side [data-metric="backer.npv"] .was')).not.toBeEmpty();
  await page.evaluate(() => /** @type {{ answer: (value: null) => void }} */ (/** @type {unknown} */ (window)).answer(null));
  await settle();
  await expect(place.locator(".settling")).toBeHidden();
});

test("nothing jumps while the cards arrive", async ({ page }) => {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto("about:blank");
    await open(page);
    await page.evaluate(() => {
      const moved = { sum: 0 };
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) moved.sum += /** @type {PerformanceEntry & { value: number }} */ (entry).value;
      }).observe({ type: "layout-shift", buffered: false });
      Object.assign(window, { moved });
    });
    const bottom = () => page.evaluate(() => window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1);
    await page.mouse.move(width / 2, 400);
    while (!(await bottom())) {
      await page.mouse.wheel(0, 400);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    }
    await card(page, "compare").settle();
    const moved = await page.evaluate(() => /** @type {{ moved: { sum: number } }} */ (/** @type {unknown} */ (window)).moved.sum);
    // Browsers count as good what is below 0.1.
    expect(moved, `${width} px`).toBeLessThan(0.05);
  }
});

test("what is typed into a card stays as it is while its first digits are answered", async ({ page }) => {
  await open(page);
  const { place, heading, show, settle } = card(page, "solve");
  await show();
  const target = place.getByRole("spinbutton", { name: "Target" });
  await target.fill("4");
  await settle();
  await target.press("End");
  await page.keyboard.type("5");
  await settle();
  await page.keyboard.type("0");
  await expect(heading).toContainText("$450");
  await expect(target).toHaveValue("450");
  // An empty field asks for nothing, and says again what is asked when it is left.
  await target.fill("");
  await target.press("Tab");
  await expect(target).toHaveValue("450");
});

test("a card can be used by the keyboard alone", async ({ page }) => {
  await open(page);
  const { place, heading, show, settle } = card(page, "solve");
  await show();
  await place.getByRole("radio", { name: "Reach a target" }).focus();
  await page.keyboard.press("ArrowRight");
  await settle();
  await expect(heading).toContainText("uncertain assumptions");
  await page.keyboard.press("ArrowLeft");
  await expect(heading).toContainText("“Revenue share” at");
  await settle();

  await page.keyboard.press("Tab");
  await expect(place.getByRole("combobox", { name: "Outcome" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(place.getByRole("spinbutton", { name: "Target" })).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("450");
  await expect(heading).toContainText("$450");
  await settle();
  // A screen reader is told the answer to what was asked.
  await expect(place.getByRole("status")).toHaveText(await heading.innerText());
  await place.getByRole("button", { name: /^Set the lever/ }).focus();
  await page.keyboard.press("Enter");
  await expect(metric(page, "backer.npv")).toHaveText(/\$450/);
});

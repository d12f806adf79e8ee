// Every assumption in a table: to be found, changed, made uncertain in another way, and sent in a link.
import { expect, test } from "@playwright/test";
import { button, card, fragment, lever, metric, open } from "./page.js";

/** @import { Page } from "@playwright/test" */

const LAYER = "agi.layer";
const RATE = "clauses.revenue-share.rate";
const POOL = "lab.pool";

/** @param {Page} page */
async function openTable(page) {
  await page.getByRole("button", { name: /^All \d+ assumptions$/ }).click();
  await expect(page.locator("cw-assumption").first()).toBeVisible();
}

/**
 * The row of an assumption.
 * @param {Page} page
 * @param {string} path
 */
function row(page, path) {
  const element = page.locator(`cw-assumption[data-path="${path}"]`);
  return {
    element,
    field: element.locator(".value input, .value select").first(),
    never: element.getByRole("checkbox", { name: /never$/ }),
    reset: element.getByRole("button", { name: /^Reset/ }),
    edit: element.getByRole("button", { name: /^Change the uncertainty/ }),
    editor: element.locator(".editor"),
    changed: element.locator(".row.changed"),
  };
}

test("every quantity of the deal is there, with its status and its source", async ({ page }) => {
  await open(page);
  await openTable(page);
  const info = await page.evaluate(() => window.clauseworth?.engine.describe("microsoft-openai-2025"));
  if (!info) throw new Error("There is no deal.");
  await expect(page.locator("cw-assumption")).toHaveCount(info.quantities.length + info.words.length);
  for (const { path, label } of info.quantities) await expect(row(page, path).element.locator(".label")).toHaveText(label ?? /./);
  const sourced = info.quantities.find(({ source, status }) => source !== null && status === "stated");
  if (!sourced) throw new Error("There is no source.");
  const source = info.sources.find(({ id }) => id === sourced.source);
  await expect(row(page, sourced.path).element.locator(".badge")).toContainText("stated");
  await expect(row(page, sourced.path).element.getByRole("link")).toHaveAttribute("href", source?.url ?? "");
});

test("it can be searched and filtered, and says how much is left", async ({ page }) => {
  await open(page);
  await openTable(page);
  const table = page.locator("cw-assumptions");
  const rows = page.locator("cw-assumption");
  const all = await rows.count();
  await table.getByLabel(/^Search/).fill("half-life chatgpt");
  await expect(rows).toHaveCount(1);
  await expect(table.locator(".count")).toContainText(`1 of ${all}`);
  await table.getByLabel(/^Search/).fill("zebra");
  await expect(table.locator(".count")).toContainText("No assumption");
  await table.getByRole("button", { name: "Show all" }).click();
  await expect(rows).toHaveCount(all);

  await table.getByLabel("Where it comes from").selectOption("filed");
  const filed = await rows.count();
  expect(filed).toBeGreaterThan(0);
  expect(await rows.locator(".badge.filed").count()).toBe(filed);
  await table.getByLabel("Where it comes from").selectOption({ label: "Anywhere" });
  await table.getByLabel("Theme").selectOption({ label: "Discount rates" });
  await expect(rows).toHaveCount(4);
  await table.getByLabel("Theme").selectOption({ label: "All themes" });
  await table.getByLabel("Uncertain only").check();
  const uncertain = await page.evaluate(
    async () => (await window.clauseworth?.engine.describe("microsoft-openai-2025"))?.quantities.filter(({ dist }) => dist !== null).length,
  );
  await expect(rows).toHaveCount(uncertain ?? 0);
});

test("what has no lever is changed in the table, marked, part of the link, and taken back", async ({ page }) => {
  await open(page);
  const base = await metric(page, "lab.npv").innerText();
  await openTable(page);
  const { field, reset, changed, element } = row(page, POOL);
  await expect(lever(page, POOL).element).toHaveCount(0);
  await field.fill("10");
  await expect(metric(page, "lab.npv")).not.toHaveText(base);
  await expect(changed).toBeVisible();
  await expect(element.locator(".was")).toContainText("base case");
  await expect.poll(() => fragment(page)).toBe(`#v=1&${POOL}=0.1`);
  await page.locator("cw-assumptions").getByLabel("Changed only").check();
  await expect(page.locator("cw-assumption")).toHaveCount(1);
  await reset.click();
  await expect(metric(page, "lab.npv")).toHaveText(base);
  await expect.poll(() => fragment(page)).toBe("");
  await expect(page.locator("cw-assumption")).toHaveCount(0);
});

test("dates, never, flags and words are changed with controls of their own", async ({ page }) => {
  await open(page);
  const base = await metric(page, "backer.npv").innerText();
  await openTable(page);
  const until = row(page, "clauses.revenue-share.until");
  await until.field.fill("2030-07-01");
  await expect.poll(() => fragment(page)).toBe("#v=1&clauses.revenue-share.until=2030.5");
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
  await expect(until.never).not.toBeChecked();
  await until.never.check();
  await expect(metric(page, "backer.npv")).toHaveText(base);
  await expect.poll(() => fragment(page)).toBe("");

  const word = row(page, "clauses.hosting.on_agi");
  await word.field.selectOption("stop");
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
  await expect.poll(() => fragment(page)).toBe("#v=1&clauses.hosting.on_agi=stop");
  await expect(page.locator(".changes")).toContainText("it ends");
  await word.reset.click();

  const enabled = row(page, "clauses.revenue-share.enabled");
  await enabled.field.uncheck();
  await expect.poll(() => fragment(page)).toBe("#v=1&clauses.revenue-share.enabled=false");
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
  const link = await page.evaluate(() => location.hash.slice(1));
  await page.goto("about:blank");
  await open(page, link);
  await expect(page.locator("cw-notice")).toHaveCount(0);
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
});

test("a value that cannot be is refused at its field, by the page or by the engine", async ({ page }) => {
  await open(page);
  await openTable(page);
  const base = await metric(page, "backer.npv").innerText();
  const pool = row(page, POOL);
  await pool.field.fill("100");
  await expect(pool.field).toHaveAttribute("aria-invalid", "true");
  await expect(pool.element.locator(".fault")).toContainText("From 0% and below 100%");
  expect(await metric(page, "backer.npv").innerText()).toBe(base);
  const cash = row(page, "lab.target_cash");
  await cash.field.fill("1");
  await expect(cash.element.locator(".fault")).toContainText("lab.target_cash");
  await button(page, "undo").click();
  await expect(cash.element.locator(".fault")).toHaveCount(0);
});

test("a distribution is changed, changes the tornado, and comes back from a link", async ({ page }) => {
  await open(page);
  const tornado = card(page, "tornado");
  await tornado.show();
  const bars = () =>
    page.evaluate(async () => {
      const { engine, store } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
      const { deal, spread } = store.state;
      const all = await engine.tornado({ deal, ...(Object.keys(spread).length > 0 && { spread }) }, "backer.npv");
      return all.find(({ path }) => path === "demand.lines.chatgpt.growth");
    });
  const before = await bars();
  const picture = await tornado.picture.textContent();

  await lever(page, "demand.lines.chatgpt.growth").reveal();
  await page.getByRole("button", { name: /^About: ChatGPT: growth at first/ }).click();
  await page.getByRole("button", { name: /^Change its uncertainty: ChatGPT: growth at first/ }).click();
  const { editor, field, element, reset } = row(page, "demand.lines.chatgpt.growth");
  await expect(field).toBeFocused();
  await expect(field).toBeInViewport();
  await editor.getByLabel("Distribution").selectOption("uniform");
  await editor.getByLabel("Highest").fill("260");
  await editor.getByLabel("Highest").press("Enter");
  await editor.getByLabel("Lowest").fill("300");
  await editor.getByLabel("Lowest").press("Enter");
  await expect(editor.locator(".fault")).toContainText("below");
  await editor.getByLabel("Lowest").fill("60");
  await editor.getByLabel("Lowest").press("Enter");
  await expect(editor.locator(".fault")).toHaveCount(0);
  await expect(element.locator(".spread")).toContainText("anywhere from 60% to 260%");
  await expect(element.locator(".spread .was")).toContainText("PERT");
  await expect.poll(() => fragment(page)).toBe("#v=1&~demand.lines.chatgpt.growth=uniform,0.6,1.45,2.6");

  const after = await bars();
  expect(after?.low).toBeLessThan(before?.low ?? 0);
  expect(after?.at_high).toBeGreaterThan(before?.at_high ?? 0);
  await tornado.show();
  await expect(tornado.picture).not.toHaveText(picture ?? "");

  const link = fragment(page).slice(1);
  const picked = await tornado.picture.textContent();
  await page.goto("about:blank");
  await open(page, link);
  await expect(page.locator("cw-notice")).toHaveCount(0);
  expect(await bars()).toEqual(after);
  await tornado.show();
  expect(await tornado.picture.textContent()).toBe(picked);
  await openTable(page);
  await reset.click();
  await expect.poll(() => fragment(page)).toBe("");
  expect(await bars()).toEqual(before);
});

test("every kind of distribution is taken by the engine as the editor proposes it", async ({ page }) => {
  await open(page);
  await openTable(page);
  const { edit, editor, element } = row(page, LAYER);
  await edit.click();
  const kinds = await editor.getByLabel("Distribution").locator("option").evaluateAll((all) => all.map((each) => /** @type {HTMLOptionElement} */ (each).value));
  expect(kinds.length).toBe(7);
  for (const kind of kinds.toReversed()) {
    await editor.getByLabel("Distribution").selectOption(kind);
    await expect.poll(() => page.evaluate((path) => window.clauseworth?.store.state.spread[path]?.kind ?? "pert", LAYER)).toBe(kind);
    // The engine has opened the variation when the page says nothing against it after a run.
    await page.evaluate(() => window.clauseworth?.engine.version());
    await expect(element.locator(".fault"), kind).toHaveCount(0);
    await expect(page.locator("cw-notice"), kind).toHaveCount(0);
  }
  const flag = row(page, "regulation.acts");
  await flag.edit.click();
  await flag.editor.getByLabel("Chance of yes, %").fill("40");
  await flag.editor.getByLabel("Chance of yes, %").press("Enter");
  await expect.poll(() => fragment(page)).toContain("~regulation.acts=bernoulli,0,0.4");
  const year = row(page, "agi.year");
  await year.edit.click();
  await year.editor.getByRole("button", { name: "Add a point" }).click();
  await expect.poll(() => fragment(page)).toContain("~agi.year=cumulative,2033,2026,0,2029,0.25,2033,0.5,2050,0.75,2051,0.75");
});

test("what the engine says against a distribution stands in its editor", async ({ page }) => {
  await open(page);
  await openTable(page);
  const { edit, editor } = row(page, LAYER);
  await edit.click();
  await editor.getByLabel("Most likely", { exact: true }).fill("95");
  await editor.getByLabel("Most likely", { exact: true }).press("Enter");
  await expect(editor.getByRole("alert")).toContainText("pert distribution");
  await button(page, "undo").click();
  await expect(editor.getByRole("alert")).toHaveCount(0);
});

test("a lever says where its value comes from", async ({ page }) => {
  await open(page);
  const { element, reveal } = lever(page, RATE);
  await reveal();
  await element.getByRole("button", { name: /^About/ }).click();
  const about = element.locator(".about");
  await expect(about).toContainText("Source:");
  await expect(about).toContainText("Uncertainty:");
  await expect(about.getByRole("link")).toHaveAttribute("href", /^https:/);
});

test("the keyboard alone finds an assumption, changes it and its distribution", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^All \d+ assumptions$/ }).focus();
  await page.keyboard.press("Enter");
  const focused = () =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return `${element?.id ?? ""} ${element?.getAttribute("aria-label") ?? ""}`;
    });
  await expect.poll(focused).toContain("heading");
  await page.keyboard.press("Tab");
  expect(await focused()).toContain("search");
  await page.keyboard.type("agi.layer");
  await expect(page.locator("cw-assumption")).toHaveCount(1);
  const { field, editor } = row(page, LAYER);
  for (let i = 0; i < 12 && !(await focused()).includes("AGI layer"); i += 1) await page.keyboard.press("Tab");
  await expect(field).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("60");
  await expect.poll(() => fragment(page)).toBe(`#v=1&${LAYER}=0.6`);
  for (let i = 0; i < 4 && !(await focused()).includes("Change the uncertainty"); i += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(editor).toBeVisible();
  for (let i = 0; i < 4 && !(await focused()).startsWith("kind"); i += 1) await page.keyboard.press("Tab");
  await page.keyboard.type("PERT");
  await expect.poll(() => fragment(page)).toContain(`~${LAYER}=pert,`);
});

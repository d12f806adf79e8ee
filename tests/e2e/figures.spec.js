// The figures of money, of what is built and of two assumptions at once: who pays whom, funding and ownership, infrastructure, the
// heat map. And what every figure must have.
import { expect, test } from "@playwright/test";
import { CARDS, button, card, fragment, lever, metric, open, picker, type } from "./page.js";

/** @import { Locator } from "@playwright/test" */

const RATE = "clauses.revenue-share.rate";

/**
 * Moves a native slider by the keyboard.
 * @param {Locator} slider
 * @param {string} key
 * @param {number} [times]
 */
async function press(slider, key, times = 1) {
  await slider.focus();
  for (let i = 0; i < times; i += 1) await slider.press(key);
}

/** Without the spaces that do not break. @param {string | null} text */
const plain = (text) => (text ?? "").replaceAll(/\s+/g, " ");

test("who pays whom is streams of a year that the reader picks, and what goes in comes out", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, settle, openTable } = card(page, "payments");
  await show();
  await expect(heading).toContainText(/In 20\d\d \$.* passes through OpenAI, and \$.* goes to Microsoft/);
  expect(await picture.locator(".stream").count()).toBeGreaterThan(8);
  await expect(picture).toContainText("Compute");
  const slider = place.getByRole("slider", { name: "Year" });
  const totals = () => place.locator(".total .value").allTextContents();
  const [into, out] = await totals();
  expect(into).toBe(out);

  await press(slider, "Home");
  await settle();
  await expect(heading).toContainText("In 2025");
  await expect(slider).toHaveAttribute("aria-valuetext", /In 2025/);
  await expect(place.locator("output")).toHaveText("2025");
  await press(slider, "ArrowRight", 2);
  await settle();
  await expect(heading).toContainText("In 2027");
  const [later] = await totals();
  expect(later).not.toBe(into);
  await press(slider, "End");
  await settle();
  await expect(place.locator(".notes")).toContainText("sells its stake");

  await openTable();
  await expect(place.locator("details thead th")).toHaveCount(12);
  await expect(place.locator("details tbody th", { hasText: "Revenue share, to Microsoft" })).toHaveCount(1);
});

test("who pays whom follows a lever, with the base case as an outline", async ({ page }) => {
  await open(page);
  const { place, picture, heading, show, settle } = card(page, "payments");
  await show();
  await expect(picture.locator(".was")).toHaveCount(0);
  const before = await heading.innerText();
  await type(page, RATE, "5");
  await show();
  await expect(heading).not.toHaveText(before);
  expect(await picture.locator(".was").count()).toBeGreaterThan(5);
  await expect(place.locator(".legend")).toContainText("Base case");
  await expect(place.locator(".lists li", { hasText: "Revenue share" }).locator(".was")).toHaveText(/^was \$/);
  await button(page, "undo").click();
  await settle();
  await expect(heading).toHaveText(before);
});

test("what the lab pays the backer is what the engine says that it takes", async ({ page }) => {
  await open(page);
  await card(page, "payments").show();
  const [found, expected] = await page.evaluate(async () => {
    const { engine } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    const request = { deal: "microsoft-openai-2025" };
    const [{ streams, years }, run] = await Promise.all([engine.payments(request), engine.run(request)]);
    const at = years.indexOf(2030);
    const clauses = ["revenue-share", "api-exclusivity", "devices", "compute", "commitment", "profit-share"];
    const paid = streams.filter(({ name, from, to }) => from === "lab" && to === "backer" && clauses.includes(name));
    const back = streams.filter(({ name }) => name === "reverse-share");
    const sum = (/** @type {typeof streams} */ list) => list.reduce((total, { amounts }) => total + (amounts[at] ?? 0), 0);
    const figures = run.years["2030"];
    return [sum(paid) - sum(back), (figures?.take_rate_with_compute ?? 0) * (figures?.revenue ?? 0)];
  });
  expect(found).toBeCloseTo(expected ?? 0, 8);
});

test("funding and ownership has the raises of the headline, and reads by the keyboard", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, openTable } = card(page, "funding");
  await show();
  await expect(heading).toContainText(await metric(page, "lab.funding_gap").innerText());
  expect(await picture.locator(".area").count()).toBe(3);
  const slider = place.getByRole("slider");
  await press(slider, "Home");
  await expect(place.locator(".readout h3")).toHaveText("In 2025");
  await expect(slider).toHaveAttribute("aria-valuetext", /2025: .*Microsoft 27%/);
  await expect(picture.locator(".ghost")).toHaveCount(0);

  await type(page, "demand.lines.chatgpt.growth", "60");
  await show();
  expect(await picture.locator(".ghost").count()).toBeGreaterThan(2);
  await openTable();
  await expect(place.locator("details tbody tr")).toHaveCount(11);
});

test("distress is marked in its years", async ({ page }) => {
  await open(page, "v=1&demand.lines.chatgpt.growth=-0.5&demand.lines.enterprise.growth=-0.5&demand.lines.api.growth=-0.5");
  const { place, picture, show } = card(page, "funding");
  await show();
  const quarters = Number((await page.evaluate(async () => {
    const { engine, store } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    const run = await engine.run({ deal: store.state.deal, set: store.state.set });
    return run.metrics["lab.distress_quarters"];
  })) ?? 0);
  expect(quarters).toBeGreaterThan(0);
  expect(await picture.locator(".distress").count()).toBeGreaterThan(0);
  await expect(place.locator(".notes")).toContainText("Distress in");
});

test("infrastructure is six measures by year, held against the figures of the deal file with their sources", async ({ page }) => {
  await open(page);
  const { place, heading, show, openTable } = card(page, "infrastructure");
  await show();
  await expect(heading).toContainText("GW");
  await expect(place.locator(".pane h3")).toHaveText(["Power", "Electricity", "Chips", "Carbon dioxide", "Water", "Capital cost"]);
  const references = place.locator(".references li");
  await expect(references).toHaveCount(5);
  for (const reference of await references.all()) {
    await expect(reference).toContainText("Here, ");
    await expect(reference.getByRole("link")).toHaveAttribute("href", /^https?:/);
  }
  await expect(place.locator(".references")).toContainText("no figure to hold against carbon dioxide and water");
  const slider = place.getByRole("slider");
  await press(slider, "End");
  await expect(place.locator(".readout h3")).toHaveText("In 2035");
  await expect(slider).toHaveAttribute("aria-valuetext", /^2035: Power [\d.]+\sGW, .*, Capital cost \$[\d.]+\sbn$/);

  await type(page, "compute.price", "8");
  await show();
  expect(await place.locator(".pane .ghost").count()).toBeGreaterThan(5);
  await expect(place.locator(".readout")).toContainText("was");
  await openTable();
  await expect(place.locator("details thead th", { hasText: "base case" })).not.toHaveCount(0);
});

test("the heat map has its break-even line, marks where the reader is, and reads cell by cell by the keyboard", async ({ page }) => {
  await open(page);
  const { place, heading, picture, show, openTable } = card(page, "heat");
  await show();
  await expect(heading).toContainText("a gain or a loss turns on");
  await expect(picture.locator(".cell")).toHaveCount(21 * 21);
  expect(await picture.locator(".even").count()).toBeGreaterThan(0);
  await expect(picture.locator("circle.you")).toHaveCount(1);
  await expect(picture.locator("circle.before")).toHaveCount(0);

  const [up, across] = [place.getByRole("slider", { name: /Capital cost/ }), place.getByRole("slider", { name: /Price of compute/ })];
  const said = () => place.locator(".cell-read h3").innerText();
  const before = await said();
  await press(across, "ArrowRight", 3);
  expect(await said()).not.toBe(before);
  await press(up, "ArrowUp", 3);
  expect(plain(await up.getAttribute("aria-valuetext"))).toBe(plain(await said()));
  await press(across, "Home");
  await press(up, "Home");
  await expect(place.locator(".cell-read h3")).toHaveText(/Price of compute 6\s.*Capital cost of capacity 20\s.*: /);

  await openTable();
  await expect(place.locator("details tbody tr")).toHaveCount(21);
  await expect(place.locator("details thead th")).toHaveCount(22);
});

test("a cell of the heat map is the run with both set, and a button sets both", async ({ page }) => {
  await open(page);
  const { place, picture, show, settle } = card(page, "heat");
  await show();
  const selects = place.getByRole("combobox");
  await selects.nth(0).selectOption("backer.npv");
  await settle();
  await selects.nth(1).selectOption("agi.year");
  await settle();
  await selects.nth(2).selectOption(RATE);
  await settle();
  await press(place.locator(".scrubber"), "Home");
  await press(place.locator(".up"), "End");
  const said = await place.locator(".cell-read h3").innerText();
  await place.getByRole("button", { name: "Set both" }).click();
  await expect.poll(() => fragment(page)).toContain(`${RATE}=0.4`);
  await expect.poll(() => fragment(page)).toContain("agi.year=2026");
  await show();
  await expect(metric(page, "backer.npv")).toHaveText(said.split(": ").at(-1) ?? "");
  // What was left behind is still to be seen.
  await expect(picture.locator("circle.before")).toHaveCount(1);
  expect(await picture.locator(".ghost").count()).toBeGreaterThan(0);
  await expect(lever(page, RATE).box).toHaveValue("40");
});

test("whoever picks one assumption twice has the two change places, and never is outside the plane", async ({ page }) => {
  await open(page, "v=1&agi.year=never");
  const { place, picture, show, settle } = card(page, "heat");
  await show();
  const selects = place.getByRole("combobox");
  await selects.nth(2).selectOption("compute.price");
  await settle();
  await expect(selects.nth(1)).toHaveValue("compute.capex");
  await expect(selects.nth(2)).toHaveValue("compute.price");
  await selects.nth(1).selectOption("agi.year");
  await settle();
  await expect(picture.locator("circle.you")).toHaveCount(0);
  await expect(place.locator(".notes")).toContainText("outside");
});

test("the tornado reads row by row by the keyboard", async ({ page }) => {
  await open(page);
  const { place, picture, show } = card(page, "tornado");
  await show();
  const slider = place.getByRole("slider", { name: "Assumption to read" });
  const first = await slider.getAttribute("aria-valuetext");
  await press(slider, "ArrowRight");
  await expect(slider).not.toHaveAttribute("aria-valuetext", first ?? "");
  await expect(place.locator(".readout h3")).toHaveText((await slider.getAttribute("aria-valuetext")) ?? "");
  await expect(picture.locator(".cursor")).toHaveCount(1);
});

test("the ledger has the base case below what changed", async ({ page }) => {
  await open(page);
  const before = page.locator("cw-ledger tr.before");
  await expect(before).toHaveCount(0);
  await type(page, RATE, "0");
  await expect.poll(() => before.count()).toBeGreaterThan(3);
  await expect(before.first()).toContainText("Base case");
});

test("every figure has a title, a unit, words, a table, and the base case once something is changed", async ({ page }) => {
  test.slow();
  await open(page, `v=1&${RATE}=0.1&compute.price=8&demand.lines.chatgpt.growth=1`);
  const figures = [...CARDS.map((id) => card(page, id).place), page.locator("cw-stack#flows"), page.locator("cw-stack#lab")];
  for (const [i, figure] of figures.entries()) {
    const id = CARDS[i];
    if (id) await card(page, id).show();
    else await figure.scrollIntoViewIfNeeded();
    const name = id ?? `stack ${i}`;
    await expect(figure.getByRole("heading", { level: 2 }), name).toHaveText(/\S{3}/);
    await expect(figure.locator(".unit").first(), name).toHaveText(/\S{3}/);
    const picture = figure.locator(".plot [role=img]").first();
    await expect(picture, name).toHaveAttribute("aria-describedby", "description");
    await figure.locator("summary").last().click();
    await expect(figure.locator("#description"), name).toHaveText(/.{40}/);
    await expect.poll(() => figure.locator("details tbody tr").count(), name).toBeGreaterThan(2);
    const before = figure.locator(".plot .ghost, .plot .was");
    await expect.poll(() => before.count(), name).toBeGreaterThan(0);
    await expect(figure.locator(".legend, .readout").filter({ hasText: /base case/i }), name).not.toHaveCount(0);
  }
});

test("the figures of another agreement are those of its clauses", async ({ page }) => {
  await open(page);
  await picker(page, 0).selectOption("microsoft-openai-2023");
  await card(page, "payments").show();
  await expect(card(page, "payments").place.locator("details summary").last()).toBeVisible();
  await card(page, "payments").openTable();
  await expect(card(page, "payments").place.locator("details tbody th", { hasText: "Profit share, to Microsoft" })).toHaveCount(1);
  for (const id of /** @type {const} */ (["heat", "funding", "infrastructure"])) {
    await card(page, id).show();
    await expect(card(page, id).fault).toHaveCount(0);
  }
});

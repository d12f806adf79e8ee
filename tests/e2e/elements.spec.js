// The elements in an author's own page.
import { expect, test } from "@playwright/test";
import { PAGE } from "../address.js";
import { violations } from "./axe.js";
import { SCRIPT, article } from "./hosts.js";
import { PATIENCE } from "./page.js";

/** @import { Page } from "@playwright/test" */

/** The model, as far as a test uses it. @typedef {HTMLElement & { metrics: Record<string, number>, state: string, scenario: string | null, deal: string, ready: Promise<void>, set(path: string, value: unknown): Promise<void>, reset(): Promise<void> }} Model */
/** @typedef {{ paths: string[], metrics: Record<string, number>, byReader: boolean, state: string }} Change */

/** @param {Page} page @param {string} [selector] */
const model = (page, selector = "clause-model") => page.locator(selector);

/** Keeps what the `change` events say. @param {Page} page */
const listen = (page) =>
  page.evaluate(() => {
    const kept = /** @type {{ changes: Change[] }} */ (/** @type {unknown} */ (window));
    kept.changes = [];
    document.addEventListener("change", (event) => kept.changes.push(/** @type {CustomEvent<Change>} */ (event).detail));
  });
/** @param {Page} page */
const changes = (page) => page.evaluate(() => /** @type {{ changes: Change[] }} */ (/** @type {unknown} */ (window)).changes);

test("figures, levers, values and links of one group share a state", async ({ page }) => {
  await article(
    page,
    `<p>Worth <clause-value id="now" metric="backer.npv">about $385 bn</clause-value>, in the base case
       <clause-value id="base" metric="backer.npv" of="base">about $385 bn</clause-value>, at
       <clause-value id="rate" path="clauses.revenue-share.rate">20%</clause-value>.
       If <a id="early" href="${PAGE}#agi.year=2029" data-clause-set="agi.year=2029">AGI comes in 2029</a>, or
       <a id="agreed" href="${PAGE}" data-clause-set="">as agreed</a>.</p>
     <clause-lever path="clauses.revenue-share.rate"></clause-lever>
     <clause-figure figure="headline"><p>A picture</p></clause-figure>${SCRIPT}`,
  );
  await expect(page.locator("clause-figure cw-side").first()).toBeVisible({ timeout: PATIENCE });
  await expect(page.getByText("A picture")).toBeHidden();
  await listen(page);
  const value = (/** @type {string} */ id) => page.locator(`#${id} [part=value]`);
  const base = await value("now").innerText();
  await expect(value("base")).toHaveText(base);
  await expect(page.locator("#agreed")).toHaveAttribute("aria-current", "true");

  // A link by the keyboard: it stays a link, and where it is so already, it says so.
  await page.locator("#early").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#early")).toHaveAttribute("aria-current", "true");
  await expect(page.locator("#agreed")).not.toHaveAttribute("aria-current");
  await expect(page.locator("#now")).toHaveAttribute("changed");
  await expect(value("now")).not.toHaveText(base);
  await expect(value("base")).toHaveText(base);
  expect(page.url()).not.toContain("#agi");

  const slider = page.locator("clause-lever").getByRole("slider");
  await slider.focus();
  await slider.press("Home");
  await expect(value("rate")).toHaveText(/^0\s?%/);
  const [first, ...rest] = await changes(page);
  expect(first?.paths).toEqual(["agi.year"]);
  expect(first?.byReader).toBe(true);
  expect(rest.at(-1)?.paths).toEqual(["clauses.revenue-share.rate"]);
  expect(rest.at(-1)?.state).toContain("agi.year=2029");
  // What came out is said once, where the reader is.
  await expect(page.locator("clause-lever p[role=status]")).toContainText("Under these assumptions");
  await page.locator("#agreed").click();
  await expect(value("now")).toHaveText(base);
});

test("a model has properties, methods and an event, and two groups stand side by side", async ({ page }) => {
  await article(
    page,
    `<clause-model id="a" group="a" state="v=1&clauses.revenue-share.rate=0.1"></clause-model>
     <clause-model id="b" group="b" deal="microsoft-openai-2023"></clause-model>
     <clause-value group="a" metric="backer.npv"></clause-value><clause-value group="b" metric="backer.npv"></clause-value>
     <clause-figure group="a" figure="clauses"></clause-figure>${SCRIPT}`,
  );
  await expect(page.locator("cw-clauses svg")).toBeVisible({ timeout: PATIENCE });
  await listen(page);
  const told = await model(page, "#a").evaluate(async (/** @type {Model} */ element) => {
    await element.ready;
    const before = { state: element.state, npv: element.metrics["backer.npv"], deal: element.deal };
    await element.set("clauses.revenue-share.rate", 0.3);
    const refused = await element.set("clauses.revenue-share.rate", 7).catch((error) => error.name);
    const strange = await element.set("no.such.path", 7).catch((error) => error.message);
    const after = { state: element.state, npv: element.metrics["backer.npv"] };
    await element.reset();
    return { before, after, refused, strange, last: element.state };
  });
  expect(told.before.state).toBe("v=1&clauses.revenue-share.rate=0.1");
  expect(told.after.state).toBe("v=1&clauses.revenue-share.rate=0.3");
  expect(told.after.npv).toBeGreaterThan(Number(told.before.npv));
  expect(told.refused).toBe("RangeError");
  expect(told.strange).toContain("no.such.path");
  expect(told.last).toBe("");
  const heard = await changes(page);
  expect(heard.map(({ byReader }) => byReader)).toEqual([false, false]);

  const b = await model(page, "#b").evaluate(async (/** @type {Model} */ element) => {
    await element.ready;
    return { deal: element.deal, npv: element.metrics["backer.npv"] };
  });
  expect(b.deal).toBe("microsoft-openai-2023");
  expect(b.npv).not.toBe(told.before.npv);
  await model(page, "#a").evaluate((element) => element.setAttribute("scenario", "agi-2028"));
  await expect.poll(() => model(page, "#a").evaluate((/** @type {Model} */ element) => element.scenario)).toBe("agi-2028");
});

test("what is wrong is said in the element", async ({ page }) => {
  await article(
    page,
    `<clause-figure figure="nonsense"></clause-figure><clause-lever path="agi.yaer"></clause-lever>
     <p><clause-value metric="backer.nvp">about 385</clause-value></p><clause-figure figure="answer" theme="blue"></clause-figure>${SCRIPT}`,
  );
  await expect(page.locator("clause-figure").first()).toContainText("There is no figure “nonsense”", { timeout: PATIENCE });
  await expect(page.locator("clause-lever")).toContainText("has no assumption “agi.yaer”", { timeout: PATIENCE });
  await expect(page.locator("clause-value")).toContainText("has no metric “backer.nvp”");
  await expect(page.locator("clause-figure").last()).toContainText("There is no theme “blue”");
});

test("the page around and the elements leave each other alone", async ({ page }) => {
  await article(
    page,
    `<style>* { letter-spacing: 3px; } h2 { color: red !important; } .value, p { font-size: 40px; } :root { --ink: lime; --paper: lime; }
       clause-figure { --clauseworth-backer: rgb(1, 2, 3); } clause-figure::part(heading) { color: rgb(4, 5, 6); }</style>
     <clause-figure figure="clauses"></clause-figure><clause-figure figure="answer"></clause-figure>${SCRIPT}`,
  );
  await expect(page.locator("cw-clauses svg")).toBeVisible({ timeout: PATIENCE });
  const style = (/** @type {string} */ selector, /** @type {"color" | "letterSpacing" | "fontSize"} */ property) =>
    page.locator(selector).first().evaluate((element, name) => getComputedStyle(element)[name], property);
  expect(await style(".answer .backer", "color")).toBe("rgb(1, 2, 3)");
  expect(await style(".answer", "color")).toBe("rgb(22, 24, 27)");
  expect(await style("cw-clauses h2", "color")).toBe("rgb(4, 5, 6)");
  // Inherited by the element from the rule for everything, and by nothing in it.
  expect(await style(".verdict", "fontSize")).toBe("16px");
  expect(await page.evaluate(() => [...document.styleSheets].length + document.adoptedStyleSheets.length)).toBe(2);
});

test("a script that is there twice is one", async ({ page }) => {
  /** @type {string[]} */
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  await article(page, `<clause-figure figure="answer"></clause-figure>${SCRIPT}${SCRIPT.replace("elements.js", "elements.js?another")}`);
  await expect(page.locator("clause-figure .answer")).toBeVisible({ timeout: PATIENCE });
  expect(said.filter((text) => /Clauseworth/.test(text))).toHaveLength(1);
  expect(said.filter((text) => /define|registry/.test(text))).toEqual([]);
});

for (const scheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe finds nothing in ${scheme} colors`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await article(
      page,
      `<p>Worth <clause-value metric="backer.npv"></clause-value>. <a href="${PAGE}" data-clause-set="agi.year=2029">Early</a></p>
       <clause-lever path="agi.year"></clause-lever><clause-lever path="clauses.hosting.enabled"></clause-lever>
       <clause-figure figure="clauses"></clause-figure>${SCRIPT}`,
      { head: `<meta name="color-scheme" content="light dark"><style>:root { background: light-dark(#fff, #111); color: light-dark(#111, #eee); } a { color: light-dark(#003, #9cf); }</style>` },
    );
    await expect(page.locator("cw-clauses svg")).toBeVisible({ timeout: PATIENCE });
    await page.locator("a").click();
    await expect(page.locator("clause-value")).toHaveAttribute("changed");
    expect(await violations(page)).toEqual([]);
  });
}

test("a state that the engine refuses is said, rejected, and does not stand in the way of the next", async ({ page }) => {
  await article(page, `<clause-model state="v=1&lab.target_cash=1"></clause-model><clause-value metric="backer.npv">about $385 bn</clause-value>${SCRIPT}`);
  const refused = await model(page).evaluate(async (element) => {
    const it = /** @type {Model} */ (element);
    await customElements.whenDefined("clause-model");
    const said = (/** @type {Promise<unknown>} */ work) => work.then(() => "it is", (error) => String(error.message));
    const first = await said(it.ready);
    const second = await said(it.set("lab.target_cash", 2));
    const third = await said(it.set("lab.target_cash", 40));
    const fourth = await said(it.set("lab.target_cash", 1));
    return [first, second, third, fourth, await said(it.reset())];
  });
  expect(refused[0]).toContain("lab.target_cash");
  expect(refused[1]).toContain("lab.target_cash");
  expect(refused[2]).toBe("it is");
  expect(refused[3]).toContain("lab.target_cash");
  expect(refused[4]).toBe("it is");
  await expect(page.locator("clause-value [part=value]")).toContainText("$385");
});

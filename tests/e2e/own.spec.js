// The reader's own deal: opened, written, put right, calculated, saved, and the same on the command line.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { fragment, headline, lever, metric, open, picker } from "./page.js";

/** @import { Download, Page, TestInfo } from "@playwright/test" */

const binary = process.env["CLAUSEWORTH_BIN"] ?? fileURLToPath(new URL("../../target/debug/clauseworth", import.meta.url));
const example = fileURLToPath(new URL("../deals/example.toml", import.meta.url));
const run = promisify(execFile);

/** @param {Page} page */
const own = (page) => {
  const element = page.locator("cw-own");
  return {
    element,
    text: element.getByRole("textbox"),
    verdict: element.locator("#verdict"),
    faults: element.locator(".faults li"),
    use: element.getByRole("button", { name: "Calculate with it" }),
    note: element.locator(".note"),
    /** @param {string} name */
    press: (name) => element.getByRole("button", { name }).click(),
    /** @param {string | { name: string, mimeType: string, buffer: Buffer }} file */
    choose: (file) => element.locator("input[type=file]").setInputFiles(file),
    async visit() {
      await page.getByRole("button", { name: "Your own deal" }).click();
      await expect(element.getByRole("heading", { level: 2 })).toBeFocused();
    },
    /** @param {"TOML" | "JSON"} format */
    async save(format) {
      const [download] = await Promise.all([page.waitForEvent("download"), this.press(`Save as ${format}`)]);
      return download;
    },
  };
};

/**
 * @param {Download} download
 * @param {TestInfo} info
 */
async function keep(download, info) {
  const path = info.outputPath(download.suggestedFilename());
  await download.saveAs(path);
  return { path, text: await readFile(path, "utf8") };
}

/** All metrics of what the page shows, with all their digits. @param {Page} page */
const metrics = (page) =>
  page.evaluate(async () => {
    const { engine, store } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    const { deal, scenario, set, spread } = store.state;
    const result = await engine.run({ deal, ...(scenario !== null && { scenario }), set: { ...set }, spread: { ...spread } });
    return result.metrics;
  });

/** @param {string} path */
async function onCommandLine(path) {
  const { stdout } = await run(binary, ["run", path, "--json"], { maxBuffer: 1 << 26 });
  return JSON.parse(stdout).metrics;
}

test("a file is opened, found sound and calculated, and agrees with the command line", async ({ page }) => {
  await open(page);
  const before = await headline(page);
  const { visit, choose, verdict, use, note } = own(page);
  await visit();
  await choose(example);
  await expect(verdict).toContainText("“Hyperscaler and frontier lab, October 2025” is sound");
  await use.click();
  await expect(note).toContainText("keeps it");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hyperscaler");
  expect(await headline(page)).not.toEqual(before);
  await expect(picker(page, 0)).toHaveValue("own-hyperscaler-lab-2025");
  await expect(picker(page, 0).locator("option:checked")).toContainText("(your file)");
  await expect.poll(() => fragment(page)).toBe("#v=1&deal=own-hyperscaler-lab-2025");
  expect(await metrics(page)).toEqual(await onCommandLine(example));
});

test("all faults of a broken file are told at once, each at its line, and each leads there", async ({ page }) => {
  await open(page);
  const before = await headline(page);
  const { visit, choose, verdict, faults, text, use, element } = own(page);
  await visit();
  const broken = (await readFile(example, "utf8"))
    .replace("growth_boost =", "growth_bost =")
    .replace("fraction = 0.27", "fraction = 2.7")
    .replace("exit = 2032-12-31", 'exit = "some day"');
  await choose({ name: "broken.toml", mimeType: "application/toml", buffer: Buffer.from(broken) });
  await expect(verdict).toContainText("4 things are wrong");
  await expect(faults).toHaveCount(4);
  const lines = broken.split("\n");
  for (const [path, found, line] of /** @type {const} */ ([
    ["agi.growth_bost", "growth_boost", "growth_bost ="],
    ["clauses.equity.fraction", "found 2.7", "fraction = 2.7"],
    ["clauses.equity.exit", "found \"some day\"", "exit = "],
  ])) {
    const fault = faults.filter({ hasText: path });
    await expect(fault).toContainText(found);
    const number = lines.findIndex((each) => each.startsWith(line)) + 1;
    await expect(fault.getByRole("button")).toHaveText(`Line ${number}`);
    await fault.getByRole("button").click();
    await expect(text).toBeFocused();
    const selected = await text.evaluate((area) => {
      const { value, selectionStart, selectionEnd } = /** @type {HTMLTextAreaElement} */ (area);
      return value.slice(selectionStart, selectionEnd);
    });
    expect(selected).toBe(lines[number - 1]);
    await expect(element.locator(".numbers .marked").filter({ hasText: String(number) })).toHaveCount(1);
  }
  await expect(faults.filter({ hasText: "agi.growth_boost" })).toContainText("found nothing");
  await expect(use).toBeDisabled();
  expect(await headline(page)).toEqual(before);

  await text.fill(broken.replace("growth_bost", "growth_boost").replace("2.7", "0.27").replace('"some day"', "2032-12-31"));
  await expect(verdict).toContainText("is sound");
  await expect(faults).toHaveCount(0);
});

test("a text that is no TOML or JSON says on which lines", async ({ page }) => {
  await open(page);
  const { visit, choose, faults } = own(page);
  await visit();
  await choose({ name: "a.toml", mimeType: "", buffer: Buffer.from('id = "x"\ntitle = \nbacker = 2025-99-01\n') });
  await expect(faults).toHaveText([/^\s*Line 2/, /^\s*Line 3/]);
  await choose({ name: "b.json", mimeType: "", buffer: Buffer.from('{\n "id": "x",\n "id": "y",\n "title": nul\n}') });
  await expect(faults.first()).toContainText("there twice");
  await expect(faults.filter({ hasText: "Line 4" })).not.toHaveCount(0);
});

test("the blank template is sound here and on the command line, and can be calculated", async ({ page }, info) => {
  await open(page);
  const { visit, press, verdict, use, save, note, element } = own(page);
  await visit();
  await press("Begin with a blank template");
  await expect(verdict).toContainText("“My deal” is sound");
  const { path } = await keep(await save.call(own(page), "TOML"), info);
  const { stdout } = await run(binary, ["check", path]);
  expect(stdout).toContain("My deal is sound");
  await expect(note).toContainText("my-deal.toml");
  await use.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Backer");
  expect(await metrics(page)).toEqual(await onCommandLine(path));
  await expect(element.locator("#verdict")).toContainText("The figures show it");
  // Its own line of business has the lever of growth.
  await expect(lever(page, "demand.lines.app.growth").element).toHaveCount(1);
});

test("the agreement as it stands is saved with what was changed, and gives the same figures when it is opened again", async ({ page }, info) => {
  test.slow();
  await open(page, "v=1&deal=microsoft-openai-2026&scenario=weak-demand&agi.year=2029&clauses.ip-rights.on_agi=layer&~compute.price=uniform,9,11,12");
  const changed = await metrics(page);
  for (const format of /** @type {const} */ (["TOML", "JSON"])) {
    const bench = own(page);
    await bench.visit();
    await bench.press("Begin with the agreement above, as it stands");
    await expect(bench.verdict).toContainText("is sound");
    const saved = await keep(await bench.save(format), info);
    expect(await onCommandLine(saved.path), format).toEqual(changed);
    await bench.press("Close the editor");
    await bench.choose(saved.path);
    await expect(bench.verdict).toContainText("is sound");
    await bench.use.click();
    await expect(picker(page, 0)).toHaveValue("own-microsoft-openai-2026-copy");
    expect(await metrics(page), format).toEqual(changed);
    await expect.poll(() => fragment(page)).toContain("deal=own-");
    const price = await page.evaluate(async () => (await window.clauseworth?.engine.describe("own-microsoft-openai-2026-copy"))?.spreads["compute.price"]);
    expect(price).toEqual({ kind: "uniform", value: 11, low: 9, high: 12 });
    await page.goto("#v=1&deal=microsoft-openai-2026&scenario=weak-demand&agi.year=2029&clauses.ip-rights.on_agi=layer&~compute.price=uniform,9,11,12");
    await expect(picker(page, 0)).toHaveValue("microsoft-openai-2026");
    await expect(picker(page, 1)).toHaveValue("weak-demand");
  }
});

test("a deal of one's own survives a reload with its changes and its text, and is removed again", async ({ page }) => {
  await open(page);
  const { visit, choose, use, text, element } = own(page);
  await visit();
  await choose(example);
  await use.click();
  await expect(picker(page, 0)).toHaveValue("own-hyperscaler-lab-2025");
  await lever(page, "clauses.equity.fraction").reveal();
  await lever(page, "clauses.equity.fraction").box.fill("0.3");
  await expect.poll(() => fragment(page)).toBe("#v=1&deal=own-hyperscaler-lab-2025&clauses.equity.fraction=0.3");
  const before = await headline(page);
  await page.reload();
  await expect(metric(page, "backer.npv")).toHaveText(before[0] ?? "");
  expect(await headline(page)).toEqual(before);
  await expect(page.locator("cw-notice")).toHaveCount(0);
  await visit();
  await expect(text).toHaveValue(await readFile(example, "utf8"));

  // The text is changed: the figures follow when they are told to, and what was changed on the page stays.
  await text.fill((await text.inputValue()).replace("rate = 0.20                       #", "rate = 0.10 #"));
  await use.click();
  await expect(metric(page, "backer.npv")).not.toHaveText(before[0] ?? "");
  await expect(lever(page, "clauses.equity.fraction").box).toHaveValue("0.3");
  await expect(lever(page, "clauses.revenue-share.rate").box).toHaveValue("0.1");
  await element.getByRole("button", { name: /^Remove/ }).click();
  await expect(picker(page, 0)).toHaveValue("microsoft-openai-2025");
  await expect(picker(page, 0).locator("option")).toHaveCount(3);
});

test("where nothing can be kept, the deal lasts as long as the page, and the page says so", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("Storage is not allowed here.", "SecurityError");
      },
    });
  });
  await open(page);
  const { visit, choose, use, note } = own(page);
  await visit();
  await choose(example);
  await use.click();
  await expect(note).toContainText("does not let the page keep it");
  await expect(picker(page, 0)).toHaveValue("own-hyperscaler-lab-2025");
});

test("a link to a file that is not here says so, and applies to the file once it is opened", async ({ page }) => {
  const link = "v=1&deal=own-hyperscaler-lab-2025&clauses.equity.fraction=0.3";
  await open(page, link);
  await expect(page.locator("cw-notice")).toContainText("This link speaks of a file that is not open here.");
  await expect(page.locator("cw-notice")).not.toContainText("does not understand");
  await expect(page.locator("cw-notice")).toContainText("open that file");
  await expect(lever(page, "clauses.equity.fraction").element.locator(".changed")).toHaveCount(0);
  expect(fragment(page)).toBe(`#${link}`);
  const { visit, choose, use } = own(page);
  await visit();
  await choose(example);
  await use.click();
  await expect(lever(page, "clauses.equity.fraction").box).toHaveValue("0.3");
  await expect(page.locator("cw-notice")).toHaveCount(0);
  await expect.poll(() => fragment(page)).toBe(`#${link}`);
});

test("one's own deal leaves the page as a file, with the reader's distribution, that the command line runs to the same figures", async ({ page }, info) => {
  await open(page);
  const { visit, choose, use } = own(page);
  await visit();
  await choose(example);
  await use.click();
  await expect(picker(page, 0)).toHaveValue("own-hyperscaler-lab-2025");
  await expect.poll(() => fragment(page)).toContain("deal=own-");
  await page.goto("#v=1&deal=own-hyperscaler-lab-2025&clauses.equity.fraction=0.3&~compute.price=uniform,9,11,12");
  await expect(lever(page, "clauses.equity.fraction").box).toHaveValue("0.3");
  await expect.poll(async () => (await metrics(page))["backer.npv"]).not.toBe((await onCommandLine(example))["backer.npv"]);
  const toolbar = page.locator("cw-toolbar");
  await toolbar.locator(".save summary").click();
  const [download] = await Promise.all([page.waitForEvent("download"), toolbar.locator('.save [data-kind="toml"]').click()]);
  const { path, text } = await keep(download, info);
  expect(text).toContain('id = "hyperscaler-lab-2025-changed"');
  expect(text).toMatch(/dist = "uniform"/);
  expect(await onCommandLine(path)).toEqual(await metrics(page));
});

test("a file may be dropped anywhere, and nothing of it is sent", async ({ page, baseURL }) => {
  /** @type {string[]} */
  const sent = [];
  page.on("request", (request) => {
    if (request.method() !== "GET" || !(request.url().startsWith(baseURL ?? "") || request.url().startsWith("blob:"))) sent.push(request.url());
  });
  await open(page);
  const text = await readFile(example, "utf8");
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], "dropped.toml"));
    return transfer;
  }, text);
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  await expect(own(page).verdict).toContainText("is sound");
  await expect(own(page).element.getByRole("heading", { name: "dropped.toml" })).toBeVisible();
  await own(page).use.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hyperscaler");
  await own(page).save("JSON");
  expect(sent).toEqual([]);
});

test("the cards and the table follow one's own deal", async ({ page }) => {
  test.slow();
  await open(page);
  const bench = own(page);
  await bench.visit();
  await bench.press("Begin with a blank template");
  await bench.use.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Backer");
  const said = {
    compare: "Choose what to compare this deal with",
    heat: "“Stake at signing” and “Revenue share”",
    funding: "Lab raises nothing beside what Backer promised",
  };
  for (const id of ["clauses", "agi", "tornado", "solve", "compare", "heat", "funding"]) {
    const place = page.locator(`cw-place[data-card="${id}"]`);
    await place.evaluate((element) => element.scrollIntoView());
    await expect(place).toHaveJSProperty("filled", true);
    await expect(place).not.toHaveAttribute("settling");
    await expect(place.locator(".fault"), id).toHaveCount(0);
    if (id in said) await expect(place.getByRole("heading", { level: 2 })).toContainText(said[/** @type {keyof typeof said} */ (id)]);
  }
  await page.getByRole("button", { name: /^All \d+ assumptions$/ }).click();
  await expect(page.locator('cw-assumption[data-path="clauses.equity.fraction"]')).toContainText("Stake at signing");
});

test("the keyboard alone writes a deal and calculates it", async ({ page }) => {
  await open(page);
  const { verdict, text, use } = own(page);
  await page.getByRole("button", { name: "Your own deal" }).focus();
  await page.keyboard.press("Enter");
  const focused = () =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return `${element?.id ?? ""} ${element?.textContent?.trim() ?? ""}`;
    });
  await expect.poll(focused).toMatch(/^heading/);
  await page.keyboard.press("Tab");
  expect(await focused()).toContain("file");
  await page.keyboard.press("Tab");
  expect(await focused()).toContain("blank template");
  await page.keyboard.press("Enter");
  await expect(verdict).toContainText("is sound");
  for (let i = 0; i < 6 && !(await focused()).startsWith("text"); i += 1) await page.keyboard.press("Tab");
  await expect(text).toBeFocused();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("nonsense = 1\n");
  await expect(verdict).toContainText("One thing is wrong");
  await expect(use).toBeDisabled();
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Delete");
  await expect(verdict).toContainText("is sound");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Backer");
});

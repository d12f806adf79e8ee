// What leaves the page: each file is taken as a reader takes it, and opened by something that had no part in making it.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import readXlsxFile from "read-excel-file/node";
import { violations } from "./axe.js";
import { elsewhere } from "./elsewhere.js";
import { CARDS, bare, card, metric, open, picker, type } from "./page.js";

/** @import { Locator, Page } from "@playwright/test" */

const binary = process.env["CLAUSEWORTH_BIN"] ?? fileURLToPath(new URL("../../target/debug/clauseworth", import.meta.url));
const RATE = "clauses.revenue-share.rate";
const CHANGED = `v=1&${RATE}=0.1&agi.year=2029.5`;
/** How long all figures may take, one after the other, on a slow machine. */
const SLOW = 240_000;
/** The width of every picture, at twice its size. */
const WIDTH = 1600;
const SVG = "http://www.w3.org/2000/svg";

/** The figures of the page that are no cards. */
const FIGURES = ["cw-stack#flows", "cw-stack#lab"];

/**
 * Chooses in a menu, and returns the file.
 * @param {Page} page
 * @param {Locator} from
 * @param {string} kind
 */
async function take(page, from, kind, then = async () => {}) {
  await from.locator(".save summary").click();
  const download = page.waitForEvent("download");
  await from.locator(`.save [data-kind="${kind}"]`).click();
  await then();
  const file = await download;
  const content = await readFile(await file.path());
  return { name: file.suggestedFilename(), path: await file.path(), content, text: content.toString("utf8") };
}

/** @param {Page} page */
const toolbar = (page) => page.locator("cw-toolbar");

/** Everything with a menu of its own. @param {Page} page */
async function figures(page) {
  // What is drawn is refined while it is looked at, and a file has what there is when it is saved.
  for (const id of CARDS) {
    await card(page, id).show();
    await card(page, id).rest();
  }
  return [...CARDS.map((id) => card(page, id).place), ...FIGURES.map((name) => page.locator(name))];
}

/**
 * The rows of a CSV file, read as RFC 4180 says.
 * @param {string} text
 */
function rowsOf(text) {
  /** @type {string[][]} */
  const rows = [[]];
  let rest = text.replace(/^\uFEFF/, "");
  while (rest !== "") {
    const [, quoted, plain = "", end = ""] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/.exec(rest) ?? [];
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    const length = (quoted === undefined ? plain.length : quoted.length + 2) + end.length;
    if (length === 0) throw new Error(`not a field: ${rest.slice(0, 40)}`);
    rest = rest.slice(length);
    if (end === "\r\n" && rest !== "") rows.push([]);
  }
  return rows;
}

/**
 * The size of a picture, and how many colours it has.
 * @param {Page} page
 * @param {Buffer} content
 */
const pixels = (page, content) =>
  elsewhere(page, async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const { width, height } = bitmap;
    const brush = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(width, height).getContext("2d"));
    brush.drawImage(bitmap, 0, 0);
    const { data } = brush.getImageData(0, 0, width, height);
    const points = new Uint32Array(data.buffer);
    const [ground = 0] = points;
    return {
      width,
      height,
      ground: [...data.slice(0, 4)],
      colours: new Set(points).size,
      drawn: points.reduce((count, point) => count + (point === ground ? 0 : 1), 0) / points.length,
    };
  }, content.toString("base64"));

/**
 * What a drawing has, read by the browser's own parser.
 * @param {Page} page
 * @param {string} text
 */
const drawing = (page, text) =>
  elsewhere(
    page,
    ({ text, SVG }) => {
      const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      const all = [...root.querySelectorAll("*")];
      const texts = all.filter(({ localName, ariaHidden }) => localName === "text" && ariaHidden !== "true");
      const used = [...text.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id ?? "");
      return {
        name: root.localName,
        space: root.namespaceURI === SVG,
        width: Number(root.getAttribute("width")),
        title: root.querySelector("title")?.textContent,
        description: root.querySelector("desc")?.textContent,
        words: texts.map(({ textContent }) => textContent).join(" "),
        unpainted: all.filter((each) => ["path", "rect", "line", "circle", "text"].includes(each.localName) && !each.hasAttribute("fill") && !each.hasAttribute("stroke")).length,
        foreign: all.filter((each) => each.namespaceURI !== SVG || ["foreignObject", "script", "style", "image"].includes(each.localName)).length,
        styled: all.filter((each) => each.hasAttribute("class") || each.hasAttribute("style")).length,
        missing: used.filter((id) => root.querySelector(`[id="${id}"]`) === null),
        ids: all.map(({ id }) => id).filter((id) => id !== ""),
        fonts: [...new Set(texts.map((each) => each.getAttribute("font-family")))],
      };
    },
    { text, SVG },
  );

/** @param {string} text */
const squeezed = (text) => text.replaceAll(/\s+/g, "");

test("every figure leaves as a drawing with its title, what was changed, the version and the link", async ({ page }) => {
  test.setTimeout(SLOW);
  /** @type {string[]} */
  const refused = [];
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && refused.push(message.text()));
  await open(page, CHANGED);
  const version = await page.evaluate(() => window.clauseworth?.engine.version());
  for (const figure of await figures(page)) {
    const heading = await figure.getByRole("heading", { level: 2 }).innerText();
    const unit = await figure.locator(".unit").first().innerText();
    const { name, text } = await take(page, figure, "svg");
    expect(name).toMatch(/^clauseworth-microsoft-openai-2025-[a-z]+-changed\.svg$/);
    const found = await drawing(page, text);
    expect(found, name).toMatchObject({ name: "svg", space: true, width: WIDTH / 2, title: heading, unpainted: 0, foreign: 0, styled: 0, missing: [] });
    expect(new Set(found.ids).size, name).toBe(found.ids.length);
    const words = squeezed(found.words);
    const rows = await figure.locator("tbody th[scope=row]").filter({ visible: true }).allInnerTexts();
    for (const part of [...rows, heading, unit, "Revenue share: 10% instead of 20%", "Assumptions are not forecasts", `model ${version}`, page.url()]) {
      expect(words, name).toContain(squeezed(part));
    }
    expect(found.description?.length, name).toBeGreaterThan(40);
    for (const font of found.fonts) expect(font).toMatch(/serif$/);
  }
  expect(refused).toEqual([]);
});

test("every figure leaves as a picture of one size and in light colours, whatever it is read on", async ({ page }) => {
  test.setTimeout(SLOW);
  await page.setViewportSize({ width: 320, height: 700 });
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page, CHANGED);
  for (const figure of await figures(page)) {
    const { name, content } = await take(page, figure, "png");
    const found = await pixels(page, content);
    expect(found.width, name).toBe(WIDTH);
    expect(found.height, name).toBeGreaterThan(900);
    for (const part of found.ground.slice(0, 3)) expect(part, name).toBeGreaterThan(240);
    expect(found.colours, name).toBeGreaterThan(50);
    expect(found.drawn, name).toBeGreaterThan(0.02);
    expect(found.drawn, name).toBeLessThan(0.7);
  }
});

test("every figure leaves as a table that is the table on the page", async ({ page }) => {
  test.setTimeout(SLOW);
  await open(page, CHANGED);
  const version = await page.evaluate(() => window.clauseworth?.engine.version());
  for (const figure of await figures(page)) {
    const toggle = figure.locator("details:not(.save details) > summary").last();
    await toggle.click();
    const table = figure.locator(".foot .scroll table");
    await expect(table).toBeVisible();
    await expect(figure).not.toHaveAttribute("settling");
    const read = () =>
      table.evaluate((element) => [.../** @type {HTMLTableElement} */ (element).rows].map((row) => [...row.cells].map((cell) => cell.textContent ?? "")));
    let shown = await read();
    let { name, text } = await take(page, figure, "csv");
    // What is drawn may have been refined meanwhile: then it is taken once more.
    for (let now = await read(); JSON.stringify(now) !== JSON.stringify(shown); now = await read()) {
      shown = now;
      ({ name, text } = await take(page, figure, "csv"));
    }
    expect(text.startsWith("\uFEFF"), name).toBe(true);
    const [head = [], ...rows] = rowsOf(text);
    expect(head.at(-1)).toBe("Source");
    expect(rows.length, name).toBe(shown.length - 1);
    for (const [i, row] of rows.entries()) {
      expect(row.length, name).toBe(head.length);
      expect(bare(row.at(-1) ?? "")).toBe(`Clauseworth, model ${version}, ${bare(page.url())}`);
      // A label that is a value stands there as a number, and one of a quantity with its unit.
      const label = shown[i + 1]?.[0] ?? "";
      const [inFull = ""] = row;
      if (/[^\d.-]/.test(inFull)) expect(inFull.startsWith(label.replace(/, [^,]+$/, "")), `${name}: ${inFull}, ${label}`).toBe(true);
      else expect(label, name).toMatch(/\d/);
      for (const [j, cell] of row.slice(1, -1).entries()) {
        const said = (shown[i + 1]?.[j + 1] ?? "").replaceAll("\u2212", "-").replaceAll(",", "");
        const digits = /-?[\d.]+/.exec(said.replace("-$", "-").replace("$", ""))?.[0];
        if (digits === undefined) continue;
        if (cell === "" || Number.isNaN(Number(cell))) {
          // Only several values at once are no number.
          expect(said, name).toMatch(/\d.* (and|to|at) .*\d|^passes/);
          continue;
        }
        // A date is a decimal year in a file.
        if (/^\p{Lu}\p{L}+ \d{4}$/u.test(said)) {
          expect(Math.floor(Number(cell)), `${name}: ${cell}, ${said}`).toBe(Number(said.slice(-4)));
          continue;
        }
        // What the page says is what the file says, rounded.
        const places = digits.split(".")[1]?.length ?? 0;
        expect(Math.abs(Number(cell) - Number(digits)), `${name}: ${cell}, ${said}`).toBeLessThanOrEqual(Math.max(0.5 * 10 ** -places, 0.05) + 1e-9);
      }
    }
    await toggle.click();
  }
  const { text } = await take(page, page.locator("cw-ledger"), "csv");
  const [head = [], ...rows] = rowsOf(text);
  const { annual, years } = await page.evaluate(async () => {
    const { engine, store } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    const { deal, set } = store.state;
    const result = await engine.run({ deal, set: { ...set } });
    return { annual: [...(result.annual["lab.revenue"] ?? [])], years: result.calendar_years.map(String) };
  });
  expect(head.slice(1, -1)).toEqual(years);
  expect(rows.find(([label]) => label === "OpenAI: Revenue")?.slice(1, -1)).toEqual(annual.map(String));
});

test("a figure is saved as the reader sees it: its view, its year, and the last assumption that was moved", async ({ page }) => {
  await open(page);
  const flows = page.locator("cw-stack#flows");
  await flows.getByRole("slider").focus();
  await page.keyboard.press("Home");
  expect((await drawing(page, (await take(page, flows, "svg")).text)).words).toContain("In 2025");

  const clauses = card(page, "clauses");
  await clauses.show();
  await clauses.place.getByRole("radio", { name: "If it alone goes" }).check();
  const before = await drawing(page, (await take(page, clauses.place, "svg")).text);
  expect(before.words).toContain("if this clause alone goes");
  expect(before.words).toContain("base case.");
  // Saved while the card still calculates, it has what it comes to, as the stamp on it says.
  await page.evaluate(() => {
    const { engine } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    const prices = engine.clauses.bind(engine);
    const held = new Promise((resolve) => Object.assign(window, { answer: resolve }));
    engine.clauses = async (request) => {
      await held;
      return prices(request);
    };
  });
  await type(page, RATE, "0");
  await expect(clauses.place).toHaveAttribute("settling");
  const answer = () => page.evaluate(() => /** @type {{ answer: () => void }} */ (/** @type {unknown} */ (window)).answer());
  const after = await drawing(page, (await take(page, clauses.place, "svg", answer)).text);
  expect(after.words).toContain("Revenue share: 0% instead of 20%");
  expect(after.title).toBe(await clauses.heading.innerText());
  expect(after.words).not.toBe(before.words);
});

test("the workbook has the metrics that are shown, the ledger, and every assumption with its source", async ({ page }) => {
  await open(page, CHANGED);
  const { name, content } = await take(page, toolbar(page), "workbook");
  expect(name).toBe("clauseworth-microsoft-openai-2025-changed.xlsx");
  const sheets = new Map((await readXlsxFile(content)).map(({ sheet, data }) => [sheet, data]));
  expect([...sheets.keys()]).toEqual(["Metrics", "Quarterly ledger", "Years", "Assumptions", "Sources", "About"]);
  const { result, info } = await page.evaluate(async () => {
    const { engine, store } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    const { deal, set } = store.state;
    const { metrics, series, annual } = await engine.run({ deal, set: { ...set } });
    const plain = (/** @type {Record<string, Float64Array | null>} */ all) =>
      Object.fromEntries(Object.entries(all).map(([key, values]) => [key, values && [...values]]));
    return { result: { metrics, series: plain(series), annual: plain(annual) }, info: await engine.describe(deal) };
  });

  const metrics = Object.fromEntries((sheets.get("Metrics") ?? []).slice(1).map(([id, , , value]) => [id, value]));
  expect(metrics).toEqual(result.metrics);
  const npv = await metric(page, "backer.npv").innerText();
  expect(npv).toContain(String(Math.round(Number(metrics["backer.npv"]))));

  for (const [sheet, from] of /** @type {const} */ ([["Quarterly ledger", "series"], ["Years", "annual"]])) {
    const [names = [], , ...rows] = sheets.get(sheet) ?? [];
    expect(rows.length).toBeGreaterThan(10);
    for (const series of ["flow_after_tax.total", "lab.revenue", "stake.backer", "infrastructure.gw"]) {
      const at = names.indexOf(series);
      expect(rows.map((row) => row[at]), `${sheet}: ${series}`).toEqual(result[from][series]);
    }
  }

  const [head = [], ...assumptions] = sheets.get("Assumptions") ?? [];
  expect(assumptions.map(([path]) => path)).toEqual(info.quantities.map(({ path }) => path));
  const column = (/** @type {string} */ title) => head.indexOf(title);
  expect(assumptions.filter((row) => row[column("Changed")] === "yes").map((row) => [row[0], row[column("Value")]]).sort()).toEqual([
    ["agi.year", 2029.5],
    [RATE, 0.1],
  ]);
  expect(assumptions.map((row) => row[column("Status")])).toEqual(info.quantities.map(({ status }) => status));
  expect(assumptions.filter((row) => /^https:/.test(String(row[column("Address of the source")]))).length).toBeGreaterThan(50);
  expect(sheets.get("Sources")?.length).toBe(info.sources.length + 1);
  const about = new Map((sheets.get("About") ?? []).map(([key, value]) => [key, value]));
  expect(bare(String(about.get("Link to this state")))).toBe(bare(page.url()));
});

test("the command line comes to the same figures from the deal file, bit for bit", async ({ page }, info) => {
  test.slow();
  const deals = ["", "deal=microsoft-openai-2023&", "deal=microsoft-openai-2026&"];
  const changes = ["", "scenario=weak-demand&", `scenario=agi-either&clauses.revenue-share.rate=0.123456789012345&demand.lines.chatgpt.growth=1.1&`];
  for (const deal of deals) {
    for (const change of changes) {
      await page.goto("about:blank");
      await open(page, deal + change === "" ? "" : `v=1&${deal}${change}`.slice(0, -1));
      const metrics = await page.evaluate(async () => {
        const { engine, store } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
        const { deal, scenario, set } = store.state;
        const result = await engine.run({ deal, ...(scenario !== null && { scenario }), set: { ...set } });
        return result.metrics;
      });
      for (const kind of /** @type {const} */ (["json", "toml"])) {
        const { name, content } = await take(page, toolbar(page), kind);
        const file = info.outputPath(name);
        await writeFile(file, content);
        const { stdout } = await promisify(execFile)(binary, ["run", file, "--json"], { maxBuffer: 1 << 26 });
        expect(JSON.parse(stdout).metrics, `${name}, ${deal}${change}`).toEqual(metrics);
      }
    }
  }
});

test("the link and the citation go to the clipboard, and what became of them is said", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, CHANGED);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const bar = toolbar(page);
  await bar.locator(".save summary").click();
  await bar.getByRole("button", { name: "Copy link" }).click();
  await expect(bar.getByRole("status")).toHaveText("Link copied");
  expect(bare(await clipboard())).toBe(bare(page.url()));

  await bar.locator(".save summary").click();
  await bar.getByRole("button", { name: "Cite" }).click();
  const dialog = page.getByRole("dialog", { name: "Cite this page as it stands" });
  await expect(dialog).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Copy: BibTeX" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Copied: BibTeX");
  const bibtex = await clipboard();
  for (const part of ["@misc{", page.url(), "10\\%"]) expect(bibtex).toContain(part);
  await dialog.getByRole("button", { name: "Copy: Text" }).click();
  expect(await clipboard()).toContain("Clauseworth contributors. (n.d.).");
  await page.keyboard.press("Escape");
  await expect(page.locator("cw-copy")).toHaveCount(0);
  await expect(bar.locator(".save summary")).toBeFocused();
});

test("where the clipboard is closed, the link is there to be copied by hand", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await open(page, CHANGED);
  const bar = toolbar(page);
  await bar.locator(".save summary").click();
  await bar.getByRole("button", { name: "Copy link" }).click();
  const dialog = page.getByRole("dialog", { name: "Copy this link" });
  expect(bare(await dialog.getByRole("textbox", { name: "Link" }).inputValue())).toBe(bare(page.url()));
  await dialog.getByRole("button", { name: "Copy: Link" }).click();
  await expect(dialog.getByRole("status")).toContainText("Selected: Link");
  const selected = await dialog.getByRole("textbox").evaluate((field) => {
    const { value, selectionStart, selectionEnd } = /** @type {HTMLTextAreaElement} */ (field);
    return value.slice(selectionStart, selectionEnd);
  });
  expect(bare(selected)).toBe(bare(page.url()));
});

test("where the device can share, the link and the pictures can be shared", async ({ page }) => {
  await page.addInitScript(() => {
    const shared = /** @type {unknown[]} */ ([]);
    Object.assign(window, { shared });
    Object.assign(navigator, {
      canShare: () => true,
      share: async (/** @type {ShareData} */ data) => {
        shared.push({ ...data, files: data.files?.map(({ name, type, size }) => ({ name, type, full: size > 10_000 })) });
      },
    });
  });
  await open(page, CHANGED);
  const bar = toolbar(page);
  await bar.locator(".save summary").click();
  await bar.getByRole("button", { name: "Share" }).click();
  await expect(bar.getByRole("status")).toHaveText("Shared");
  const lab = page.locator("cw-stack#lab");
  await lab.locator(".save summary").click();
  await lab.getByRole("button", { name: "Share the picture" }).click();
  await expect(lab.getByRole("status")).toHaveText("Shared");
  const shared = await page.evaluate(() => /** @type {{ shared: { url?: string, text?: string }[] }} */ (/** @type {unknown} */ (window)).shared);
  expect(shared.map(({ url, text, ...rest }) => ({ ...rest, ...(url && { url: bare(url) }), ...(text && { text: bare(text) }) }))).toEqual([
    { title: await page.title(), url: bare(page.url()) },
    {
      title: await lab.getByRole("heading", { level: 2 }).innerText(),
      text: bare(page.url()),
      files: [{ name: "clauseworth-microsoft-openai-2025-lab-changed.png", type: "image/png", full: true }],
    },
  ]);
});

test("the keyboard alone saves a figure", async ({ page }) => {
  await open(page);
  const flows = page.locator("cw-stack#flows");
  const summary = flows.locator(".save summary");
  await flows.getByRole("slider").focus();
  await page.keyboard.press("Tab");
  await expect(summary).toBeFocused();
  await expect(summary).toHaveAccessibleName("Save: The backer’s money");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(flows.getByRole("button", { name: "Picture (PNG)" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(flows.locator(".save details")).not.toHaveAttribute("open");
  await expect(summary).toBeFocused();

  await page.keyboard.press("Space");
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("Tab");
  await expect(flows.getByRole("button", { name: "Table (CSV)" })).toBeFocused();
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await download).suggestedFilename()).toBe("clauseworth-microsoft-openai-2025-flows.csv");
  await expect(flows.getByRole("status")).toHaveText("Saved as clauseworth-microsoft-openai-2025-flows.csv");
  await expect(summary).toBeFocused();
  // A menu that the keyboard leaves is closed.
  await page.keyboard.press("Enter");
  for (let i = 0; i < 5; i += 1) await page.keyboard.press("Tab");
  await expect(flows.locator(".save details")).not.toHaveAttribute("open");
});

test("what cannot be saved says so", async ({ page }) => {
  await page.route(/assets\/export-.*\.js$/, (route) => route.abort());
  await open(page);
  const lab = page.locator("cw-stack#lab");
  await lab.locator(".save summary").click();
  await lab.getByRole("button", { name: "Drawing (SVG)" }).click();
  await expect(lab.getByRole("status")).toContainText("That did not work.");
});

test("another agreement leaves under its own name", async ({ page }) => {
  await open(page);
  const base = await metric(page, "backer.npv").innerText();
  await picker(page, 0).selectOption("microsoft-openai-2023");
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
  const { name, text } = await take(page, toolbar(page), "toml");
  expect(name).toBe("clauseworth-microsoft-openai-2023.toml");
  expect(text).toMatch(/^# .*base case\.\n# .*\n# Clauseworth, model .*deal=microsoft-openai-2023&model=[\d.]+&said=[-\d.,]+\n/);
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing with the menus open, and nothing is wider than the screen, ${width} px, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await open(page);
      for (const menu of [toolbar(page), page.locator("cw-stack#lab"), page.locator("cw-ledger")]) {
        await menu.locator(".save summary").click();
        await expect(menu.locator(".save button").first()).toBeVisible();
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        const inside = await menu.locator(".save ul").evaluate((list) => list.getBoundingClientRect().left >= 0);
        expect(inside).toBe(true);
        await page.keyboard.press("Escape");
      }
    });
  }
}

// The packed package in a plain page, with Vite, with webpack and in Node: each gives what the command line gives, to the last bit.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { pathToFileURL, fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { printed } from "../e2e/terminal.js";
import { DEAL, METRIC, PATHS, RATE, TARGET } from "./ask.js";
import { serve } from "./server.js";

/** @import { Page } from "@playwright/test" */
/** @import { ask } from "./ask.js" */

/** @typedef {Awaited<ReturnType<typeof ask>>} Answers */

/** The projects with the package installed, which is done in a copy: nothing around it is to help. */
const folder = fileURLToPath(new URL("../../target/consumers/", import.meta.url));

/** What the command line says to the same questions. */
async function expected() {
  const json = async (/** @type {string[]} */ ...args) => JSON.parse(await printed(...args, "--json"));
  const [run, solved, compared, drawn, own] = await Promise.all([
    json("run", DEAL),
    json("solve", DEAL, "--vary", RATE, "--metric", METRIC, "--target", String(TARGET)),
    json("compare", "microsoft-openai-2023", DEAL),
    json("simulate", DEAL, "--paths", String(PATHS), "--series", "lab.revenue"),
    json("run", DEAL, "--set", "agi.year=never"),
  ]);
  return {
    npv: [run.metrics["backer.npv"], run.metrics["lab.npv"]],
    roots: solved.roots,
    difference: compared.differences[0].metrics[METRIC],
    mean: drawn.metrics[METRIC].mean,
    percentile: drawn.metrics[METRIC].p90,
    band: drawn.bands["lab.revenue"].p10.at(-1),
    own: own.metrics[METRIC],
  };
}

/** @param {Answers} answers */
async function check(answers) {
  const terminal = await expected();
  expect(terminal.roots).toHaveLength(1);
  expect(answers).toMatchObject(terminal);
  expect(answers.deals).toContain(DEAL);
  // Threads and this thread alone draw the same, and say how far they are.
  expect(answers.same).toBe(true);
  expect(answers.steps).toEqual([4, 4]);
  expect(answers.ownDrawn).toBe(1024);
  expect(answers.path).toMatchObject({ name: "EngineError", path: "clauses.revenue-share.rat" });
  expect(answers.path?.message).toContain('did you mean "rate"?');
  expect(answers.file).toMatchObject({ name: "EngineError", line: 4 });
  expect(answers.file?.message).toContain('agi.year: expected a date or a year from 1900 to 2200, or "never", found 1');
  expect(answers.aborted).toBe("AbortError");
}

/**
 * The answers that a page comes to, and how many workers it had.
 * @param {Page} page
 * @param {string} address
 */
async function answersOf(page, address) {
  let workers = 0;
  page.on("worker", () => (workers += 1));
  /** @type {string[]} */
  const missing = [];
  page.on("response", (response) => void (response.status() >= 400 && !response.url().endsWith("/favicon.ico") && missing.push(response.url())));
  await page.goto(address);
  await expect(page).not.toHaveTitle("waiting", { timeout: 60_000 });
  const text = (await page.locator("body").textContent()) ?? "";
  await expect(page, text).toHaveTitle("answered");
  expect(missing).toEqual([]);
  expect(workers).toBeGreaterThan(0);
  return /** @type {Answers} */ (JSON.parse(text));
}

test.describe("in a browser", () => {
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;
  test.beforeAll(async () => {
    server = await serve(folder);
  });
  test.afterAll(() => server.close());

  for (const [name, path] of [
    ["a plain page", "page/index.html"],
    ["a page of another origin", "page/elsewhere.html"],
    ["what Vite builds", "vite/dist/index.html"],
    ["what webpack builds", "webpack/index.html"],
  ]) {
    test(`${name} calculates and draws what the command line does`, async ({ page }) => {
      await check(await answersOf(page, `http://127.0.0.1:${server.port}/${path}`));
    });
  }

  for (const [name, path] of [
    ["a plain page", "page/elements.html"],
    ["what Vite builds", "vite/dist/elements.html"],
  ]) {
    test(`the elements show and move a deal in ${name}`, async ({ page }) => {
      /** @type {string[]} */
      const missing = [];
      page.on("response", (response) => void (response.status() >= 400 && !response.url().endsWith("/favicon.ico") && missing.push(response.url())));
      await page.goto(`http://127.0.0.1:${server.port}/${path}`);
      const value = page.locator("clause-value .value");
      await expect(value).toBeVisible({ timeout: 30_000 });
      const before = await value.innerText();
      const [npv = 0] = (await expected()).npv;
      expect(Number.parseFloat(before.replace(/[^\d.]/g, ""))).toBeCloseTo(npv, -1);
      await expect(page.locator("clause-figure svg").first()).toBeVisible();
      await page.getByRole("slider").first().press("Home");
      await expect(value).not.toHaveText(before);
      expect(missing).toEqual([]);
    });
  }
});

test("what webpack builds does not name the folder in which it was built", async () => {
  expect(await readFile(`${folder}webpack/dist/main.js`, "utf8")).not.toContain("file:///");
});

test("Vite's development server needs to be told nothing", async ({ page }) => {
  const { createServer } = await import(pathToFileURL(`${folder}vite/node_modules/vite/dist/node/index.js`).href);
  const server = await createServer({ root: `${folder}vite`, logLevel: "error", server: { host: "127.0.0.1", port: 0 } });
  try {
    await server.listen();
    await check(await answersOf(page, server.resolvedUrls.local[0]));
  } finally {
    await server.close();
  }
});

test("Node calculates and draws what the command line does, and ends by itself", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["main.js"], { cwd: `${folder}node`, timeout: 60_000 });
  await check(JSON.parse(stdout));
});

for (const resolution of ["bundler", "nodenext"]) {
  test(`TypeScript finds the types by the rules of "${resolution}"`, async () => {
    const compiler = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
    const args = [compiler, "--project", `tsconfig.${resolution}.json`];
    const result = promisify(execFile)(process.execPath, args, { cwd: `${folder}types` });
    // The compiler's findings are what is worth reading where there are any.
    const findings = await result.then(({ stdout }) => stdout, (/** @type {{ stdout: string }} */ error) => error.stdout);
    expect(findings).toBe("");
    await expect(result).resolves.toBeDefined();
  });
}

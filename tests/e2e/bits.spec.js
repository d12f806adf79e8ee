// Same deal, seed and number of paths: the same bits, in native code, in Chromium and in Node, with and without vector
// instructions, however many workers share the batches and in whatever order (Model 10.2).
import { mkdir, readFile } from "node:fs/promises";
import { Worker as NodeWorker } from "node:worker_threads";
import { expect, test } from "@playwright/test";
import { PAGE } from "../address.js";
import { draw } from "./bits/draws.js";
import { load, packages } from "./bits/node-module.js";
import { differences, numbers, parseExact, printed } from "./terminal.js";

/** @import { Page } from "@playwright/test" */
/** @import { MessagePort as NodePort } from "node:worker_threads" */
/** @import { Sampling } from "clauseworth-simulation" */
/** @import { Division, Library } from "./bits/draws.js" */
/** @import { ModuleName } from "./bits/node-module.js" */

// One after the other: each uses all cores by itself, and the command line's answers are asked for once.
test.describe.configure({ mode: "default", timeout: 120_000 });

const MODULES = /** @type {const} */ (["clauseworth_simulation", "clauseworth_simulation_plain"]);
const MOST_WORKERS = 8;

/** Enough of the bands where there are many paths. */
const series = ["lab.cash", "stake.backer", "flow.total"];

/**
 * A batch has 1,024 paths: these do not fill one, fill several but for the last, or all but one of the last.
 * @type {Omit<Division, "deal">[]}
 */
const DIVISIONS = [
  { sampling: { paths: 1_000, seed: 1 }, workers: 1, turn: 1, order: "forwards" },
  { sampling: { paths: 1_500, seed: 2, sampler: "random" }, workers: 2, turn: 1, order: "backwards" },
  { sampling: { paths: 2_100, seed: 3, series }, workers: 1, turn: 3, order: "outside in" },
  { sampling: { paths: 2_100, seed: 3, series }, workers: 2, turn: 2, order: "backwards" },
  { sampling: { paths: 2_100, seed: 3, series }, workers: 3, turn: 1, order: "forwards" },
  { sampling: { paths: 7_169, seed: 4, series }, workers: 8, turn: 1, order: "outside in" },
];

/** @type {Promise<Library>} */
const library = readFile(new URL("library.json", packages), "utf8").then(JSON.parse);

/** Answers of the command line, asked for once. @type {Map<string, Promise<string>>} */
const asked = new Map();

/**
 * @param {string} deal
 * @param {Sampling} sampling
 */
function simulate(deal, { paths, seed, sampler = "sobol", series = [] }) {
  const bands = series.flatMap((name) => ["--series", name]);
  return ["simulate", deal, "--paths", `${paths}`, "--seed", `${seed}`, "--sampler", sampler, ...bands];
}

/**
 * What the command line says.
 * @param {string} deal
 * @param {Sampling} sampling
 */
function onTerminal(deal, sampling) {
  const args = [...simulate(deal, sampling), "--json"];
  const key = args.join(" ");
  const answer = asked.get(key) ?? printed(...args);
  asked.set(key, answer);
  return answer;
}

/**
 * Draws every deal of the library in every division, and compares the whole of what comes out.
 * @param {(division: Division) => Promise<{ json: string, turns: number[] }>} drawn
 */
async function compareAll(drawn) {
  const deals = Object.keys(await library);
  expect(deals.length).toBeGreaterThan(0);
  for (const deal of deals) {
    for (const division of DIVISIONS) {
      const name = `${deal}, ${JSON.stringify(division)}`;
      const { json, turns } = await drawn({ deal, ...division });
      const [here, there] = [parseExact(json), parseExact(await onTerminal(deal, division.sampling))];
      expect(differences(here, there, ""), name).toEqual([]);
      expect(here["paths"], name).toBe(division.sampling.paths);
      // A comparison of nothing with nothing would agree as well.
      expect(numbers(here["bands"] ?? null), name).toBeGreaterThan(200);
      const expected = Math.ceil(Math.ceil((division.sampling.paths ?? 0) / 1_024) / division.turn);
      expect(turns.filter((taken) => taken > 0).length, `${name}: all who can compute`).toBe(Math.min(division.workers, expected));
    }
  }
}

for (const name of MODULES) {
  test(`${name} in Chromium`, async ({ page }) => {
    await openPool(page, name);
    await compareAll((division) =>
      page.evaluate((division) => /** @type {Pool} */ (/** @type {unknown} */ (window)).drawn(division), division),
    );
  });

  test(`${name} in Node`, async () => {
    const { Deal } = await load(name);
    const deals = await library;
    const workers = Array.from({ length: MOST_WORKERS }, () => {
      const { port1, port2 } = new MessageChannel();
      const worker = new NodeWorker(new URL("./bits/node-worker.js", import.meta.url), {
        workerData: { name, library: deals, port: port2 },
        // The same class, which the types of the browser and of Node describe apart.
        transferList: [/** @type {NodePort} */ (/** @type {unknown} */ (port2))],
        // Not those of the tests' runner.
        execArgv: [],
      });
      return { worker, port: port1 };
    });
    try {
      const failed = new Promise((/** @type {(division: never) => void} */ _, reject) => {
        for (const { worker } of workers) worker.once("error", reject);
      });
      const ports = workers.map(({ port }) => port);
      await Promise.race([compareAll((division) => draw(ports, Deal, deals, division)), failed]);
    } finally {
      await Promise.all(workers.map(({ worker }) => worker.terminate()));
    }
  });
}

test("threads and shards of the command line", async ({}, { outputDir }) => {
  await mkdir(outputDir, { recursive: true });
  for (const deal of Object.keys(await library)) {
    const sampling = { paths: 2_100, seed: 3, series };
    const whole = await onTerminal(deal, sampling);
    for (const threads of [1, 2, 3, MOST_WORKERS]) {
      const shared = await printed(...simulate(deal, sampling), "--json", "--threads", `${threads}`);
      expect(shared, `${deal}, ${threads} threads`).toBe(whole);
    }
    const shards = [1, 2, 3].map((part) => ({ part: `${part}/3`, file: `${outputDir}/${deal}-${part}.shard` }));
    for (const { part, file } of shards) await printed(...simulate(deal, sampling), "--shard", part, "--out", file);
    const files = shards.map(({ file }) => file).reverse();
    expect(await printed("merge", ...files, "--json"), `${deal}, merged`).toBe(whole);
  }
});

/** @typedef {{ drawn: (division: Division) => ReturnType<typeof draw> }} Pool */

/**
 * A page with nothing but workers.
 * @param {Page} page
 * @param {ModuleName} name
 */
async function openPool(page, name) {
  const here = new URL("./bits/", import.meta.url);
  const folder = `${PAGE}bits/`;
  const files = {
    "": { body: "<!doctype html><title>Workers</title>", contentType: "text/html" },
    "draws.js": { path: new URL("draws.js", here), contentType: "text/javascript" },
    "web-worker.js": { path: new URL("web-worker.js", here), contentType: "text/javascript" },
    "library.json": { path: new URL("library.json", packages), contentType: "application/json" },
    [`${name}.js`]: { path: new URL(`${name}.js`, packages), contentType: "text/javascript" },
    [`${name}_bg.wasm`]: { path: new URL(`${name}_bg.wasm`, packages), contentType: "application/wasm" },
  };
  for (const [file, { contentType, ...content }] of Object.entries(files)) {
    const body = "body" in content ? content.body : await readFile(content.path);
    await page.context().route(`${folder}${file}`, (route) => route.fulfill({ contentType, body }));
  }
  await page.goto(folder);
  await page.evaluate(
    async ({ folder, name, most }) => {
      const script = `${folder}${name}.js`;
      /** @type {[typeof import("clauseworth-simulation"), typeof import("./bits/draws.js")]} */
      const [{ default: init, Deal }, { draw }] = await Promise.all([import(script), import(`${folder}draws.js`)]);
      const [library] = await Promise.all([fetch("./library.json").then((response) => response.json()), init()]);
      const ports = Array.from({ length: most }, () => {
        const worker = new Worker("./web-worker.js", { type: "module" });
        const { port1, port2 } = new MessageChannel();
        worker.postMessage({ script, library }, [port2]);
        return port1;
      });
      Object.assign(window, { drawn: (/** @type {Division} */ division) => draw(ports, Deal, library, division) });
    },
    { folder, name, most: MOST_WORKERS },
  );
}

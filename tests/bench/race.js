// The engine against other ways to draw the same deal, and against itself: natively, in Chromium and in Node, on one core.
// Every contender must first come to the engine's figures; then all run in turn in every round. Prints medians and ratios,
// and writes all rounds to `target/bench/race.json`. Nothing is asserted of a time.
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { PAGE } from "../address.js";
import { launchOptions } from "../chromium.js";
import { load, packages } from "../e2e/bits/node-module.js";
import { server } from "../server.js";
import { engine } from "./race/engine.js";
import { agree, compareSamplers } from "./race/measure.js";
import { program } from "./race/processes.js";
import { squiggle } from "./race/squiggle.js";
import { median } from "./statistics.js";

/** @import { Page } from "@playwright/test" */
/** @import { Tree } from "clauseworth-simulation" */
/** @import { Answer, Question } from "./race/processes.js" */
/** @import { Json } from "./race/terms.js" */

/**
 * Someone who can be asked.
 * @typedef {{ name: string, paths: number, ask: (question: Question) => Promise<Answer> | Answer }} Contender
 */

const ROUNDS = Number(process.env["ROUNDS"] ?? 9);
const LIBRARY_DEAL = "microsoft-openai-2025";
const MODULES = /** @type {const} */ ({ simd128: "clauseworth_simulation", "plain wasm": "clauseworth_simulation_plain" });

/** @param {string} path */
const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));

const shared = fromHere("race/deal.json");
/** @type {Json} */
const deal = JSON.parse(await readFile(shared, "utf8"));
/** @type {Record<string, Tree>} */
const library = JSON.parse(await readFile(new URL("library.json", packages), "utf8"));
const libraryDeal = library[LIBRARY_DEAL];
if (libraryDeal === undefined) throw new Error(`The library has no ${LIBRARY_DEAL}.`);

const native = await program(process.env["CLAUSEWORTH_RACE"] ?? fromHere("../../target/release/examples/race"), []);
const script = fromHere("race/contender.py");
const python = await program(process.env["PYTHON"] ?? "python3", [script, shared]).catch((/** @type {Error} */ { message }) => {
  console.log(`numpy does not take part: ${message}`);
  return null;
});
if (!server.listening) await once(server, "listening");
const browser = await chromium.launch(launchOptions);
try {
  const page = await browser.newPage();
  await layBeside(page);
  const result = {
    machine: {
      browser: `Chromium ${browser.version()}`,
      node: process.version,
      numpy: python?.name ?? null,
      processor: cpus()[0]?.model ?? "",
      processors: cpus().length,
    },
    race: await race(page),
    library: await libraryRace(page),
    samplers: await compareSamplers(native, LIBRARY_DEAL),
  };
  const folder = fromHere("../../target/bench/");
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}race.json`, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await browser.close();
  server.close();
  native.end();
  python?.end();
}

/** Everyone on the deal that all can express. @param {Page} page */
async function race(page) {
  const paths = 16_384;
  const ours = { native: "clauseworth, native", chromium: "clauseworth, Chromium, simd128", node: "clauseworth, Node, simd128" };
  /** @type {Contender[]} */
  const contenders = [{ name: ours.native, paths, ask: (question) => native.ask({ ...question, deal: shared }) }];
  for (const [title, module] of Object.entries(MODULES)) {
    contenders.push({ name: `clauseworth, Chromium, ${title}`, paths, ask: await inChromium(page, module, deal) });
  }
  const { Deal } = await load(MODULES.simd128);
  contenders.push({ name: ours.node, paths, ask: engine(Deal, /** @type {Tree} */ (deal), library) });
  contenders.push({ name: "JavaScript, typed arrays, Chromium", paths, ask: await inChromium(page, null, deal) });
  if (python !== null) contenders.push({ name: `${python.name}, float64`, paths, ask: (question) => python.ask(question) });
  contenders.push({ name: "squiggle-lang, Node", paths: 2_048, ask: squiggle(deal) });

  await agree(contenders);
  const rounds = await inTurn(contenders);
  const speeds = contenders.map(({ name, paths }, i) => ({ name, speed: (paths / median(rounds[i] ?? [])) * 1_000 }));
  console.log(`\nThe deal that all can express, one core, medians of ${ROUNDS} rounds`);
  const rows = speeds.map(({ name, speed }) => {
    const times = (/** @type {string} */ other) => `${((speeds.find((each) => each.name === other)?.speed ?? NaN) / speed).toFixed(2)} ×`;
    return [name, { "paths/s": Math.round(speed), "native is": times(ours.native), "Chromium simd128 is": times(ours.chromium) }];
  });
  console.table(Object.fromEntries(rows));
  return contenders.map(({ name, paths }, i) => ({ name, paths, milliseconds: rounds[i] }));
}

/** The engine on a deal of the library, with all metrics. @param {Page} page */
async function libraryRace(page) {
  const tree = /** @type {Json} */ (/** @type {unknown} */ (libraryDeal));
  /** @type {Record<string, Contender["ask"]>} */
  const places = { native: (question) => native.ask({ ...question, deal: LIBRARY_DEAL }) };
  for (const [title, module] of Object.entries(MODULES)) places[`Chromium, ${title}`] = await inChromium(page, module, tree);
  const { Deal } = await load(MODULES.simd128);
  places["Node, simd128"] = engine(Deal, /** @type {Tree} */ (libraryDeal), library);
  const sizes = [
    { paths: 1_024, bands: false },
    { paths: 16_384, bands: false },
    { paths: 16_384, bands: true },
  ];
  /** @type {Contender[]} */
  const contenders = Object.entries(places).flatMap(([name, ask]) =>
    sizes.map(({ paths, bands }) => ({ name, paths, ask: (/** @type {Question} */ question) => ask({ ...question, bands }) })),
  );
  const rounds = await inTurn(contenders);
  console.log(`\n${LIBRARY_DEAL}, all metrics, one core, medians of ${ROUNDS} rounds`);
  const rows = Object.keys(places).map((name, i) => {
    const [few = NaN, many = NaN, banded = NaN] = sizes.map((_, j) => median(rounds[i * sizes.length + j] ?? []));
    const text = (/** @type {number} */ value) => `${value.toFixed(1)} ms`;
    const speed = Math.round((16_384 / many) * 1_000);
    const times = { "1,024 paths": text(few), "16,384 paths": text(many), "with the bands of all series": text(banded) };
    return [name, { "paths/s": speed, ...times }];
  });
  console.table(Object.fromEntries(rows));
  return contenders.map(({ name, paths }, i) => ({ name, paths, bands: sizes[i % sizes.length]?.bands, milliseconds: rounds[i] }));
}

/**
 * Milliseconds of every contender in every round. The first round compiles, and does not count.
 * @param {Contender[]} contenders
 */
async function inTurn(contenders) {
  /** @type {number[][]} */
  const rounds = contenders.map(() => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [i, { ask, paths }] of contenders.entries()) {
      const { milliseconds } = await ask({ paths, seed: round + 1 });
      if (round > 0) rounds[i]?.push(milliseconds);
    }
  }
  return rounds;
}

/**
 * Lays what the workers load beside the page.
 * @param {Page} page
 */
async function layBeside(page) {
  const names = ["engine.js", "javascript.js", "plain.js", "terms.js", "web-worker.js"];
  const scripts = names.map((name) => new URL(`race/${name}`, import.meta.url));
  const built = Object.values(MODULES).flatMap((name) => [new URL(`${name}.js`, packages), new URL(`${name}_bg.wasm`, packages)]);
  for (const file of [...scripts, ...built]) {
    const name = file.pathname.split("/").at(-1) ?? "";
    const contentType = name.endsWith(".wasm") ? "application/wasm" : "text/javascript";
    const body = await readFile(file);
    await page.context().route(`${PAGE}race/${name}`, (route) => route.fulfill({ contentType, body }));
  }
  const empty = { contentType: "text/html", body: "<!doctype html><title>Race</title>" };
  await page.context().route(`${PAGE}race/`, (route) => route.fulfill(empty));
  await page.goto(`${PAGE}race/`);
}

/**
 * A contender in a worker of the page.
 * @param {Page} page
 * @param {string | null} module none for plain JavaScript
 * @param {Json} deal
 * @returns {Promise<Contender["ask"]>}
 */
async function inChromium(page, module, deal) {
  const script = module === null ? null : `${PAGE}race/${module}.js`;
  const text = JSON.stringify({ script, deal, library });
  const worker = await page.evaluateHandle(
    (text) =>
      new Promise((/** @type {(worker: Worker) => void} */ resolve, reject) => {
        const worker = new Worker("./web-worker.js", { type: "module" });
        worker.onmessage = () => resolve(worker);
        worker.onerror = ({ message }) => reject(new Error(message || "The worker could not be started."));
        worker.postMessage(JSON.parse(text));
      }),
    text,
  );
  return (question) =>
    worker.evaluate(
      (worker, question) =>
        new Promise((/** @type {(answer: Answer) => void} */ resolve, reject) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.postMessage(question);
        }),
      question,
    );
}

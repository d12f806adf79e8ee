// How long one run of a deal takes in the browser, and how much of it is the conversion of what goes in and comes out.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { median } from "./statistics.js";

/** @import { Page } from "@playwright/test" */

const DEAL = "microsoft-openai-2025";
const PROFILED_RUNS = 20_000;

/** @param {string} path */
const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Lays the worker of the measurement, and the package's script that the page has bundled, beside the page. The WebAssembly and
 * the library that they load are the page's own.
 * @param {Page} page
 * @param {string} address
 */
async function layBeside(page, address) {
  const files = { "worker.js": "./worker.js", "pkg/clauseworth_wasm.js": "../../target/pkg/clauseworth_wasm.js" };
  for (const [name, path] of Object.entries(files)) {
    const body = await readFile(fromHere(path), "utf8");
    await page.context().route(`${address}bench/${name}`, (route) => route.fulfill({ contentType: "text/javascript", body }));
  }
}

/**
 * @param {Page} page
 * @param {string} address
 */
export async function measureEngine(page, address) {
  await layBeside(page, address);
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(address);
  await page.locator("cw-ledger table").waitFor();
  const [wasm, library] = [".wasm", ".json"].map((end) => asked.find((url) => url.endsWith(end)));
  if (wasm === undefined || library === undefined) throw new Error("The page loaded no engine.");

  const rounds = await page.evaluate(
    (files) =>
      new Promise((/** @type {(rounds: number[]) => void} */ resolve, reject) => {
        const worker = new Worker("./bench/worker.js", { type: "module" });
        worker.addEventListener("message", ({ data }) => resolve(data));
        worker.addEventListener("error", ({ message }) => reject(new Error(message || "The worker could not be started.")));
        worker.postMessage(files);
      }),
    { wasm, library, deal: DEAL },
  );
  return { deal: DEAL, rounds, microseconds: median(rounds), conversion: await conversionShare(page, { wasm, library }) };
}

/**
 * The part of a run that is not calculation, by a sampling profile. A calculation never leaves WebAssembly, while conversion calls
 * JavaScript for every object that it makes: of the functions below which nothing is JavaScript, the calculation is the heaviest.
 * @param {Page} page
 * @param {{ wasm: string, library: string }} files
 */
async function conversionShare(page, files) {
  const session = await page.context().newCDPSession(page);
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: 100 });
  await session.send("Profiler.start");
  await page.evaluate(
    async ({ wasm, library, deal, runs }) => {
      const script = "./bench/pkg/clauseworth_wasm.js";
      /** @type {typeof import("clauseworth-wasm")} */
      const { default: init, Deal } = await import(new URL(script, document.baseURI).href);
      const deals = await (await fetch(library)).json();
      await init({ module_or_path: wasm });
      const opened = Deal.open(deals[deal], deals);
      for (let i = 0; i < runs; i += 1) opened.run({});
    },
    { ...files, deal: DEAL, runs: PROFILED_RUNS },
  );
  const { profile } = await session.send("Profiler.stop");
  await session.detach();

  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  /** Samples in functions below which all is WebAssembly, by their names. @type {Map<string, number>} */
  const pure = new Map();
  /**
   * @param {number} id
   * @returns {{ samples: number, isPure: boolean, flush: () => void }}
   */
  const visit = (id) => {
    const node = nodes.get(id);
    if (node === undefined) throw new Error("The profile names a node that it does not have.");
    const { functionName, url } = node.callFrame;
    const below = (node.children ?? []).map(visit);
    const samples = below.reduce((sum, child) => sum + child.samples, functionName === "(idle)" ? 0 : (node.hitCount ?? 0));
    const isPure = url.endsWith(".wasm") && below.every((child) => child.isPure);
    const flush = () => void pure.set(functionName, (pure.get(functionName) ?? 0) + samples);
    if (!isPure) for (const child of below) if (child.isPure) child.flush();
    return { samples, isPure, flush };
  };
  const { samples } = visit(profile.nodes[0]?.id ?? 0);
  return 1 - Math.max(...pure.values()) / samples;
}

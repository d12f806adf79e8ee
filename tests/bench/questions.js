// How long each question takes in the browser, in a worker and with the module that answers them, as the page asks them.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { median } from "./statistics.js";

/** @import { Page } from "@playwright/test" */

const DEAL = "microsoft-openai-2025";

/** @param {string} path */
const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * @param {Page} page
 * @param {string} address
 */
export async function measureQuestions(page, address) {
  const pkg = "../../target/pkg/";
  const files = {
    "questions-worker.js": { path: "./questions-worker.js", contentType: "text/javascript" },
    "pkg/clauseworth_analysis.js": { path: `${pkg}clauseworth_analysis.js`, contentType: "text/javascript" },
    "pkg/clauseworth_analysis_bg.wasm": { path: `${pkg}clauseworth_analysis_bg.wasm`, contentType: "application/wasm" },
    "pkg/library.json": { path: `${pkg}library.json`, contentType: "application/json" },
  };
  for (const [name, { path, contentType }] of Object.entries(files)) {
    const body = await readFile(fromHere(path));
    await page.context().route(`${address}bench/${name}`, (route) => route.fulfill({ contentType, body }));
  }
  await page.goto(address);
  const rounds = await page.evaluate(
    (deal) =>
      new Promise((/** @type {(rounds: Record<string, number[]>) => void} */ resolve, reject) => {
        const worker = new Worker("./bench/questions-worker.js", { type: "module" });
        worker.addEventListener("message", ({ data }) => resolve(data));
        worker.addEventListener("error", ({ message }) => reject(new Error(message || "The worker could not be started.")));
        worker.postMessage(deal);
      }),
    DEAL,
  );
  const milliseconds = Object.entries(rounds).map(([name, times]) => [name, median(times)]);
  return { deal: DEAL, rounds, milliseconds: /** @type {Record<string, number>} */ (Object.fromEntries(milliseconds)) };
}

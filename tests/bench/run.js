// Measures the built page in Chromium, prints what came out and writes it to `target/bench/browser.json`. Nothing is asserted: a
// time is a fact about a machine on a day.
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { PAGE } from "../address.js";
import { launchOptions } from "../chromium.js";
import { server } from "../server.js";
import { measureEngine } from "./engine.js";
import { measureQuestions } from "./questions.js";
import { measureSlider } from "./slider.js";

if (!server.listening) await once(server, "listening");
const browser = await chromium.launch(launchOptions);
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const engine = await measureEngine(page, PAGE);
  const questions = await measureQuestions(page, PAGE);
  const slider = await measureSlider(page, PAGE);
  const machine = { browser: `Chromium ${browser.version()}`, processor: cpus()[0]?.model ?? "", processors: cpus().length };

  const milliseconds = (/** @type {number} */ value) => `${value.toFixed(1)} ms`;
  console.log(`${machine.browser}, ${machine.processors} × ${machine.processor}`);
  const titles = { answer: "figures known", drawn: "figures drawn", painted: "figures painted" };
  const rows = Object.entries(slider.views).flatMap(([view, measured]) =>
    Object.entries(titles).map(([key, title]) => {
      const { median, p95 } = measured[/** @type {keyof typeof titles} */ (key)];
      return [`slider → ${title}, at ${view}, ${slider.slower}× slower`, { median: milliseconds(median), p95: milliseconds(p95) }];
    }),
  );
  console.table({
    [`deal.run(), ${engine.deal}`]: { median: `${engine.microseconds.toFixed(1)} µs` },
    "… of which conversion": { median: `${(engine.conversion * 100).toFixed(0)} %` },
    ...Object.fromEntries(
      Object.entries(questions.milliseconds).map(([name, value]) => [name, { median: `${value.toFixed(2)} ms` }]),
    ),
    ...Object.fromEntries(rows),
  });
  const folder = fileURLToPath(new URL("../../target/bench/", import.meta.url));
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}browser.json`, `${JSON.stringify({ machine, engine, questions, slider }, null, 2)}\n`);
} finally {
  await browser.close();
  server.close();
}

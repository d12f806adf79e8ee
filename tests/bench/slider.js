// How long it takes from a step of a slider until everything that follows from it is painted, on a machine four times as slow.
import { median, quantile } from "./statistics.js";

/** @import { Page } from "@playwright/test" */

const LEVER = "demand.lines.chatgpt.growth";
const SLOWER = 4;
const STEPS = 60;
/** Steps that warm the page up, and do not count. */
const WARM_UP = 20;

/** Where the reader looks: what the page opens with, and a chart further down beside the levers. */
const VIEWS = { "the answer": "cw-side", "the flows": "cw-stack#flows" };

/**
 * @param {Page} page
 * @param {string} address
 */
export async function measureSlider(page, address) {
  await page.goto(address);
  await page.locator("cw-ledger table").waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  /** @type {Record<string, Record<keyof Measured, { median: number, p95: number }>>} */
  const views = {};
  for (const [name, selector] of Object.entries(VIEWS)) {
    await page.locator(selector).first().evaluate((element) => element.scrollIntoView({ block: "center" }));
    views[name] = await measureView(page);
  }
  await session.detach();
  return { lever: LEVER, slower: SLOWER, steps: STEPS, views };
}

/** @param {Page} page */
async function measureView(page) {
  await page.locator(`cw-lever[data-path="${LEVER}"]`).getByRole("slider").evaluate((slider) => slider.focus({ preventScroll: true }));
  // What scrolls into view is drawn, and known to be in view, some frames later.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
  await page.evaluate(watch);
  /** @type {Measured[]} */
  const steps = [];
  for (let i = 0; i < WARM_UP + STEPS; i += 1) {
    // There and back, to end where it began.
    const key = i % 20 < 10 ? "ArrowRight" : "ArrowLeft";
    await page.keyboard.down(key);
    const step = await page.evaluate(() => /** @type {Watched} */ (/** @type {unknown} */ (window)).painted());
    await page.keyboard.up(key);
    if (i >= WARM_UP) steps.push(step);
  }
  const spread = (/** @type {keyof Measured} */ name) => {
    const values = steps.map((step) => step[name]);
    return { median: median(values), p95: quantile(values, 0.95) };
  };
  return { answer: spread("answer"), drawn: spread("drawn"), painted: spread("painted") };
}

/**
 * Milliseconds from the slider's event: until the engine's result is in the page, until every figure in view is drawn anew, and
 * until the frame that shows them is painted.
 * @typedef {{ answer: number, drawn: number, painted: number }} Measured
 */
/** @typedef {Window & { painted: () => Promise<Measured> }} Watched */

/** Watches, inside the page, what follows from each event of a slider. */
function watch() {
  const { engine } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
  /** @type {(step: Measured) => void} */
  let tell = () => {};
  /** @type {Promise<Measured>} */
  let next = new Promise((resolve) => (tell = resolve));
  let from = 0;
  let answer = 0;
  document.addEventListener("input", (event) => (from = event.timeStamp), { capture: true });
  const run = Object.getPrototypeOf(engine).run;
  engine.run = async (request) => {
    const result = await run.call(engine, request);
    answer = performance.now() - from;
    return result;
  };

  const inView = [...document.querySelectorAll("cw-side, cw-stack, cw-ledger")].filter((figure) => {
    const { top, bottom } = figure.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  let waiting = new Set(inView);
  for (const figure of inView) {
    // The private hook of the element, which Lit calls after each drawing.
    const updated = () => {
      waiting.delete(figure);
      if (waiting.size > 0) return;
      waiting = new Set(inView);
      const drawn = performance.now() - from;
      // The task after the frame in which they were drawn: style, layout and paint are done by then.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell({ answer, drawn, painted: performance.now() - from });
      port2.postMessage(null);
    };
    Object.assign(figure, { updated });
  }
  Object.assign(window, {
    painted: async () => {
      const step = await next;
      next = new Promise((resolve) => (tell = resolve));
      return step;
    },
  });
}

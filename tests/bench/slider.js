// How long it takes from a step of a slider until everything that follows from it is painted, on a machine four times as slow.
import { median, quantile } from "./statistics.js";

/** @import { Page } from "@playwright/test" */

const LEVER = "demand.lines.chatgpt.growth";
const SLOWER = 4;
const STEPS = 60;
/** Steps that warm the page up, and do not count. */
const WARM_UP = 10;

/**
 * @param {Page} page
 * @param {string} address
 */
export async function measureSlider(page, address) {
  await page.goto(address);
  await page.locator("cw-ledger table").waitFor();
  const slider = page.locator(`cw-lever[data-path="${LEVER}"]`).getByRole("slider");
  await slider.focus();
  await page.evaluate(watch);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });

  /** @type {Measured[]} */
  const steps = [];
  for (let i = 0; i < WARM_UP + STEPS; i += 1) {
    // There and back, so that every step has somewhere to go.
    const key = i % 20 < 10 ? "ArrowRight" : "ArrowLeft";
    await page.keyboard.down(key);
    const step = await page.evaluate(() => /** @type {Watched} */ (/** @type {unknown} */ (window)).painted());
    await page.keyboard.up(key);
    if (i >= WARM_UP) steps.push(step);
  }
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await session.detach();
  const columns = (/** @type {keyof Measured} */ name) => {
    const values = steps.map((step) => step[name]);
    return { median: median(values), p95: quantile(values, 0.95) };
  };
  return { lever: LEVER, slower: SLOWER, steps: STEPS, toRedraw: columns("toRedraw"), toPaint: columns("toPaint") };
}

/** Milliseconds from the event. @typedef {{ toRedraw: number, toPaint: number }} Measured */
/** @typedef {Window & { painted: () => Promise<Measured> }} Watched */

/**
 * Watches, inside the page, for the first frame after a slider's event in which the last figure is drawn anew.
 */
function watch() {
  /** @type {(step: Measured) => void} */
  let tell = () => {};
  /** @type {Promise<Measured>} */
  let next = new Promise((resolve) => (tell = resolve));
  let from = 0;
  document.addEventListener("input", (event) => (from = event.timeStamp), { capture: true });
  const last = /** @type {import("lit").LitElement} */ (document.querySelector("cw-ledger"));
  Object.assign(last, {
    // The private hook of the element, which Lit calls after each drawing.
    updated: () => {
      const redrawn = performance.now();
      // The task after the frame in which it was drawn: style, layout and paint are done by then.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell({ toRedraw: redrawn - from, toPaint: performance.now() - from });
      port2.postMessage(null);
    },
  });
  Object.assign(window, {
    painted: async () => {
      const step = await next;
      next = new Promise((resolve) => (tell = resolve));
      return step;
    },
  });
}

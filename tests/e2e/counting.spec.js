// What must happen once: one event makes one run, and one drawing of each figure.
import { expect, test } from "@playwright/test";
import { card, open } from "./page.js";

/** @import { Page } from "@playwright/test" */

/**
 * Counts the runs of the engine and the drawings of the flows figure from here on. What the first sentence asks besides, AGI in another
 * year, is a question that follows a run.
 * @param {Page} page
 */
async function count(page) {
  const flows = page.locator("cw-stack#flows");
  await flows.scrollIntoViewIfNeeded();
  await expect(flows).toBeInViewport({ ratio: 0.2 });
  // The page learns what is in view in a frame of its own.
  await page.evaluate(async () => {
    for (let i = 0; i < 3; i += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  await page.evaluate(() => {
    const { engine } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    const counts = { runs: 0, paints: 0 };
    const run = engine.run.bind(engine);
    engine.run = (request) => {
      if (!("agi.year" in (request.set ?? {}))) counts.runs += 1;
      return run(request);
    };
    const figure = /** @type {import("lit").LitElement} */ (document.querySelector("cw-stack#flows"));
    // The private hook of the element, which Lit calls after each drawing.
    Object.assign(figure, {
      updated: () => {
        counts.paints += 1;
      },
    });
    Object.assign(window, { counts });
  });
  return () =>
    page.evaluate(async () => {
      // Whatever follows an event has followed two frames after the engine has answered a last question.
      await window.clauseworth?.engine.version();
      for (let i = 0; i < 2; i += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      return /** @type {{ counts: { runs: number, paints: number } }} */ (/** @type {unknown} */ (window)).counts;
    });
}

/**
 * Events on the slider of a lever, as a browser makes them during a drag.
 * @param {Page} page
 * @param {{ type: "input" | "change", value: string }[]} events
 */
const dispatch = (page, events) =>
  page.evaluate((all) => {
    const slider = document
      .querySelector('cw-lever[data-path="demand.lines.chatgpt.growth"]')
      ?.shadowRoot?.querySelector("input[type=range]");
    if (!(slider instanceof HTMLInputElement)) throw new Error("There is no slider.");
    for (const { type, value } of all) {
      slider.value = value;
      slider.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    }
  }, events);

test.beforeEach(({ page }) => open(page));

test("one event, one run, one drawing", async ({ page }) => {
  const counts = await count(page);
  await dispatch(page, [{ type: "input", value: "100" }]);
  expect(await counts()).toEqual({ runs: 1, paints: 1 });
  await dispatch(page, [{ type: "input", value: "105" }]);
  expect(await counts()).toEqual({ runs: 2, paints: 2 });
});

test("the end of a movement runs and draws nothing again", async ({ page }) => {
  const counts = await count(page);
  await dispatch(page, [
    { type: "input", value: "100" },
    { type: "change", value: "100" },
  ]);
  expect(await counts()).toEqual({ runs: 1, paints: 1 });
});

test("of many events during a run the last is run, once", async ({ page }) => {
  const counts = await count(page);
  await dispatch(
    page,
    ["100", "105", "110", "115", "120"].map((value) => ({ type: "input", value })),
  );
  const { runs, paints } = await counts();
  expect(runs).toBe(2);
  expect(paints).toBeLessThanOrEqual(2);
  const rate = await page.evaluate(() => window.clauseworth?.store.state.set["demand.lines.chatgpt.growth"]);
  expect(rate).toBe(1.2);
});

test("a figure out of sight is drawn once, when the page rests", async ({ page }) => {
  const ledger = page.locator("cw-ledger");
  await expect(ledger).not.toBeInViewport();
  await ledger.evaluate((figure) => {
    const counts = { paints: 0 };
    Object.assign(figure, { updated: () => (counts.paints += 1) });
    Object.assign(window, { counts });
  });
  const paints = () => page.evaluate(() => /** @type {{ counts: { paints: number } }} */ (/** @type {unknown} */ (window)).counts.paints);
  const before = await ledger.locator("table").innerText();
  await dispatch(page, ["100", "110", "120"].map((value) => ({ type: "input", value })));
  await expect.poll(paints).toBe(1);
  expect(await ledger.locator("table").innerText()).not.toBe(before);
  expect(await paints()).toBe(1);
});

test("a screen reader is told once, after the page has settled", async ({ page }) => {
  await page.evaluate(() => {
    const told = { times: 0 };
    const live = /** @type {HTMLElement} */ (document.getElementById("live"));
    new MutationObserver(() => {
      told.times += 1;
    }).observe(live, { childList: true, characterData: true, subtree: true });
    Object.assign(window, { told });
  });
  await dispatch(page, ["100", "110", "120"].map((value) => ({ type: "input", value })));
  const times = () =>
    page.evaluate(() => /** @type {{ told: { times: number } }} */ (/** @type {unknown} */ (window)).told.times);
  await expect.poll(times).toBe(1);
  await expect(page.locator("#live")).toContainText("Microsoft");
  // Another movement is another telling: between the two there was no second of the first.
  const first = await page.locator("#live").textContent();
  await dispatch(page, [{ type: "input", value: "60" }]);
  await expect(page.locator("#live")).not.toHaveText(first ?? "");
  expect(await times()).toBe(2);
});

/**
 * Counts, from here on, how often the engine is asked each thing, and how often the curve of AGI is drawn.
 * @param {Page} page
 */
async function countQuestions(page) {
  await card(page, "agi").show();
  await page.evaluate(() => {
    const { engine } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    const counts = { runs: 0, curves: 0, drawings: 0, together: 0, rates: /** @type {unknown[]} */ ([]) };
    let waiting = 0;
    const [run, agiCurve] = [engine.run.bind(engine), engine.agiCurve.bind(engine)];
    engine.run = (request) => {
      if (!("agi.year" in (request.set ?? {}))) counts.runs += 1;
      return run(request);
    };
    engine.agiCurve = async (request) => {
      counts.curves += 1;
      counts.rates.push(request.set?.["demand.lines.chatgpt.growth"]);
      waiting += 1;
      counts.together = Math.max(counts.together, waiting);
      try {
        return await agiCurve(request);
      } finally {
        waiting -= 1;
      }
    };
    Object.assign(/** @type {object} */ (document.querySelector("cw-agi")), { updated: () => (counts.drawings += 1) });
    Object.assign(window, { counts });
  });
  return () =>
    page.evaluate(
      () =>
        /** @type {{ counts: { runs: number, curves: number, drawings: number, together: number, rates: unknown[] } }} */ (
          /** @type {unknown} */ (window)
        ).counts,
    );
}

test("a card in view is asked once for a movement, and drawn once", async ({ page }) => {
  const counts = await countQuestions(page);
  await dispatch(page, [
    { type: "input", value: "100" },
    { type: "change", value: "100" },
  ]);
  await expect.poll(async () => (await counts()).drawings).toBe(1);
  await card(page, "agi").settle();
  const { runs, curves, drawings } = await counts();
  expect({ runs, curves, drawings }).toEqual({ runs: 1, curves: 1, drawings: 1 });
});

test("of the states that a slider passes through, a card is asked for few, one at a time, and for the last", async ({ page }) => {
  const counts = await countQuestions(page);
  const values = Array.from({ length: 24 }, (_, i) => String(60 + i * 5));
  // Several states in one turn of the page, as a slider that is dragged passes through more of them than are answered.
  for (let i = 0; i < values.length; i += 8) {
    await dispatch(page, values.slice(i, i + 8).map((value) => ({ type: "input", value })));
  }
  await expect.poll(async () => (await counts()).rates.at(-1)).toBe(1.75);
  await card(page, "agi").settle();
  const { curves, together, rates } = await counts();
  expect(together).toBe(1);
  // The first and the last of each turn at most.
  expect(curves).toBeLessThanOrEqual(6);
  expect(new Set(rates).size).toBe(rates.length);
});

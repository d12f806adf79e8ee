// What the tests do with draws: how many threads there are, and every result that the page is given.
import { expect } from "@playwright/test";
import { PATIENCE, card, open } from "./page.js";

/** @import { Page } from "@playwright/test" */

/**
 * How many cores the page is told that there are; null forbids workers.
 * @param {Page} page
 * @param {number | null} cores
 */
export const withCores = (page, cores) =>
  page.addInitScript((count) => {
    Object.defineProperty(navigator, "hardwareConcurrency", { value: count ?? 8 });
    if (count !== null) return;
    Object.defineProperty(window, "Worker", {
      value: class {
        constructor() {
          throw new DOMException("Workers are not allowed here.", "SecurityError");
        }
      },
    });
  }, cores);

/**
 * Opens the page and keeps every result of draws, as text with all digits.
 * @param {Page} page
 * @param {string} [fragment]
 */
export async function openDrawing(page, fragment = "") {
  await open(page, fragment);
  await page.evaluate(() => {
    const { desk } = /** @type {NonNullable<typeof window.clauseworth>} */ (window.clauseworth);
    /** @type {string[]} */
    const drawn = [];
    const keep = desk.drawn.bind(desk);
    // Numbers pass as text with all their digits: what carries them from the page would lose the sign of a zero.
    // The command line has some of the percentiles only.
    const exact = (/** @type {string} */ key, /** @type {unknown} */ value) => {
      if (key === "percentiles") return undefined;
      if (value instanceof Float64Array) return Array.from(value);
      return Object.is(value, -0) ? "-0" : value;
    };
    desk.drawn = (draw, answer) => {
      drawn.push(JSON.stringify({ request: draw.task.args[0], series: draw.series, answer }, exact));
      keep(draw, answer);
    };
    Object.assign(window, { drawn });
  });
  const zeros = (/** @type {string} */ _key, /** @type {unknown} */ value) => (value === "-0" ? -0 : value);
  /** @returns {Promise<{ request: unknown, series: string[], answer: import("./terminal.js").Json & { paths: number } }[]>} */
  return async () => {
    const texts = await page.evaluate(() => /** @type {{ drawn: string[] }} */ (/** @type {unknown} */ (window)).drawn);
    return texts.map((text) => JSON.parse(text, zeros));
  };
}

/**
 * How many workers the page has now.
 * @param {Page} page
 */
export const workers = (page) => page.workers().length;

/**
 * Brings the distributions into view, and waits until they are as fine as they become unasked.
 * @param {Page} page
 */
export async function showOutcome(page) {
  const { show, rest, place } = card(page, "outcome");
  await show();
  await expect(place.locator(".notes")).toContainText("16,384", { timeout: PATIENCE });
  await rest();
}

// The height of embeds where a browser does not follow it by itself: one kind of message, and a script of the page around.
import { expect, test } from "@playwright/test";
import { PAGE } from "../address.js";
import { article, authored, heights, iframe } from "./hosts.js";
import { PATIENCE } from "./page.js";

/** @import { Page } from "@playwright/test" */

/** Without `frame-sizing`, as in other browsers. */
const PLAIN = "width: 100%; border: 0; height: 300px";
const FRAME = `<script src="${PAGE}frame.js" async></script>`;

/** How high the first frame is. @param {Page} page */
const height = (page) => page.locator("iframe").first().evaluate((element) => element.clientHeight);

/**
 * A frame that says of itself what a test wants, and looks like an embed to the page around.
 * @param {string} script
 * @param {string} [name]
 */
const stranger = (script, name = "embed.html") =>
  `<iframe src="${authored(`<!doctype html><body style="margin:0"><script>${script}</script>`, { name })}" style="${PLAIN}"></iframe>`;

/**
 * Waits until so many more messages of heights have been heard, and what the script does of them has been laid out.
 * @param {Page} page
 * @param {number} count
 */
const heard = (page, count) =>
  page.evaluate(
    (left) =>
      new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
        const hear = (/** @type {MessageEvent} */ { data }) => {
          if (data?.clauseworth !== "height" || (left -= 1) > 0) return;
          removeEventListener("message", hear);
          requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
        };
        addEventListener("message", hear);
      }),
    count,
  );

/** Waits until the script is there. @param {Page} page */
const ready = (page) => page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/frame.js")));

test("the script makes a frame as high as its embed, in a sandbox too, and follows it", async ({ page }) => {
  await article(page, iframe("", { style: PLAIN }) + iframe("levers=none", { style: PLAIN, attributes: 'sandbox="allow-scripts"' }) + FRAME);
  for (const n of [0, 1]) {
    const frame = page.locator("iframe").nth(n).contentFrame();
    await expect(frame.locator("cw-clauses svg")).toBeVisible({ timeout: PATIENCE });
    await expect(async () => {
      const { outer, inner } = await heights(page, n);
      expect(outer).toBe(inner);
      expect(outer).toBeGreaterThan(400);
    }).toPass();
    const closed = (await heights(page, n)).outer;
    await frame.locator("cw-clauses summary").last().click();
    await expect.poll(async () => (await heights(page, n)).outer).toBeGreaterThan(closed + 100);
    await frame.locator("cw-clauses summary").last().click();
    await expect.poll(async () => (await heights(page, n)).outer).toBeLessThan(closed + 80);
  }
});

test("it leaves a frame alone that follows its content by itself", async ({ page }) => {
  await article(page, iframe("levers=none") + FRAME);
  await expect(page.locator("iframe").contentFrame().locator("cw-clauses svg")).toBeVisible({ timeout: PATIENCE });
  await ready(page);
  const closed = await height(page);
  await page.locator("iframe").contentFrame().locator("cw-clauses summary").last().click();
  await expect.poll(() => height(page)).toBeGreaterThan(closed + 100);
  expect(await page.locator("iframe").evaluate((element) => element.style.height)).toBe("");
});

test("it takes no height that cannot be one, and none from other frames", async ({ page }) => {
  const bad = ["NaN", "Infinity", "-5", "0", '"600"', "1e9", "null", "{}"];
  const sent = bad.map((value) => `parent.postMessage({ clauseworth: "height", height: ${value} }, "*");`).join("");
  // Again and again: the script may come later than the frame.
  const post = `setInterval(() => { ${sent} }, 40);`;
  await article(page, stranger(post) + FRAME);
  await ready(page);
  await heard(page, 3 * bad.length);
  expect(await height(page)).toBe(300);

  const good = `setInterval(() => parent.postMessage({ clauseworth: "height", height: 700 }, "*"), 40)`;
  await article(page, stranger(good, "advert.html") + stranger(good) + FRAME);
  // The one beside it is followed, so the script is at work.
  await expect.poll(() => page.locator("iframe").nth(1).evaluate((element) => element.clientHeight)).toBe(700);
  await heard(page, 4);
  expect(await height(page)).toBe(300);
});

test("a frame that is as high as its window, and more, does not grow for ever", async ({ page }) => {
  const grow = `const say = () => parent.postMessage({ clauseworth: "height", height: innerHeight + 40 }, "*"); setInterval(say, 40);`;
  await article(page, stranger(grow) + FRAME);
  await expect.poll(() => height(page)).toBeGreaterThan(300);
  await heard(page, 15);
  const settled = await height(page);
  expect(settled).toBeLessThan(1000);
  await heard(page, 30);
  expect(await height(page)).toBe(settled);
  // A frame of another width has another content.
  await page.locator("iframe").evaluate((element) => (element.style.width = "50%"));
  await expect.poll(() => height(page)).toBeGreaterThan(settled);
});

test("an embed with something in it that is as high as its window does not grow", async ({ page }) => {
  await article(page, iframe("levers=none", { style: PLAIN }) + FRAME);
  const content = page.locator("iframe").contentFrame();
  await expect(content.locator("cw-clauses svg")).toBeVisible({ timeout: PATIENCE });
  await content.locator("#embed").evaluate((element) => {
    const tall = document.createElement("div");
    tall.style.height = "100vh";
    element.append(tall);
  });
  // It is done when it is the same over a second of frames.
  let first = 0;
  await expect(async () => {
    first = await height(page);
    await page.evaluate(() => new Promise((/** @type {(value: number) => void} */ resolve) => {
      let left = 60;
      const next = () => ((left -= 1) > 0 ? requestAnimationFrame(next) : resolve(0));
      next();
    }));
    expect(await height(page)).toBe(first);
  }).toPass();
  expect(first).toBeLessThan(4000);
});

test("the script is smaller than a kilobyte", async ({ request }) => {
  const response = await request.get(`${PAGE}frame.js`);
  expect((await response.body()).length).toBeLessThan(1000);
});

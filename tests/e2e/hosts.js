// Pages that embed something, as an author would write them: made here, of another origin unless said otherwise.
import { AUTHOR, PAGE } from "../address.js";

/** @import { FrameLocator, Page } from "@playwright/test" */

/**
 * The address of a document on an author's site.
 * @param {string} html
 * @param {{ policy?: string, name?: string }} [options] the name of the file
 */
export const authored = (html, { policy = "", name = "article.html" } = {}) =>
  `${AUTHOR}${name}?${new URLSearchParams({ html, ...(policy !== "" && { policy }) })}`;

/** What an author pastes where no scripts are allowed. */
export const SIZING = "width: 100%; border: 0; min-height: 12rem; frame-sizing: content-height";

/**
 * @param {string} [fragment]
 * @param {{ attributes?: string, style?: string }} [options]
 */
export const iframe = (fragment = "", { attributes = "", style = SIZING } = {}) =>
  `<iframe title="Figure" src="${PAGE}embed.html#${fragment}" style="${style}" ${attributes}></iframe>`;

/** The script of the elements, in an author's page. */
export const SCRIPT = `<script type="module" src="${PAGE}elements.js"></script>`;

/**
 * Opens an article with something in it.
 * @param {Page} page
 * @param {string} body
 * @param {{ head?: string, policy?: string, origin?: string }} [options] the origin where it is that of the embed itself
 */
export async function article(page, body, { head = "", policy = "", origin = "" } = {}) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An article</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>body { margin: 1rem auto; max-width: 42rem; padding: 0 1rem; font: 1.125rem/1.6 Georgia, serif; }</style>${head}</head>
    <body><main><h1>An article</h1>${body}</main></body></html>`;
  if (origin === "") {
    await page.goto(authored(html, { policy }));
  } else {
    await page.route(`${origin}/article.html`, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
    await page.goto(`${origin}/article.html`);
  }
}

/**
 * The frame of an embed.
 * @param {Page} page
 * @param {number} [n] which
 * @returns {FrameLocator}
 */
export const embed = (page, n = 0) => page.locator("iframe").nth(n).contentFrame();

/** What a frame holds, and how high it is. @param {Page} page @param {number} [n] */
export async function heights(page, n = 0) {
  const frame = page.locator("iframe").nth(n);
  const outer = await frame.evaluate((element) => element.clientHeight);
  const inner = await frame.contentFrame().locator("#embed").evaluate((element) => Math.ceil(element.getBoundingClientRect().height));
  return { outer, inner };
}

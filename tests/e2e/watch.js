// What a page does that its reader does not see: what it asks for, what its policy refuses, what goes wrong.

/** @import { BrowserContext } from "@playwright/test" */

/**
 * Watches every page of a context from its first moment.
 * @param {BrowserContext} context
 */
export async function watch(context) {
  /** @type {string[]} */
  const requests = [];
  /** What the policy refused, and what went wrong. @type {string[]} */
  const faults = [];
  context.on("request", (request) => requests.push(request.url()));
  context.on("console", (message) => {
    // Most tests are without a service worker, which is said as a warning.
    if (["error", "warning"].includes(message.type()) && !/blocked by Playwright/.test(message.text())) faults.push(message.text());
  });
  context.on("weberror", (error) => faults.push(error.error().message));
  await context.exposeBinding("refused", (_source, /** @type {string} */ what) => void faults.push(what));
  await context.addInitScript(() => {
    const { refused } = /** @type {{ refused: (what: string) => void }} */ (/** @type {unknown} */ (window));
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
      refused(`${violatedDirective}: ${blockedURI} ${sample}`),
    );
  });
  return { requests, faults };
}

/**
 * Whether something comes from a place, or was made by the page itself.
 * @param {string} url
 * @param {string} place what its address begins with
 */
export const isOwn = (url, place) => url.startsWith(place) || /^(blob|data):/.test(url);

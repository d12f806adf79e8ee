// A page without a policy, for tests that parse or decode what they were given as only a browser can.

/** @import { Page } from "@playwright/test" */

/**
 * What a function makes of its argument in an empty page.
 * @template {string | object} Argument
 * @template Result
 * @param {Page} page in whose browser
 * @param {(argument: Argument) => Result | Promise<Result>} read
 * @param {Argument} argument
 * @returns {Promise<Result>}
 */
export async function elsewhere(page, read, argument) {
  const other = await page.context().newPage();
  try {
    return /** @type {Result} */ (await other.evaluate(/** @type {any} */ (read), argument));
  } finally {
    await other.close();
  }
}

// What the tests do with the page, in the words of someone who uses it.
import { expect } from "@playwright/test";

/** @import { Locator, Page } from "@playwright/test" */

/**
 * Opens the page and waits until the figures are there.
 * @param {Page} page
 * @param {string} [fragment]
 */
export async function open(page, fragment = "") {
  await page.goto(fragment === "" ? "" : `#${fragment}`);
  await expect(page.locator("cw-ledger table")).toBeVisible();
  await expect(metric(page, "backer.npv")).not.toBeEmpty();
}

/**
 * The value of a headline figure.
 * @param {Page} page
 * @param {string} id
 */
export const metric = (page, id) => page.locator(`cw-side [data-metric="${id}"] .value`);

/** The headline figures of both sides. */
export const HEADLINE = [
  "backer.npv",
  "backer.irr_since_inception",
  "backer.moic",
  "backer.peak_exposure",
  "lab.npv",
  "lab.funding_gap",
  "lab.dilution",
  "lab.lowest_cash",
];

/** @param {Page} page */
export const headline = (page) => Promise.all(HEADLINE.map((id) => metric(page, id).innerText()));

/**
 * @param {Page} page
 * @param {string} path
 */
export function lever(page, path) {
  const element = page.locator(`cw-lever[data-path="${path}"]`);
  return {
    element,
    slider: element.getByRole("slider"),
    box: element.getByRole("spinbutton"),
    never: element.getByRole("checkbox"),
    toggle: element.getByRole("switch"),
    reset: element.getByRole("button", { name: /^Reset/ }),
    /** Opens the theme that the lever belongs to. */
    async reveal() {
      const theme = page.locator("details.theme", { has: element });
      if (!(await theme.evaluate((details) => details instanceof HTMLDetailsElement && details.open))) {
        await theme.locator("summary").click();
      }
    },
  };
}

/**
 * Types a value into a lever's number box.
 * @param {Page} page
 * @param {string} path
 * @param {string} value as it is displayed
 */
export async function type(page, path, value) {
  const { reveal, box } = lever(page, path);
  await reveal();
  await box.fill(value);
  await box.press("Tab");
}

/**
 * A link without the answer that it states.
 * @param {string} link
 */
export const bare = (link) => link.replace(/&model=[^&#]*&said=[-\d.,]+/, "").replace(/#v=1$/, "");

/** What the address says of the state, and of what is picked. @param {Page} page */
export const fragment = (page) => bare(new URL(page.url()).hash);

/**
 * A button of the toolbar.
 * @param {Page} page
 * @param {"undo" | "redo" | "reset" | "theme"} name
 * @returns {Locator}
 */
export const button = (page, name) => page.locator(`cw-toolbar button#${name}`);

/**
 * A list of what is to be chosen.
 * @param {Page} page
 * @param {0 | 1} which the agreement or the scenario
 */
export const picker = (page, which) => page.locator("cw-picker select").nth(which);

/** The cards, in the order in which they are read. */
export const CARDS = /** @type {const} */ ([
  "clauses",
  "payments",
  "agi",
  "outcome",
  "fan",
  "tornado",
  "heat",
  "solve",
  "compare",
  "funding",
  "infrastructure",
]);

/** What is drawn may take seconds, on a machine that does other things too. */
export const PATIENCE = 30_000;

/** The draws after which a card is not refined unasked: so many, or as many as its reader asked for. */
const REFINED = /16,384|65,536/;

/**
 * A card: something that the page asks the engine beyond a run.
 * @param {Page} page
 * @param {typeof CARDS[number]} id
 */
export function card(page, id) {
  const place = page.locator(`cw-place[data-card="${id}"]`);
  /** Waits until the card shows the state of the figures. */
  async function settle() {
    // What is being done to the page is seen in the next frame.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await expect(place).toHaveJSProperty("filled", true, { timeout: PATIENCE });
    await expect(place).not.toHaveAttribute("settling", { timeout: PATIENCE });
  }
  return {
    place,
    heading: place.getByRole("heading", { level: 2 }),
    picture: place.locator(".plot svg").first(),
    fault: place.locator(".fault"),
    settle,
    /** Waits until nothing more is drawn for it. */
    async rest() {
      await settle();
      // What is drawn unasked is refined in steps, with a pause between them.
      if (id === "outcome" || id === "fan") await expect(place.locator(".notes")).toContainText(REFINED, { timeout: PATIENCE });
      await expect(place).toHaveJSProperty("wait", null, { timeout: PATIENCE });
    },
    /** Goes there, and waits until it shows the state of the figures. */
    async show() {
      await place.evaluate((element) => element.scrollIntoView({ block: "start" }));
      await settle();
    },
    /** Opens the table, and waits until it is there. */
    async openTable() {
      await place.locator("summary").last().click();
      await expect(place.locator("details table").last()).toBeVisible();
    },
  };
}

// For everyone: keyboard, screen readers, small screens, light and dark, print.
import { expect, test } from "@playwright/test";
import { violations } from "./axe.js";
import { CARDS, PATIENCE, button, card, fragment, lever, metric, open } from "./page.js";

/** @import { Page } from "@playwright/test" */

/** Every state of the page that looks different. */
const views = [
  { name: "the base case", fragment: "" },
  { name: "a changed page", fragment: "v=1&scenario=weak-demand&clauses.equity.fraction=0.4&agi.year=never" },
  { name: "a link with unknown keys", fragment: "v=1&agi.yeer=2028" },
  { name: "another agreement", fragment: "v=1&deal=microsoft-openai-2023" },
];

/**
 * Brings every card to the page, and opens everything that can be opened.
 * @param {Page} page
 */
async function unfold(page) {
  for (const id of CARDS) await card(page, id).show();
  const closed = page.locator("details:not([open])");
  // Within what is opened there may be more to open.
  while ((await closed.count()) > 0) {
    await closed.evaluateAll((all) => {
      for (const each of all) if (each instanceof HTMLDetailsElement) each.open = true;
    });
  }
  for (const id of CARDS) await card(page, id).show();
}

/** The other things that each card can show. @type {Record<string, string[]>} */
const OTHER_VIEWS = {
  clauses: ["If it alone goes"],
  agi: ["Microsoft, clause by clause"],
  tornado: ["All together", "One at a time"],
  solve: ["Break even", "Fair terms"],
  compare: ["Clauses, for Microsoft", "Clauses, for OpenAI’s other owners"],
};

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [320, 768, 1440]) {
    test(`nothing is wider than the screen, ${width} px, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      for (const view of views) {
        await page.goto("about:blank");
        await open(page, view.fragment);
        await unfold(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, view.name).toBeLessThanOrEqual(width);
      }
    });
  }

  for (const view of views) {
    test(`axe finds nothing in ${view.name}, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      await open(page, view.fragment);
      await unfold(page);
      expect(await violations(page)).toEqual([]);
    });
  }

  for (const [index, width] of [320, 1280].entries()) {
    test(`axe finds nothing in what else the cards show, ${width} px, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await open(page, index === 0 ? "v=1&clauses.revenue-share.rate=0.1&agi.year=2029" : "");
      const most = Math.max(...Object.values(OTHER_VIEWS).map((names) => names.length));
      for (let i = 0; i < most; i += 1) {
        for (const [id, names] of Object.entries(OTHER_VIEWS)) {
          const { place, show } = card(page, /** @type {typeof CARDS[number]} */ (id));
          await show();
          await place.getByRole("radio", { name: names[i] ?? names[0] ?? "", exact: true }).check();
        }
        const { place: plane, show } = card(page, "heat");
        await show();
        // A plane that parts at nothing, and one with quantities of other kinds along its sides.
        await plane.getByRole("combobox").first().selectOption(i === 0 ? "lab.dilution" : "backer.npv");
        await plane.getByRole("combobox").last().selectOption("agi.year");
        await unfold(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect(await violations(page)).toEqual([]);
      }
    });
  }
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe finds nothing in what is drawn when the reader asks for it, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width: colorScheme === "light" ? 320 : 1280, height: 800 });
    await page.emulateMedia({ colorScheme });
    await open(page, "v=1&clauses.revenue-share.rate=0.1");
    const tornado = card(page, "tornado");
    await tornado.show();
    await tornado.place.getByRole("radio", { name: "All together" }).check();
    await tornado.place.getByRole("button", { name: "Leave the correlations out" }).click();
    await expect(tornado.picture.locator(".whisker").first()).toBeVisible({ timeout: PATIENCE });
    const solve = card(page, "solve");
    await solve.show();
    await solve.place.getByRole("radio", { name: "Get a chance" }).check();
    await expect(solve.picture.locator(".sure")).toBeVisible({ timeout: PATIENCE });
    const compare = card(page, "compare");
    await compare.show();
    await compare.place.getByRole("radio", { name: "How sure" }).check();
    await expect(compare.place.locator(".spread .median").first()).toBeVisible({ timeout: PATIENCE });
    for (const { place } of [tornado, solve, compare]) {
      await place.evaluate((element) => {
        for (const details of element.querySelectorAll("*")) {
          for (const each of details.shadowRoot?.querySelectorAll("details") ?? []) each.open = true;
        }
      });
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
    expect(await violations(page)).toEqual([]);
  });
}

test("the keyboard alone sets a lever, reads a figure, undoes and resets", async ({ page }) => {
  await open(page);
  const base = await metric(page, "backer.npv").innerText();
  const stake = Number(await lever(page, "clauses.equity.fraction").box.inputValue());
  const focused = () =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const host = /** @type {ShadowRoot | undefined} */ (element?.getRootNode())?.host;
      return `${host instanceof HTMLElement ? (host.dataset["path"] ?? host.id ?? host.localName) : ""} ${element?.getAttribute("type") ?? element?.localName ?? ""} ${element?.id ?? ""}`;
    });
  /** @param {RegExp} what */
  const tabTo = async (what) => {
    for (let i = 0; i < 200; i += 1) {
      await page.keyboard.press("Tab");
      if (what.test(await focused())) return;
    }
    throw new Error(`Nothing like ${what} can be reached by the keyboard.`);
  };

  await tabTo(/^clauses\.equity\.fraction range/);
  const visible = await lever(page, "clauses.equity.fraction").slider.evaluate(
    (slider) => getComputedStyle(slider).outlineStyle !== "none",
  );
  expect(visible, "the focus can be seen").toBe(true);
  for (let i = 0; i < 8; i += 1) await page.keyboard.press("ArrowRight");
  await expect(metric(page, "backer.npv")).not.toHaveText(base);
  await expect.poll(() => fragment(page)).toBe(`#v=1&clauses.equity.fraction=${(stake + 8) / 100}`);
  await expect(lever(page, "clauses.equity.fraction").slider).toHaveAttribute("aria-valuetext", new RegExp(`${stake + 8}`));

  await page.keyboard.press("Control+z");
  await expect(lever(page, "clauses.equity.fraction").box).toHaveValue(String(stake + 7));

  await tabTo(/^flows range/);
  await page.keyboard.press("Home");
  await expect(page.locator("cw-stack#flows .readout h3")).toContainText("2025");

  await button(page, "reset").focus();
  await page.keyboard.press("Enter");
  await expect(metric(page, "backer.npv")).toHaveText(base);
});

test("the first stop of the keyboard leads to the figures, and keeps the link", async ({ page }) => {
  await open(page, "v=1&agi.year=2030");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("figures");
  await expect.poll(() => fragment(page)).toBe("#v=1&agi.year=2030");
});

test("the print has the figures and what was changed, and no levers", async ({ page }) => {
  await open(page, "v=1&agi.year=2030");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("cw-ledger table")).toBeVisible();
  await expect(page.locator(".changes")).toBeVisible();
  await expect(page.locator(".levers")).toBeHidden();
  await expect(button(page, "undo")).toBeHidden();
});

test("the print has the cards that show the state of the figures, and no others", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  await open(page);
  await card(page, "agi").show();
  await page.emulateMedia({ media: "print" });
  await expect(card(page, "agi").picture).toBeVisible();
  await expect(card(page, "compare").place.locator(".empty")).toBeHidden();
  await expect(card(page, "solve").place.getByRole("radio").first()).toBeHidden();
});

test("forced colours keep the levers and the figures", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(page);
  await expect(lever(page, "agi.year").slider).toBeVisible();
  await expect(page.locator("cw-stack#flows svg")).toBeVisible();
  for (const id of CARDS) {
    await card(page, id).show();
    await expect(card(page, id).picture).toBeVisible();
  }
});

// For everyone: keyboard, screen readers, small screens, light and dark, print.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, test } from "@playwright/test";
import { button, fragment, lever, metric, open } from "./page.js";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every state of the page that looks different. */
const views = [
  { name: "the base case", fragment: "" },
  { name: "a changed page", fragment: "v=1&scenario=weak-demand&clauses.equity.fraction=0.4&agi.year=never" },
  { name: "a link with unknown keys", fragment: "v=1&agi.yeer=2028" },
  { name: "another agreement", fragment: "v=1&deal=microsoft-openai-2023" },
];

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [320, 768, 1440]) {
    test(`nothing is wider than the screen, ${width} px, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      for (const view of views) {
        await page.goto("about:blank");
        await open(page, view.fragment);
        for (const summary of await page.locator("summary").all()) {
          const open = await summary.evaluate((element) => element.parentElement?.hasAttribute("open"));
          if (!open) await summary.click();
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, view.name).toBeLessThanOrEqual(width);
      }
    });
  }

  for (const view of views) {
    test(`axe finds nothing in ${view.name}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await open(page, view.fragment);
      for (const summary of await page.locator("summary").all()) {
        const open = await summary.evaluate((element) => element.parentElement?.hasAttribute("open"));
        if (!open) await summary.click();
      }
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const { axe } = /** @type {{ axe: typeof import("axe-core") }} */ (/** @type {unknown} */ (window));
        const result = await axe.run({
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        });
        return result.violations.map(({ id, nodes }) => ({ id, where: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`) }));
      });
      expect(violations).toEqual([]);
    });
  }
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

test("forced colours keep the levers and the figures", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(page);
  await expect(lever(page, "agi.year").slider).toBeVisible();
  await expect(page.locator("cw-stack#flows svg")).toBeVisible();
});

// What a browser really fetches for one embedded figure with its levers, against the budget that the build checks.
import { readFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { PATIENCE } from "./page.js";

const toml = await readFile(new URL("../../wasm-pack.toml", import.meta.url), "utf8");
const budget = Number(/embed-brotli-bytes = ([\d_]+)/.exec(toml)?.[1]?.replaceAll("_", ""));

for (const [figure, picture] of /** @type {const} */ ([
  ["clauses", "cw-clauses svg"],
  ["flows", "cw-stack svg"],
])) {
  test(`figure=${figure}: nothing but its own files, and no more than the budget`, async ({ page, context }) => {
    expect(budget).toBeGreaterThan(0);
    /** @type {Map<string, Promise<Buffer>>} */
    const fetched = new Map();
    context.on("response", (response) => {
      if (!fetched.has(response.url())) fetched.set(response.url(), response.body());
    });
    await page.goto(`embed.html#figure=${figure}`);
    await expect(page.locator(picture)).toBeVisible({ timeout: PATIENCE });
    await page.getByRole("slider").first().press("PageDown");
    await expect(page.locator(".verdict")).toContainText("Against the base case");
    const files = await Promise.all([...fetched].map(async ([url, body]) => ({ url, size: brotliCompressSync(await body).length })));
    const names = files.map(({ url }) => url.replace(/^.*\//, ""));
    expect(names.filter((name) => /^library-.*json$/.test(name))).toEqual([expect.stringMatching(/^library-bare-/)]);
    expect(names.filter((name) => /analysis|simulation|export|explain|icon/.test(name))).toEqual([]);
    expect(names.filter((name) => name.endsWith(".wasm"))).toHaveLength(1);
    const total = files.reduce((sum, { size }) => sum + size, 0);
    expect(total, files.map(({ url, size }) => `${size} ${url}`).join("\n")).toBeLessThanOrEqual(budget);
    expect(total).toBeGreaterThan(100_000);
  });
}

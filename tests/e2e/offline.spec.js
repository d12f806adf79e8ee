// The site without a network: on the device after the first visit, from a cold start, and never two builds at once.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { serviceWorker } from "../../www/build/finish.js";
import { serve } from "../static.js";
import { card, metric, lever } from "./page.js";

/** @import { Page } from "@playwright/test" */

test.use({ serviceWorkers: "allow" });
test.describe.configure({ mode: "serial" });

const built = fileURLToPath(new URL("../../target/site/", import.meta.url));
const WORKS_OFFLINE = "works without a network";
const NEWER = "A newer version of this page";

/**
 * A copy of the site on a host of its own, which can be changed and taken down.
 * @param {{ endings?: boolean }} options
 * @param {(host: { site: string, address: string, down: () => Promise<void>, release: (version: string) => Promise<void> }) => Promise<void>} use
 */
async function withHost(options, use) {
  const site = await mkdtemp(join(tmpdir(), "clauseworth-host-"));
  await cp(built, site, { recursive: true });
  const server = serve(site, "/a/folder/", 0, options);
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const down = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  /** @param {string} version */
  const release = async (version) => {
    const page = join(site, "index.html");
    const text = await readFile(page, "utf8");
    await writeFile(page, text.replace(/<title>[^<]*/, `<title>Release ${version}`));
    await writeFile(join(site, "sw.js"), await serviceWorker(site, version));
  };
  try {
    await use({ site, address: `http://127.0.0.1:${port}/a/folder/`, down, release });
  } finally {
    await down();
    await rm(site, { recursive: true, force: true });
  }
}

/** @param {Page} page */
const onDevice = (page) => expect(page.locator("footer")).toContainText(WORKS_OFFLINE, { timeout: 60_000 });

test("after the first visit the page starts cold without a network, and does all that it does", async ({ context, page }) => {
  test.slow();
  await withHost({}, async ({ address, down }) => {
    await page.goto(address);
    await onDevice(page);
    await page.close();
    await down();

    const cold = await context.newPage();
    await cold.goto(`${address}#v=1&agi.year=2029`);
    await expect(metric(cold, "backer.npv")).not.toBeEmpty();
    const rate = lever(cold, "clauses.revenue-share.rate");
    const before = await metric(cold, "backer.npv").innerText();
    await rate.slider.press("Home");
    await expect(metric(cold, "backer.npv")).not.toHaveText(before);
    // What the first visit had no use for: a card with the second module of the engine, and one with draws in workers.
    await card(cold, "tornado").show();
    await expect(card(cold, "tornado").picture).toBeVisible();
    await card(cold, "outcome").show();
    await expect(card(cold, "outcome").picture).toBeVisible();
  });
});

test("a host that redirects to addresses without endings is no hindrance", async ({ context, page }) => {
  test.slow();
  await withHost({ endings: false }, async ({ address, down }) => {
    await page.goto(address);
    await onDevice(page);
    await page.close();
    await down();
    const cold = await context.newPage();
    await cold.goto(address);
    await expect(metric(cold, "backer.npv")).not.toBeEmpty();
    for (const story of ["explainer", "explainer.html"]) {
      await cold.goto(address + story);
      await expect(cold.locator("h1")).toContainText("clause by clause");
    }
  });
});

test("a newer build is offered, taken when the reader says so, and other pages go on with theirs", async ({ context, page }) => {
  test.slow();
  await withHost({}, async ({ site, address, release }) => {
    await page.goto(address);
    await onDevice(page);
    const other = await context.newPage();
    await other.goto(address);
    await expect(metric(other, "backer.npv")).not.toBeEmpty();
    await onDevice(other);

    await release("9.9.9");
    await page.reload();
    await expect(page).not.toHaveTitle(/9\.9\.9/);
    const notice = page.locator("cw-notice", { hasText: NEWER });
    await expect(notice).toBeVisible({ timeout: 60_000 });
    await lever(page, "agi.year").slider.press("ArrowRight");
    await notice.getByRole("button").click();
    await expect(page).toHaveTitle(/9\.9\.9/);
    await expect(page).toHaveURL(/agi\.year=/);
    await expect(metric(page, "backer.npv")).not.toBeEmpty();

    // It was open all the while: nothing was reloaded under the reader's hands, and what it loads now is of its own build.
    await expect(other).not.toHaveTitle(/9\.9\.9/);
    await rm(join(site, "assets"), { recursive: true });
    await card(other, "heat").show();
    await expect(card(other, "heat").picture).toBeVisible();
  });
});

test("a host that has half of each build installs neither", async ({ page, context }) => {
  test.slow();
  await withHost({}, async ({ site, address, release }) => {
    await page.goto(address);
    await onDevice(page);
    await release("9.9.9");
    // The list is of the new build, and a file of it is not there yet.
    const file = join(site, "index.html");
    await writeFile(file, (await readFile(file, "utf8")).replace("9.9.9", "9.9.8"));
    await page.reload();
    const refused = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const found = new Promise((resolve) => {
        const follow = () => {
          const { installing } = registration;
          if (installing) installing.addEventListener("statechange", () => resolve(installing.state));
        };
        follow();
        registration.addEventListener("updatefound", follow);
      });
      await registration.update().catch(() => {});
      return found;
    });
    expect(refused).toBe("redundant");
    const again = await context.newPage();
    await again.goto(address);
    await expect(again).not.toHaveTitle(/Release/);
    await expect(again.locator("cw-notice", { hasText: NEWER })).toHaveCount(0);
    await expect(metric(again, "backer.npv")).not.toBeEmpty();
  });
});

test("a pinned version is a site of its own", async ({ page }) => {
  await withHost({}, async ({ address }) => {
    const { versions } = /** @type {{ versions: string[] }} */ (await (await page.request.get(`${address}versions.json`)).json());
    for (const version of versions) {
      /** @type {string[]} */
      const asked = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(`${address}v/${version}/`);
      await expect(metric(page, "backer.npv")).not.toBeEmpty();
      for (const url of asked) expect(url).toContain(`/v/${version}/`);
    }
  });
});

test("it can be installed", async ({ page }) => {
  await withHost({}, async ({ address }) => {
    await page.goto(address);
    const manifest = /** @type {{ icons: { src: string, sizes: string, type: string }[], start_url: string, display: string }} */ (
      await (await page.request.get(`${address}manifest.webmanifest`)).json()
    );
    expect(manifest.display).toBe("standalone");
    for (const { src, sizes, type } of manifest.icons) {
      const [side] = sizes === "any" ? [null] : sizes.split("x").map(Number);
      const natural = await page.evaluate(async (address) => {
        const picture = new Image();
        picture.src = address;
        await picture.decode();
        return picture.naturalWidth;
      }, new URL(src, address).href);
      expect((await page.request.get(new URL(src, address).href)).headers()["content-type"]).toBe(type);
      if (side !== null) expect(natural).toBe(side);
    }
    const client = await page.context().newCDPSession(page);
    const { installabilityErrors } = /** @type {{ installabilityErrors: { errorId: string }[] }} */ (await client.send("Page.getInstallabilityErrors"));
    // A browser of tests has no profile that keeps things.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
  });
});

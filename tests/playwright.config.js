// The tests that only a browser can decide.
import { defineConfig } from "@playwright/test";
import { PAGE } from "./address.js";
import { launchOptions } from "./chromium.js";

export default defineConfig({
  testDir: "e2e",
  outputDir: "../target/playwright",
  fullyParallel: true,
  // Two browsers at once are as many as a small machine carries without timing out.
  workers: 2,
  // What is drawn may take as long as a third of it.
  timeout: 90_000,
  // A machine that is slow for a moment is no fault of the page; what passes only the second time is reported as flaky.
  retries: 1,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: "list",
  // The site is put on the device a moment after it was opened; only the tests of that want it.
  use: { baseURL: PAGE, launchOptions, serviceWorkers: "block" },
  webServer: { command: "node server.js", url: PAGE, reuseExistingServer: false },
});

// The tests of the packed package, in the programs that use it; `cargo xtask test packages` puts them together first.
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./chromium.js";

export default defineConfig({
  testDir: "consumers",
  outputDir: "../target/playwright-consumers",
  workers: 1,
  retries: 1,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: "list",
  use: { launchOptions },
});

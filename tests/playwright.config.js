// The tests that only a browser can decide. Chromium is the system's: set CHROMIUM to use another.
import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { PAGE } from "./address.js";

const candidates = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
if (executablePath === undefined) {
  throw new Error("No Chromium was found. Install it with the system's package manager, or set CHROMIUM to its program.");
}

export default defineConfig({
  testDir: "e2e",
  outputDir: "../target/playwright",
  fullyParallel: true,
  // Two browsers at once are as many as a small machine carries without timing out.
  workers: 2,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: "list",
  use: {
    baseURL: PAGE,
    launchOptions: {
      executablePath,
      args: [
        // Root, as in a container, has no sandbox to give.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
      ],
    },
  },
  webServer: { command: "node server.js", url: PAGE, reuseExistingServer: false },
});

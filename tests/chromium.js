// The browser of the tests and the measurements: the system's Chromium. Set CHROMIUM to use another.
import { existsSync } from "node:fs";

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

/** How it is started. */
export const launchOptions = {
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
};

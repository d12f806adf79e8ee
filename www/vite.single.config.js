// The page as one file, beside the others: what a reader keeps, sends, and opens with a double click.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { singleFile } from "./build/single.js";
import site from "./vite.config.js";

/** @param {string} path */
const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The version of the workspace, which is that of the engine and of the command line. */
const version = /^version = "(.+)"$/m.exec(readFileSync(fromHere("../Cargo.toml"), "utf8"))?.[1] ?? "";

const shared = {
  mode: "single",
  root: fromHere("."),
  base: "./",
  configFile: /** @type {const} */ (false),
  publicDir: /** @type {const} */ (false),
  logLevel: /** @type {const} */ ("warn"),
  resolve: site.resolve ?? {},
  build: { ...site.build, manifest: false, emptyOutDir: false, cssCodeSplit: false, modulePreload: /** @type {const} */ (false) },
};

const { configFile: _configFile, ...config } = shared;

export default defineConfig({
  ...config,
  build: { ...shared.build, rolldownOptions: { input: fromHere("index.html"), output: { codeSplitting: false } } },
  plugins: singleFile(shared, { name: "clauseworth.html", icon: fromHere("public/icon.svg"), version }),
});

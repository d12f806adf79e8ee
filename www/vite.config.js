// The page is bundled into static files that work from any folder of any host: every address in them is relative.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { bareLibrary } from "./build/library.js";
import { plainImports } from "./build/imports.js";
import { contentSecurityPolicy } from "./build/policy.js";
import { stableNames } from "./build/stable-names.js";
import { shortTemplates } from "./build/templates.js";

/** @param {string} path */
const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));

// `light-dark()` and nesting are kept as written: these versions understand both, and the polyfilled form costs a quarter more.
const browsers = ["chrome123", "safari17.5", "firefox120"];

/** What the page and the embeds have in common before any figure, and what most figures have in common. */
const CORE =
  /node_modules.(lit-element|@lit|lit.(index|decorators)|lit-html.(lit-html|is-server|directive\.|directives.(live|guard)))|www.(session|levers|cards.(desk|drawn)|engine.(client|open|workers|assets|errors|questions|scheduler)|trusted|state.|format.|strings.(en|index)|elements.(lever|place|properties)|figures.(answer|context|levers|names|spread))(\.|\/|$)|styles.shared/;
const EMBEDDED = /www.embed.(member|model|group|figures?|lever|engine|pairs)\.|www.figures.lever\.|www.strings.(en-)?embed\.|www.embed.cards.answer\./;
const DRAWING = /www.(elements.figure.(figure|menu|near|ghost|mark|reading)\.|charts.(plot|scale|ticks|lines))/;
/** What the figures of which something can be chosen have in common. */
const CHOOSING = /www.(elements.figure.controls|figures.(picks|price)|charts.wrap)\./;
const PAIRS = /www.(elements.clauses.clauses|figures.clauses|charts.bars)\./;
const STACKS = /www.(elements.stack.stack|figures.stack|charts.(columns|clip))\./;
const FLOWS = /www.(figures.flows|strings.(en-)?flows)\./;

/** The scripts that other pages name: their addresses stay, and what they load has the hash. */
const STABLE = ["elements", "frame"];

export default defineConfig({
  root: fromHere("."),
  base: "./",
  resolve: {
    alias: {
      "clauseworth-wasm": fromHere("../target/pkg/clauseworth_wasm.js"),
      "clauseworth-analysis": fromHere("../target/pkg/clauseworth_analysis.js"),
      "clauseworth-simulation": fromHere("../target/pkg/clauseworth_simulation.js"),
      "clauseworth-simulation-plain": fromHere("../target/pkg/clauseworth_simulation_plain.js"),
    },
  },
  server: { fs: { allow: [fromHere("."), fromHere("../target/pkg")] } },
  worker: { format: "es" },
  build: {
    outDir: fromHere("../target/site"),
    emptyOutDir: true,
    manifest: true,
    target: browsers,
    cssTarget: browsers,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The strict policy below allows no data: addresses, so nothing is inlined as one.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        index: fromHere("index.html"),
        embed: fromHere("embed.html"),
        explainer: fromHere("explainer.html"),
        elements: fromHere("embed/elements.js"),
        frame: fromHere("embed/frame.js"),
        early: fromHere("embed/early.js"),
      },
      output: {
        entryFileNames: ({ name }) => (STABLE.includes(name) ? "[name].js" : "assets/[name]-[hash].js"),
        // What every embed needs is one file, since one compresses better than thirty.
        codeSplitting: {
          groups: [
            { name: "core", test: CORE, priority: 3 },
            { name: "embedded", test: EMBEDDED, priority: 2 },
            { name: "drawing", test: DRAWING, priority: 1 },
            { name: "choosing", test: CHOOSING, priority: 1 },
            { name: "pairs", test: PAIRS, priority: 1 },
            { name: "stacks", test: STACKS, priority: 1 },
            { name: "flows", test: FLOWS, priority: 1 },
          ],
        },
      },
    },
  },
  plugins: [
    bareLibrary(fromHere("../target/pkg/library.json"), fromHere("../target/pkg/library-bare.json")),
    contentSecurityPolicy(),
    plainImports(),
    shortTemplates(),
    stableNames({ "elements.js": "/embed/elements.js", "frame.js": "/embed/frame.js" }),
  ],
});

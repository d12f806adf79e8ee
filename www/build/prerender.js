// A step of the build, once Vite has written the site: the base case of every embed, drawn by the engine in Node and written into
// `embed.html`, into a document for each deal and figure, and into the page for readers without scripts.
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "vite";
import { purged } from "./purge.js";

/** @typedef {typeof import("../prerender/index.js")} Prerender */
/** @typedef {Awaited<ReturnType<Prerender["openPrerender"]>>} Drawing */

/** @param {string} path */
const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What the page and an embed show that names no figure. */
const USUAL = "clauses";
/** What stands in their places in the documents that Vite writes. */
const PLACE = /(<div id="base-case"[^>]*>)[\s\S]*?(<\/div>)\s*(?=<\/main>)/;
const OF_THE_PAGE = /<noscript>[\s\S]*?<\/noscript>/;

/** The figures and templates as modules for Node. @returns {Promise<Prerender>} */
async function modules() {
  const folder = fromHere("../../target/prerender");
  await build({
    configFile: fromHere("../vite.config.js"),
    logLevel: "warn",
    plugins: [],
    ssr: { noExternal: true },
    build: {
      ssr: fromHere("../prerender/index.js"),
      outDir: folder,
      emptyOutDir: true,
      manifest: false,
      minify: false,
      cssMinify: "lightningcss",
      copyPublicDir: false,
      rolldownOptions: { input: fromHere("../prerender/index.js"), output: { entryFileNames: "index.mjs", chunkFileNames: "[name].mjs", codeSplitting: false }, checks: { pluginTimings: false } },
    },
  });
  // What a module asks of the browser when it is loaded.
  Object.assign(globalThis, { navigator: globalThis.navigator ?? {}, CSSStyleSheet: globalThis.CSSStyleSheet });
  return import(`${pathToFileURL(join(folder, "index.mjs"))}?${Date.now()}`);
}

/** @param {string} site */
export async function prerender(site) {
  const { openPrerender } = await modules();
  const drawing = await openPrerender(fromHere("../../target/pkg"));
  const read = (/** @type {string} */ file) => readFile(join(site, file), "utf8");
  const frame = await read("embed.html");
  const page = await read("index.html");
  const manifest = JSON.parse(await read(".vite/manifest.json"));
  const early = manifest["embed/early.js"].file;
  const document = { frame, early, drawing };
  await rm(join(site, "embed"), { recursive: true, force: true });
  const [first = ""] = drawing.deals;

  for (const deal of drawing.deals) {
    await mkdir(join(site, "embed", deal), { recursive: true });
    for (const figure of drawing.figures) {
      const { markup, styles: whole } = await drawing.baseCase(deal, figure);
      const styles = purged(whole, `<main class="figures">${markup}<footer>`);
      const sheet = `assets/base-${figure}-${createHash("sha256").update(styles).digest("base64url").slice(0, 8)}.css`;
      await writeFile(join(site, sheet), styles);
      const about = { deal, figure, markup, sheet };
      await writeFile(join(site, "embed", deal, `${figure}.html`), documentOf(about, "../../", document));
      if (deal !== first || figure !== USUAL) continue;
      await writeFile(join(site, "embed.html"), documentOf(about, "./", document));
      await writeFile(join(site, "index.html"), page.replace(OF_THE_PAGE, () => noScript(about)));
    }
  }
}

/**
 * An embed with a base case.
 * @param {{ deal: string, figure: string, markup: string, sheet: string }} about
 * @param {string} root where the site is, from there
 * @param {{ frame: string, early: string, drawing: Drawing }} document
 */
function documentOf({ deal, figure, markup, sheet }, root, { frame, early, drawing }) {
  const { footer, open, newTab, deals } = drawing;
  const data = `data-root="${root}" data-deal="${deal}" data-figure="${figure}" data-deals="${deals.join(" ")}"`;
  const link = `<a href="${root}#deal=${deal}" target="_blank" rel="noopener" aria-label="${open} (${newTab})">${open} ↗</a>`;
  return frame
    .replace("<html", () => `<html ${data}`)
    .replace(PLACE, (_, start, end) => `${start}${markup}${end}\n<footer><p><span>${footer}</span> ${link}</p></footer>`)
    .replace("</title>", () => `</title>\n    <script src="./${early}"></script>\n    <link rel="stylesheet" href="./${sheet}">`)
    .replaceAll(/(src|href)="\.\/(?=assets)/g, (_, name) => `${name}="${root}`);
}

/**
 * The page without scripts: the same base case, and what else there is to know.
 * @param {{ markup: string, sheet: string }} about
 */
function noScript({ markup, sheet }) {
  const rest = markup.replace(/<p class="stated unstarted">[\s\S]*?<\/p>/, "");
  const controls = /<section class="levers"[\s\S]*?<\/section>/;
  return `<noscript><link rel="stylesheet" href="./${sheet}"><div id="base-case">${rest.replace(controls, "")}</div></noscript>`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { site: { type: "string" } } });
  await prerender(values.site ?? fromHere("../../target/site"));
}

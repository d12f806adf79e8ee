// What leaves the page, put together: a picture or a table of a figure, and the deal as a workbook, a deal file, a citation or a link.
// This module and all that it needs are loaded when something is first taken.
import { strings } from "../strings/export.js";
import { csvOf } from "./csv.js";
import { copy, download, share } from "./deliver.js";
import { fileName, stampOf } from "./stamp.js";

/** @import { FigureElement } from "../elements/figure/figure.js" */
/** @import { FigureData, Table } from "../figures/context.js" */
/** @import { Outlet } from "./stamp.js" */

/** @typedef {FigureElement<FigureData>} Figure */
/** Something with a table and no picture. @typedef {HTMLElement & { data: { heading: string, table: () => Table } | null }} Tabular */

/** So long a figure may lag behind before it is said that it does. */
const PATIENCE = 10_000;

/**
 * @param {string} kind
 * @param {EventTarget | null} target the figure, or what else asked for it
 * @param {Outlet} outlet
 * @returns {Promise<string>} what became of it, in words
 */
export async function save(kind, target, outlet) {
  if (target instanceof HTMLElement && "data" in target) return saveFigure(kind, /** @type {Figure} */ (target), outlet);
  switch (kind) {
    case "link":
      return copyLink(outlet);
    case "share":
      return (await share({ title: document.title, url: outlet.link })) ? strings.shared : strings.notShared;
    case "cite":
      return cite(outlet);
    case "workbook": {
      const { workbook } = await import("./workbook.js");
      return keep(await workbook(outlet, strings), fileName(outlet, "", "xlsx"));
    }
    case "json":
    case "toml":
      return saveDeal(kind, outlet);
    default:
      throw new Error(`There is nothing called "${kind}" to be saved.`);
  }
}

/**
 * @param {string} kind
 * @param {Figure} figure
 * @param {Outlet} outlet
 */
async function saveFigure(kind, figure, outlet) {
  // What is stamped on a figure is of the state of the page, and so must be what it shows.
  if (!(await hasCaughtUp(figure))) return strings.behind;
  const { data } = figure;
  if (data === null) return strings.behind;
  const stamp = stampOf(outlet, strings);
  const name = nameOf(figure);
  if (kind === "csv") {
    const words = { source: strings.csvSource, stamp: stamp.source, none: outlet.shown.strings.none };
    return keep(new Blob([csvOf(data.table(), words)], { type: "text/csv" }), fileName(outlet, name, "csv"));
  }
  const [{ withStill }, { drawingOf }] = await Promise.all([import("./still.js"), import("./drawing.js")]);
  const about = { title: data.heading, description: data.description, source: `${stamp.source}. ${stamp.assumptions} ${stamp.caveat}` };
  const drawing = await withStill(figure, stamp, (frame) => drawingOf(frame, about));
  if (kind === "svg") return keep(new Blob([drawing.svg], { type: "image/svg+xml" }), fileName(outlet, name, "svg"));
  const { pngOf } = await import("./raster.js");
  const picture = await pngOf(drawing);
  const file = fileName(outlet, name, "png");
  if (kind !== "share") return keep(picture, file);
  const picked = { files: [new File([picture], file, { type: picture.type })], title: data.heading, text: outlet.link };
  return (await share(picked)) ? strings.shared : strings.notShared;
}

/** @param {Figure} figure */
async function hasCaughtUp(figure) {
  const place = /** @type {(HTMLElement & { settling: boolean, fault: unknown }) | null} */ (figure.closest("cw-place"));
  const end = performance.now() + PATIENCE;
  while (place?.settling && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  await figure.updateComplete;
  return !place || (!place.settling && place.fault === null);
}

/**
 * How a figure is called in the name of a file.
 * @param {Figure} figure
 */
const nameOf = (figure) =>
  /** @type {HTMLElement | null} */ (figure.closest("cw-place"))?.dataset["card"] ?? (figure.id || figure.localName.replace(/^cw-/, ""));

/**
 * @param {"json" | "toml"} kind
 * @param {Outlet} outlet
 */
async function saveDeal(kind, outlet) {
  const { shown } = outlet;
  const [{ dealFile }, files] = await Promise.all([import("./deal-file.js"), outlet.files()]);
  const library = Object.fromEntries(files.map((file) => [String(file["id"]), file]));
  const tree = dealFile({ library, info: shown.info, state: shown.state }, strings.deal);
  const file = fileName(outlet, "", kind);
  if (kind === "json") {
    keep(new Blob([`${JSON.stringify(tree, null, 2)}\n`], { type: "application/json" }), file);
  } else {
    const { stringify } = await import("smol-toml");
    const { assumptions, caveat, source } = stampOf(outlet, strings);
    const head = [assumptions, caveat, source].map((line) => `# ${line}\n`).join("");
    keep(new Blob([`${head}\n${stringify(tree)}`], { type: "application/toml" }), file);
  }
  const { without } = shown.state;
  return without.length === 0 ? strings.saved(file) : `${strings.saved(file)}. ${strings.without(without)}`;
}

/** @param {Outlet} outlet */
async function copyLink({ link }) {
  if (await copy(link)) return strings.copied;
  await showTexts(strings.cite.linkTitle, [{ label: strings.cite.link, text: link }]);
  return "";
}

/** @param {Outlet} outlet */
async function cite(outlet) {
  const { citations } = await import("./cite.js");
  const { text, bibtex } = citations(outlet, strings);
  await showTexts(strings.cite.title, [
    { label: strings.cite.text, text },
    { label: strings.cite.bibtex, text: bibtex },
  ]);
  return "";
}

/**
 * Texts to be copied, in a dialog.
 * @param {string} heading
 * @param {{ label: string, text: string }[]} texts
 */
async function showTexts(heading, texts) {
  const { CopyDialog } = await import("../elements/copy/copy.js");
  const dialog = new CopyDialog();
  Object.assign(dialog, { heading, texts });
  document.body.append(dialog);
}

/**
 * @param {Blob} content
 * @param {string} file
 */
function keep(content, file) {
  download(content, file);
  return strings.saved(file);
}

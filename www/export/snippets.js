// What an author pastes to have figures in a page of their own, in four forms. Plain texts: nothing here knows a document.

/** @typedef {"frame" | "script" | "elements" | "link"} Form */
/**
 * @typedef {object} Wish
 * @property {Form} form
 * @property {boolean} pinned whether it names one version for ever
 * @property {string} deal
 * @property {string} state as a link says it, without the deal
 * @property {readonly string[]} figures
 * @property {boolean} drawn whether the first of them has a document with its base case
 * @property {readonly string[] | null} levers null for those that the figures recommend
 * @property {"auto" | "light" | "dark"} theme
 * @property {boolean} sentence
 */
/**
 * @typedef {object} About
 * @property {string} page the address of the page that is open, in whichever version
 * @property {string} version
 * @property {Readonly<Record<string, string>>} integrity of the scripts, by their names
 * @property {readonly string[]} recommended levers
 * @property {string} title
 */

/** What a frame may do: nothing but this. */
export const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";
/** So high is a frame where nothing tells it its height. */
export const HEIGHT = 640;

/** Elements have no ground of their own: what they stand on where they have colours that the page around may not have. */
const GROUNDS = { auto: "", light: ";padding:1rem;background:#fcfcfa", dark: ";padding:1rem;background:#121518" };

/**
 * Where the site is, and where its pinned version.
 * @param {string} page
 * @param {string} version
 */
export function placesOf(page, version) {
  const here = new URL("./", page);
  here.search = "";
  here.hash = "";
  const live = here.href.replace(/\/v\/[^/]+\/$/, "/");
  return { live, pinned: `${live}v/${version}/` };
}

/**
 * The address of an embed. The document is that of its deal and its first figure, so that the right one stands there, too, where
 * scripts are off.
 * @param {string} base where the site is
 * @param {Wish} wish
 */
export function embedAddress(base, { deal, state, figures, drawn, levers, theme, sentence }) {
  const [first = "clauses"] = figures;
  const said = [
    ...(drawn ? [] : [`deal=${encodeURIComponent(deal)}`]),
    ...(state === "" ? [] : [state]),
    ...(figures.length > 1 || !drawn ? [`figure=${figures.join(",")}`] : []),
    ...(levers === null ? [] : [`levers=${levers.length === 0 ? "none" : levers.join(",")}`]),
    ...(theme === "auto" ? [] : [`theme=${theme}`]),
    ...(sentence ? [] : ["sentence=no"]),
  ].join("&");
  const document = drawn ? `embed/${encodeURIComponent(deal)}/${encodeURIComponent(first)}.html` : "embed.html";
  return `${base}${document}${said === "" ? "" : `#${said}`}`;
}

/**
 * @param {Wish} wish
 * @param {About} about
 * @returns {string}
 */
export function snippet(wish, { page, version, integrity, recommended, title }) {
  const places = placesOf(page, version);
  const base = wish.pinned ? places.pinned : places.live;
  const { deal, state, theme } = wish;
  const link = `${base}#${[`v=1`, `deal=${encodeURIComponent(deal)}`, ...(state === "" ? [] : [state.replace(/^v=1&/, "")])].join("&")}`;
  /** A script is named with what it is only where it never changes. @param {string} file */
  const sealed = (file) => (wish.pinned && integrity[file] !== undefined ? ` integrity="${integrity[file]}"` : "");
  const source = (/** @type {string} */ file) => `src="${escaped(base + file)}"${sealed(file)} crossorigin="anonymous"`;
  const frame = `<iframe
  src="${escaped(embedAddress(base, wish))}"
  title="${escaped(title)}"
  loading="lazy"
  sandbox="${SANDBOX}"
  style="border:0;width:100%;min-height:${HEIGHT}px;frame-sizing:content-height"
></iframe>`;
  const anchor = `<a href="${escaped(link)}">${escaped(title)}</a>`;
  if (wish.form === "frame") return frame;
  if (wish.form === "script") return `${frame}\n<script ${source("frame.js")} async></script>`;
  if (wish.form === "link") return anchor;
  const colours = theme === "auto" ? "" : ` theme="${theme}"`;
  return [
    `<script type="module" ${source("elements.js")}></script>`,
    `<clause-model deal="${escaped(deal)}"${state === "" ? "" : ` state="${escaped(state)}"`}></clause-model>`,
    `<div style="display:grid;gap:1rem${GROUNDS[theme]}">`,
    ...(wish.sentence && !wish.figures.includes("answer") ? [`  <clause-figure figure="answer"${colours}></clause-figure>`] : []),
    ...(wish.levers ?? recommended).map((path) => `  <clause-lever path="${escaped(path)}"${colours}></clause-lever>`),
    ...wish.figures.map((id, i) => `  <clause-figure figure="${escaped(id)}"${colours}>${i === 0 ? anchor : ""}</clause-figure>`),
    "</div>",
  ].join("\n");
}

/** @param {string} text */
export const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

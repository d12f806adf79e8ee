// A figure once more, out of sight, as it is to be saved: in the light colours of paper and in one width, whatever screen it is read
// on, so that the picture of a phone is as good as that of a desk. It shows what the reader sees in it: the same state, the same
// view, the same year.
import sheetText from "./still.css?inline";

/** @import { FigureElement } from "../elements/figure/figure.js" */
/** @import { FigureData } from "../figures/context.js" */
/** @import { Stamp } from "./stamp.js" */

/** What a figure has of its own on the page, and not as a picture. */
const OWN = ["width", "open", "still"];

/**
 * Draws a figure out of sight, has it used, and takes it away again.
 * @template T
 * @param {FigureElement<FigureData>} figure
 * @param {Stamp} stamp
 * @param {(frame: HTMLElement) => T} use
 * @returns {Promise<T>}
 */
export async function withStill(figure, stamp, use) {
  const frame = document.createElement("div");
  frame.inert = true;
  frame.setAttribute("aria-hidden", "true");
  const root = frame.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(sheetText);
  root.adoptedStyleSheets = [sheet];
  const still = copyOf(figure);
  root.append(still, footer(stamp));
  document.body.append(frame);
  try {
    // The first drawing finds out how wide it is, and a second one may follow from that.
    await still.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await still.updateComplete;
    return use(frame);
  } finally {
    frame.remove();
  }
}

/** @param {FigureElement<FigureData>} figure */
function copyOf(figure) {
  const Figure = /** @type {typeof FigureElement} */ (figure.constructor);
  const copy = /** @type {FigureElement<FigureData>} */ (document.createElement(figure.localName));
  for (const name of Figure.elementProperties.keys()) {
    const key = /** @type {keyof FigureElement<FigureData>} */ (name);
    if (!OWN.includes(String(name))) Object.assign(copy, { [key]: figure[key] });
  }
  copy.still = true;
  return copy;
}

/** @param {Stamp} stamp */
function footer({ assumptions, caveat, model, link }) {
  const section = document.createElement("section");
  section.className = "stamp";
  const line = (/** @type {string} */ name, /** @type {(string | Node)[]} */ ...content) => {
    const paragraph = document.createElement("p");
    paragraph.className = name;
    paragraph.append(...content);
    section.append(paragraph);
  };
  line("assumptions", assumptions);
  line("caveat", caveat);
  line("model", model);
  if (/^https?:/.test(link)) {
    const anchor = document.createElement("a");
    anchor.href = link;
    anchor.append(link);
    line("link", anchor);
  } else if (link !== "") {
    line("link", link);
  }
  return section;
}

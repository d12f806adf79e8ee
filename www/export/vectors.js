// The figures' own SVG for a file by itself: the page's stylesheet does not come along, so that what it says of each shape is written
// at the shape, in attributes that old programs know too.
import { colourOf } from "./colours.js";

export const SVG = "http://www.w3.org/2000/svg";

/** What only means something on the page. */
const DROPPED = /^(class|style|role|tabindex|part|aria-.*|data-.*|on.*)$/;
const SHAPES = ["path", "rect", "line", "circle", "ellipse", "polyline", "polygon"];
const TEXTS = ["text", "tspan"];

/** The attributes of a stroke with what they are where nothing is said. @type {readonly [string, string][]} */
const STROKE = [
  ["stroke-width", "1px"],
  ["stroke-dasharray", "none"],
  ["stroke-dashoffset", "0px"],
  ["stroke-linecap", "butt"],
  ["stroke-linejoin", "miter"],
];

/**
 * @param {Element} source an element of an SVG in the page
 * @param {(id: string) => string} rename gives an id a name that no other picture in the file has
 * @returns {Element[]} none for what cannot be seen; two for a text with a halo
 */
export function vector(source, rename) {
  const style = getComputedStyle(source);
  if (style.display === "none" || style.visibility === "hidden") return [];
  const name = source.localName;
  const copy = document.createElementNS(SVG, name);
  for (const { name: key, value } of source.attributes) {
    if (DROPPED.test(key)) continue;
    copy.setAttribute(key, key === "id" ? rename(value) : value.replaceAll(/url\("?#([^")]+)"?\)/g, (_, id) => `url(#${rename(id)})`));
  }
  if (style.opacity !== "1") copy.setAttribute("opacity", style.opacity);
  if (name === "stop") paint(copy, "stop-color", "stop-opacity", style.getPropertyValue("stop-color"), 1, rename);
  if (SHAPES.includes(name) || TEXTS.includes(name)) {
    fill(copy, style, rename);
    stroke(copy, style, rename);
  }
  if (TEXTS.includes(name)) {
    letters(copy, style);
    if (style.textAnchor !== "start") copy.setAttribute("text-anchor", style.textAnchor);
    if (style.dominantBaseline !== "auto") copy.setAttribute("dominant-baseline", style.dominantBaseline);
  }
  for (const child of source.childNodes) {
    if (child instanceof Element) copy.append(...vector(child, rename));
    else if (child instanceof Text && TEXTS.includes(name)) copy.append(child.data.replaceAll(/[ \n\t\r]+/g, " "));
  }
  if (name === "text") trim(copy);
  return name === "text" && copy.hasAttribute("stroke") ? withHalo(copy) : [copy];
}

/**
 * A halo is the text once more, below it: not every program knows that a stroke can be painted before its fill.
 * @param {Element} text
 */
function withHalo(text) {
  const halo = /** @type {Element} */ (text.cloneNode(true));
  const parts = (/** @type {Element} */ whole) => [whole, ...whole.querySelectorAll("tspan")];
  for (const each of parts(halo)) each.setAttribute("fill", "none");
  // Said once, for whoever reads the drawing or searches it.
  halo.setAttribute("aria-hidden", "true");
  for (const each of parts(text)) {
    for (const key of each.getAttributeNames().filter((name) => name.startsWith("stroke"))) each.removeAttribute(key);
  }
  return [halo, text];
}

/** @param {Element} text */
function trim(text) {
  const { firstChild: first, lastChild: last } = text;
  if (first instanceof Text) first.data = first.data.trimStart();
  if (last instanceof Text) last.data = last.data.trimEnd();
}

/**
 * The font of a text.
 * @param {Element} element
 * @param {CSSStyleDeclaration} style
 */
export function letters(element, { fontFamily, fontSize, fontWeight, fontStyle, fontVariantNumeric }) {
  element.setAttribute("font-family", fontFamily);
  element.setAttribute("font-size", String(Number.parseFloat(fontSize)));
  if (fontWeight !== "400") element.setAttribute("font-weight", fontWeight);
  if (fontStyle !== "normal") element.setAttribute("font-style", fontStyle);
  if (fontVariantNumeric !== "normal") element.setAttribute("font-variant", fontVariantNumeric);
}

/**
 * @param {Element} element
 * @param {CSSStyleDeclaration} style
 * @param {(id: string) => string} rename
 */
function fill(element, style, rename) {
  paint(element, "fill", "fill-opacity", style.fill, Number(style.fillOpacity), rename);
  if (style.fillRule !== "nonzero") element.setAttribute("fill-rule", style.fillRule);
}

/**
 * @param {Element} element
 * @param {CSSStyleDeclaration} style
 * @param {(id: string) => string} rename
 */
function stroke(element, style, rename) {
  for (const [key] of STROKE) element.removeAttribute(key);
  element.removeAttribute("stroke");
  if (style.stroke === "none" || Number.parseFloat(style.strokeWidth) === 0) return;
  paint(element, "stroke", "stroke-opacity", style.stroke, Number(style.strokeOpacity), rename);
  for (const [key, initial] of STROKE) {
    const value = style.getPropertyValue(key);
    if (value !== initial && value !== "") element.setAttribute(key, value.replaceAll("px", ""));
  }
}

/**
 * @param {Element} element
 * @param {string} key
 * @param {string} opacityKey
 * @param {string} css
 * @param {number} opacity besides that of the colour
 * @param {(id: string) => string} rename
 */
function paint(element, key, opacityKey, css, opacity, rename) {
  const reference = /^url\("?#([^")]+)"?\)/.exec(css);
  const colour = reference ? { hex: `url(#${rename(reference[1] ?? "")})`, opacity: 1 } : colourOf(css);
  element.setAttribute(key, colour?.hex ?? "none");
  element.removeAttribute(opacityKey);
  const all = opacity * (colour?.opacity ?? 1);
  if (all !== 1) element.setAttribute(opacityKey, String(Number(all.toFixed(3))));
}

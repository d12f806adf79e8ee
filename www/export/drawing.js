// A part of the page as an SVG file: its boxes, its text and its pictures, each where it stands and as it looks. Text stays text. A
// figure is drawn whatever it is made of, so that a new one has nothing to do to be saved.
import { colourOf, gradientOf } from "./colours.js";
import { linesOf } from "./lines.js";
import { SVG, letters, vector } from "./vectors.js";

/** What is for the hands and not for the eye. */
const HANDLES = "input, select, textarea, button:not(.explain), details, template, style, script, .visually-hidden";
const SIDES = /** @type {const} */ (["Top", "Right", "Bottom", "Left"]);

/**
 * @param {Element} root
 * @param {object} about
 * @param {string} about.title
 * @param {string} about.description
 * @param {string} about.source where it came from, for programs
 * @returns {{ svg: string, width: number, height: number }}
 */
export function drawingOf(root, { title, description, source }) {
  const { left, top, width, height } = root.getBoundingClientRect();
  // Whole pixels, all of which have a ground.
  const size = { width: Math.floor(width), height: Math.floor(height) };
  const svg = create("svg", { viewBox: `0 0 ${size.width} ${size.height}`, width: size.width, height: size.height, role: "img" });
  svg.setAttribute("aria-labelledby", "title description");
  svg.append(
    create("title", { id: "title" }, title),
    create("desc", { id: "description" }, description),
    create("metadata", {}, source),
  );
  const brush = new Brush(left, top);
  brush.draw(root, svg);
  if (brush.definitions.childNodes.length > 0) svg.insertBefore(brush.definitions, svg.children[3] ?? null);
  return { svg: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`, ...size };
}

class Brush {
  #left;
  #top;
  #count = 0;
  definitions = create("defs");

  /**
   * @param {number} left of the drawing, on the page
   * @param {number} top
   */
  constructor(left, top) {
    this.#left = left;
    this.#top = top;
  }

  /**
   * @param {Element} element
   * @param {Element} into
   */
  draw(element, into) {
    if (element.matches(HANDLES)) return;
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility === "hidden") return;
    if (element instanceof SVGSVGElement) {
      this.#picture(element, into);
      return;
    }
    const target = this.#group(element, style, into);
    this.#box(element, style, target);
    const nodes = element.shadowRoot ?? element;
    const children = element instanceof HTMLSlotElement ? element.assignedNodes() : nodes.childNodes;
    for (const child of children) {
      if (child instanceof Element) this.draw(child, target);
      else if (child instanceof Text) this.#text(child, style, target);
    }
  }

  /**
   * What is seen through, and what is a link, goes into a group of its own.
   * @param {Element} element
   * @param {CSSStyleDeclaration} style
   * @param {Element} into
   */
  #group(element, style, into) {
    const link = element instanceof HTMLAnchorElement && element.href !== "";
    if (!link && style.opacity === "1") return into;
    const group = create(link ? "a" : "g", { ...(link && { href: element.href }), ...(style.opacity !== "1" && { opacity: style.opacity }) });
    into.append(group);
    return group;
  }

  /**
   * @param {SVGSVGElement} source
   * @param {Element} into
   */
  #picture(source, into) {
    const matrix = source.getScreenCTM();
    if (matrix === null) return;
    const prefix = `p${++this.#count}-`;
    const rename = (/** @type {string} */ id) => prefix + id;
    const place = [matrix.a, matrix.b, matrix.c, matrix.d, matrix.e - this.#left, matrix.f - this.#top].map(short);
    const still = place.slice(0, 4).join() === "1,0,0,1";
    const group = create("g", { transform: still ? `translate(${place.slice(4).join()})` : `matrix(${place.join()})` });
    for (const child of source.children) group.append(...vector(child, rename));
    into.append(group);
  }

  /**
   * @param {Text} node
   * @param {CSSStyleDeclaration} style
   * @param {Element} into
   */
  #text(node, style, into) {
    if (node.data.trim() === "") return;
    const colour = colourOf(style.color);
    if (colour === null) return;
    // Should another font be wider, the text grows to the side on which nothing is aligned.
    const ends = style.textAlign === "right" || style.textAlign === "end";
    for (const { text, left, right, baseline } of linesOf(node, style)) {
      const line = create("text", { x: short((ends ? right : left) - this.#left), y: short(baseline - this.#top) }, text);
      letters(line, style);
      if (ends) line.setAttribute("text-anchor", "end");
      line.setAttribute("fill", colour.hex);
      if (colour.opacity !== 1) line.setAttribute("fill-opacity", String(colour.opacity));
      into.append(line);
    }
  }

  /**
   * The ground of a box and its borders.
   * @param {Element} element
   * @param {CSSStyleDeclaration} style
   * @param {Element} into
   */
  #box(element, style, into) {
    const bounds = element.getBoundingClientRect();
    const turned = style.rotate !== "none" && element instanceof HTMLElement;
    // What is turned is drawn as it was and then turned.
    const [width, height] = turned ? [element.offsetWidth, element.offsetHeight] : [bounds.width, bounds.height];
    const [middle, centre] = [bounds.left + bounds.width / 2 - this.#left, bounds.top + bounds.height / 2 - this.#top];
    const box = { x: middle - width / 2, y: centre - height / 2, width, height };
    const radius = Math.min(radiusOf(style.borderTopLeftRadius, width), width / 2, height / 2);
    const extra = {
      ...(radius > 0 && { rx: short(radius) }),
      ...(turned && { transform: `rotate(${Number.parseFloat(style.rotate)} ${short(middle)} ${short(centre)})` }),
    };
    if (width === 0 || height === 0) return;
    const ground = colourOf(style.backgroundColor);
    if (ground) into.append(rectangle(box, { ...filled(ground), ...extra }));
    const gradient = gradientOf(style.backgroundImage);
    if (gradient) into.append(rectangle(box, { fill: `url(#${this.#gradient(gradient, box)})`, ...extra }));
    this.#borders(style, box, radius, extra, into);
  }

  /**
   * @param {CSSStyleDeclaration} style
   * @param {Box} box
   * @param {number} radius
   * @param {Record<string, string>} extra
   * @param {Element} into
   */
  #borders(style, { x, y, width, height }, radius, extra, into) {
    const borders = SIDES.map((side) => ({
      size: Number.parseFloat(style[`border${side}Width`]),
      line: style[`border${side}Style`],
      colour: colourOf(style[`border${side}Color`]),
    }));
    const [first] = borders;
    const alike = first && borders.every(({ size, line, colour }) => size === first.size && line === first.line && colour?.hex === first.colour?.hex);
    if (alike) {
      if (first.size === 0 || first.line === "none" || first.colour === null) return;
      const inner = { x: x + first.size / 2, y: y + first.size / 2, width: width - first.size, height: height - first.size };
      const rounded = radius > 0 ? { rx: short(Math.max(0, radius - first.size / 2)) } : {};
      into.append(rectangle(inner, { fill: "none", ...stroked(first), ...extra, ...rounded }));
      return;
    }
    /** @type {readonly (readonly [number, number, number, number])[]} */
    const edges = borders.map(({ size }, i) => {
      const half = size / 2;
      if (i === 0) return /** @type {const} */ ([x, y + half, x + width, y + half]);
      if (i === 1) return /** @type {const} */ ([x + width - half, y, x + width - half, y + height]);
      if (i === 2) return /** @type {const} */ ([x, y + height - half, x + width, y + height - half]);
      return /** @type {const} */ ([x + half, y, x + half, y + height]);
    });
    borders.forEach((border, i) => {
      const edge = edges[i];
      if (!edge || border.size === 0 || border.line === "none" || border.colour === null) return;
      const [x1, y1, x2, y2] = edge.map(short);
      into.append(create("line", { x1, y1, x2, y2, ...stroked(border), ...extra }));
    });
  }

  /**
   * @param {import("./colours.js").Gradient} gradient
   * @param {Box} box
   */
  #gradient({ repeating, degrees, stops }, { x, y, width, height }) {
    const id = `g${++this.#count}`;
    const angle = (degrees * Math.PI) / 180;
    const [along, up] = [Math.sin(angle), -Math.cos(angle)];
    const whole = Math.abs(width * along) + Math.abs(height * up);
    const last = stops.at(-1)?.at ?? 1;
    const length = repeating ? last : whole;
    const [startX, startY] = [x + width / 2 - (along * whole) / 2, y + height / 2 - (up * whole) / 2];
    const gradient = create("linearGradient", {
      id,
      gradientUnits: "userSpaceOnUse",
      x1: short(startX),
      y1: short(startY),
      x2: short(startX + along * length),
      y2: short(startY + up * length),
      ...(repeating && { spreadMethod: "repeat" }),
    });
    for (const { colour, at } of stops) {
      const offset = repeating ? at / last : at;
      gradient.append(create("stop", { offset: short(offset), "stop-color": colour?.hex ?? "#000000", "stop-opacity": colour?.opacity ?? 0 }));
    }
    this.definitions.append(gradient);
    return id;
  }
}

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/**
 * @param {string} name
 * @param {Record<string, string | number | undefined>} [attributes]
 * @param {string} [text]
 */
function create(name, attributes = {}, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== "") element.append(text);
  return element;
}

/**
 * @param {Box} box
 * @param {Record<string, string | number>} attributes
 */
const rectangle = ({ x, y, width, height }, attributes) =>
  create("rect", { x: short(x), y: short(y), width: short(width), height: short(height), ...attributes });

/** @param {import("./colours.js").Colour} colour */
const filled = ({ hex, opacity }) => ({ fill: hex, ...(opacity !== 1 && { "fill-opacity": opacity }) });

/** @param {{ size: number, line: string, colour: import("./colours.js").Colour | null }} border */
const stroked = ({ size, line, colour }) => ({
  stroke: colour?.hex ?? "none",
  "stroke-width": short(size),
  ...(colour && colour.opacity !== 1 && { "stroke-opacity": colour.opacity }),
  ...(line === "dashed" && { "stroke-dasharray": `${short(2 * size)} ${short(2 * size)}` }),
  ...(line === "dotted" && { "stroke-dasharray": `0 ${short(2 * size)}`, "stroke-linecap": "round" }),
});

/**
 * @param {string} css
 * @param {number} width
 */
const radiusOf = (css, width) => (css.endsWith("%") ? (Number.parseFloat(css) / 100) * width : Number.parseFloat(css));

/** A length in a hundredth of a pixel. @param {number} value */
const short = (value) => String(Number(value.toFixed(2)));

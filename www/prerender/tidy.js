// Markup without what only a script needs: the marks of the renderer, controls that nobody answers, digits that nobody sees. Trees of
// elements become boxes, and names that were unique within a tree become unique in the document.
import { html as spaces, parseFragment, serialize } from "parse5";

/** @import { DefaultTreeAdapterTypes as Trees } from "parse5" */
/** @typedef {Trees.Element} Element */
/** @typedef {Trees.ChildNode} Node */

const { NS } = spaces;
/** Where the marks of a picture stand: a tenth of a pixel is what anyone sees. */
const PLACES = /^(x|y|x1|x2|y1|y2|cx|cy|r|width|height|d|points|transform|viewBox)$/;
/** By these an element is named by another, or names itself. */
const NAMES = /^(id|for|aria-labelledby|aria-describedby|aria-controls|list)$/;
/** What a screen reader finds under one name, whichever of the pictures is in sight. */
const OF_THE_FIGURE = /^(heading|description)$/;
/** What is for the hands. Their rooms stay free until it is known whether anybody will answer. */
const HANDLES = /\b(controls|scrubber|cw-lever)\b/;
/** What is for the hands and takes no room. */
const ONLY_HANDS = /(^| )(save|over)( |$)/;

/** @param {string} markup */
export function tidied(markup) {
  const root = parseFragment(markup);
  let trees = 0;

  /**
   * @param {Trees.ParentNode} parent
   * @param {string} scope of the names within
   * @param {string} picture of the names within a picture
   */
  function walk(parent, scope, picture) {
    parent.childNodes = parent.childNodes.flatMap((node) => hoisted(node)).filter(kept);
    for (const child of parent.childNodes) {
      if (child.nodeName === "#text") {
        const text = /** @type {Trees.TextNode} */ (child);
        text.value = text.value.replace(/\s+/g, (space) => (space.includes("\u00a0") ? space : " "));
        continue;
      }
      const element = /** @type {Element} */ (child);
      const name = element.tagName;
      const tree = /^cw-/.test(name) ? `t${(trees += 1)}-` : scope;
      const copy = classOf(element).match(/\bat-\d+/)?.[0] ?? picture;
      rename(element, tree, copy);
      if (/^cw-/.test(name)) {
        setClass(element, `${name} ${classOf(element)}`.trim());
        element.tagName = "div";
        element.nodeName = "div";
      }
      // What explains itself is a number or a name here.
      if (/(^| )explained( |$)/.test(classOf(element))) setClass(element, classOf(element).replace(/ ?\bexplained\b/, ""));
      if (name === "button" && classOf(element).includes("explain")) {
        element.tagName = "span";
        element.nodeName = "span";
        element.attrs = [];
      }
      if (HANDLES.test(classOf(element))) element.attrs.push({ name: "inert", value: "" });
      if (element.attrs.some(({ name: attribute }) => attribute === "style")) throw new Error(`<${name}> has a style of its own, which the policy of our pages forbids`);
      if (element.namespaceURI === NS.SVG) element.attrs = element.attrs.map(rounded);
      walk(element, tree, copy);
    }
  }
  walk(root, "", "");
  return serialize(root)
    .replace(/(<(?:rect|line|circle|path|use|ellipse|polygon)\b[^>]*)><\/\w+>/g, "$1/>")
    .replace(/> (?=<(?:svg|g|rect|line|circle|path|text|div|figure|table|thead|tbody|tr|t[hd]|ul|li|p|section|details|h[23]|\/))/g, ">")
    .trim();
}

/** What an element has in a tree of its own stands in its place. @param {Node} node @returns {Node[]} */
function hoisted(node) {
  if (node.nodeName !== "template") return [node];
  return /** @type {Trees.Template} */ (node).content.childNodes;
}

/** @param {Node} node */
function kept(node) {
  if (node.nodeName === "#comment" || node.nodeName === "style") return false;
  return !("attrs" in node) || !ONLY_HANDS.test(classOf(node));
}

/** @param {Element} element */
const classOf = ({ attrs }) => attrs.find(({ name }) => name === "class")?.value ?? "";

/**
 * @param {Element} element
 * @param {string} value
 */
function setClass(element, value) {
  element.attrs = [{ name: "class", value }, ...element.attrs.filter(({ name }) => name !== "class")];
}

/**
 * @param {Element} element
 * @param {string} tree
 * @param {string} copy
 */
function rename(element, tree, copy) {
  const within = (/** @type {string} */ name) => `${tree}${copy !== "" && !OF_THE_FIGURE.test(name) ? `${copy}-` : ""}${name}`;
  element.attrs = element.attrs
    .filter(({ name, value }) => !name.startsWith("defer-") && !(name === "checked" && value === "false") && !(name === "class" && value.trim() === ""))
    .map(({ name, value, ...rest }) => {
      if (NAMES.test(name)) return { name, value: value.split(" ").map(within).join(" "), ...rest };
      if (name === "name") return { name, value: within(value), ...rest };
      if (name === "class") return { name, value: value.trim().replace(/\s+/g, " "), ...rest };
      return { name, value: value.replace(/url\(#([^)]+)\)/g, (_, id) => `url(#${within(id)})`), ...rest };
    });
}

/** @param {Element["attrs"][number]} attribute */
function rounded({ name, value, ...rest }) {
  if (!PLACES.test(name)) return { name, value, ...rest };
  return { name, value: value.replace(/-?\d+\.\d{2,}(e-?\d+)?/g, (digits) => String(Math.round(Number(digits) * 10) / 10)), ...rest };
}

// Text as it stands on the page, line by line: a drawing breaks no lines by itself.

/** @typedef {{ text: string, left: number, right: number, baseline: number }} Line */

/** Whatever separates words where a line may be broken; a space that does not break belongs to its word. */
const WORDS = /[^ \n\t\r]+/g;
/** Pieces of text are on one line where their tops differ by no more than this. */
const SAME_LINE = 2;

/** @type {OffscreenCanvasRenderingContext2D | null} */
let ruler = null;

/**
 * The lines of a text node.
 * @param {Text} node
 * @param {CSSStyleDeclaration} style of the element that it stands in
 * @returns {Line[]}
 */
export function linesOf(node, style) {
  const range = node.ownerDocument.createRange();
  /** @type {{ text: string, left: number, right: number, top: number, bottom: number }[]} */
  const lines = [];
  const add = (/** @type {string} */ text, /** @type {DOMRect} */ { left, right, top, bottom }, /** @type {boolean} */ starts) => {
    const line = lines.at(-1);
    if (line && Math.abs(line.top - top) <= SAME_LINE) {
      line.text += starts ? ` ${text}` : text;
      line.right = right;
    } else {
      lines.push({ text, left, right, top, bottom });
    }
  };
  for (const { 0: word, index } of node.data.matchAll(WORDS)) {
    const rects = rectsOf(range, node, index, word.length);
    const [whole] = rects;
    if (rects.length === 1 && whole) {
      add(word, whole, true);
      continue;
    }
    // A word that is broken, as a long address is, is read letter by letter.
    let at = index;
    for (const letter of word) {
      const [rect] = rectsOf(range, node, at, letter.length);
      if (rect) add(letter, rect, at === index);
      at += letter.length;
    }
  }
  const { ascent, descent } = heights(style);
  return lines.map(({ text, left, right, top, bottom }) => ({
    text,
    left,
    right,
    baseline: top + (bottom - top - ascent - descent) / 2 + ascent,
  }));
}

/**
 * @param {Range} range
 * @param {Text} node
 * @param {number} start
 * @param {number} length
 */
function rectsOf(range, node, start, length) {
  range.setStart(node, start);
  range.setEnd(node, start + length);
  return [...range.getClientRects()].filter(({ width }) => width > 0);
}

/**
 * How far the letters of a font reach above and below the line on which they stand.
 * @param {CSSStyleDeclaration} style
 */
function heights({ fontStyle, fontWeight, fontSize, fontFamily }) {
  ruler ??= new OffscreenCanvas(1, 1).getContext("2d");
  if (ruler === null) return { ascent: 0.9 * Number.parseFloat(fontSize), descent: 0.25 * Number.parseFloat(fontSize) };
  ruler.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = ruler.measureText("x");
  return { ascent, descent };
}

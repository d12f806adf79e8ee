// Colours as every program that opens a drawing understands them: six hexadecimal digits, and how opaque they are.

/** @typedef {{ hex: string, opacity: number }} Colour */

/**
 * @param {string} css a computed colour
 * @returns {Colour | null} null for one that cannot be seen
 */
export function colourOf(css) {
  const modern = /^color\(srgb ([\d.e+-]+) ([\d.e+-]+) ([\d.e+-]+)(?: \/ ([\d.e+-]+))?\)$/.exec(css);
  const plain = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[,/ ]+([\d.]+))?\)$/.exec(css);
  const match = modern ?? plain;
  if (match === null) return css === "transparent" || css === "none" || css === "" ? null : { hex: css, opacity: 1 };
  const opacity = match[4] === undefined ? 1 : Number(match[4]);
  if (opacity === 0) return null;
  const digits = match.slice(1, 4).map((part) => {
    const value = Math.round(Number(part) * (modern ? 255 : 1));
    return Math.min(255, Math.max(0, value)).toString(16).padStart(2, "0");
  });
  return { hex: `#${digits.join("")}`, opacity };
}

/** @typedef {{ colour: Colour | null, at: number }} Stop `at` in pixels, or as a part of the whole where the gradient is not repeated */
/** @typedef {{ repeating: boolean, degrees: number, stops: Stop[] }} Gradient degrees clockwise, 0 upwards, as in CSS */

/** @type {Record<string, number>} */
const SIDES = { "to top": 0, "to right": 90, "to bottom": 180, "to left": 270 };

/**
 * A linear gradient, as swatches and legends have them.
 * @param {string} css a computed background image
 * @returns {Gradient | null} null for what is none
 */
export function gradientOf(css) {
  const match = /^(repeating-)?linear-gradient\((.*)\)$/.exec(css);
  if (match === null) return null;
  const parts = (match[2] ?? "").split(/,(?![^(]*\))/).map((part) => part.trim());
  const [first = ""] = parts;
  const angle = /^(-?[\d.]+)deg$/.exec(first);
  const directed = angle !== null || first in SIDES;
  const degrees = angle ? Number(angle[1]) : (SIDES[first] ?? 180);
  const colours = directed ? parts.slice(1) : parts;
  const repeating = match[1] !== undefined;
  const stops = colours.flatMap((part, i) => {
    const [, colour = part, places = ""] = /^(.*?\)|#\w+|[a-z]+)\s*(.*)$/.exec(part) ?? [];
    const even = colours.length < 2 ? 0 : i / (colours.length - 1);
    const at = places === "" ? [even] : places.split(" ").map((place) => (place.endsWith("%") ? Number.parseFloat(place) / 100 : Number.parseFloat(place)));
    return at.map((each) => ({ colour: colourOf(colour), at: each }));
  });
  return { repeating, degrees, stops };
}

// Text in a picture does not break by itself.

/** The width of a character of the page's text, as a part of its size: about the average of lower case in its fonts. */
const CHARACTER = 0.53;

/**
 * A text in lines that fit, by an estimate of its width; what does not fit into the last of them ends in an ellipsis.
 * @param {string} text
 * @param {object} room
 * @param {number} room.width in pixels
 * @param {number} room.size of the letters, in pixels
 * @param {number} room.lines at most
 * @returns {string[]}
 */
export function wrapped(text, { width, size, lines: most }) {
  const fits = Math.max(1, Math.floor(width / (size * CHARACTER)));
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= fits) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  const end = kept[most - 1] ?? "";
  kept[most - 1] = `${end.length < fits ? end : end.slice(0, fits - 1)}…`;
  return kept;
}

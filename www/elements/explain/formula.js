// A formula as text: `_{…}` stands below the line and `^{…}` above it, also within each other.
import { html } from "lit";

/** @import { TemplateResult } from "lit" */

/**
 * @param {string} text
 * @returns {(string | TemplateResult)[]}
 */
export function formula(text) {
  /** @type {(string | TemplateResult)[]} */
  const pieces = [];
  let rest = text;
  for (;;) {
    const at = rest.search(/[_^]\{/);
    if (at < 0) return [...pieces, rest];
    const end = closing(rest, at + 1);
    const inner = formula(rest.slice(at + 2, end));
    pieces.push(rest.slice(0, at), rest[at] === "_" ? html`<sub>${inner}</sub>` : html`<sup>${inner}</sup>`);
    rest = rest.slice(end + 1);
  }
}

/**
 * Where the brace that opens at a position is closed.
 * @param {string} text
 * @param {number} open
 */
function closing(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === "{") depth += 1;
    if (text[i] === "}") depth -= 1;
    if (depth === 0) return i;
  }
  return text.length;
}

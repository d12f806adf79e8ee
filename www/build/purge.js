// A style sheet without the rules that say nothing of a document: elements bring theirs whole, and a base case has a part of each.
import { transform } from "lightningcss";

/** @import { Selector, SelectorComponent } from "lightningcss" */

/** What scripts set, or what is not in the markup of the base case itself. */
const ALSO = { classes: ["scripted", "unstarted", "stays"], names: ["html", "noscript"] };

/**
 * @param {string} styles
 * @param {string} markup
 * @returns {string} the rules that may match, and the custom properties that are used
 */
export function purged(styles, markup) {
  const classes = new Set([...[...markup.matchAll(/\bclass="([^"]*)"/g)].flatMap(([, names = ""]) => names.split(" ")), ...ALSO.classes]);
  const names = new Set([...[...markup.matchAll(/<([a-z][\w-]*)/gi)].map(([, name = ""]) => name.toLowerCase()), ...ALSO.names]);
  const matches = (/** @type {SelectorComponent} */ part) =>
    part.type === "class" ? classes.has(part.name) : part.type === "type" ? names.has(part.name.toLowerCase()) : true;
  const may = (/** @type {Selector} */ selector) => selector.every(matches);
  /** @param {string} code @param {import("lightningcss").Visitor<never>} visitor */
  const pass = (code, visitor) => transform({ filename: "base.css", code: Buffer.from(code), minify: true, visitor }).code.toString();

  const needed = pass(styles, {
    Rule: {
      style: ({ value }) => (value.selectors.some(may) ? undefined : []),
    },
  });
  const used = new Set([...needed.matchAll(/var\((--[\w-]+)/g)].map(([, name = ""]) => name));
  return pass(needed, {
    Declaration: {
      // Properties that the parser does not know come here, too.
      custom: ({ name }) => (!name.startsWith("--") || used.has(name) ? undefined : []),
    },
  });
}

// What is picked in a card and what a link says of it, held against each other. What a link says waits until the card is loaded and the
// figures are of the deal that the link is about.

/** @import { CardContext } from "../figures/context.js" */
/** @import { Fields } from "../figures/picks.js" */
/** @import { Picks } from "./desk.js" */

/** @typedef {[name: string, text: string]} Said a pick, and how a link says it */

/**
 * @param {Fields} fields
 * @param {readonly Said[]} said
 * @param {CardContext} context
 * @returns {{ picks: Record<string, unknown>, refused: Said[] }} what cannot be picked is refused
 */
export function readPicks(fields, said, context) {
  /** @type {Record<string, unknown>} */
  const picks = {};
  /** @type {Said[]} */
  const refused = [];
  for (const [name, text] of said) {
    const value = Object.hasOwn(fields, name) ? fields[name]?.read(text, context) : undefined;
    if (value === undefined) refused.push([name, text]);
    else picks[name] = value;
  }
  return { picks, refused };
}

/**
 * What differs from a card in which nothing is picked. What the deal that is shown does not have, a link about it does not say.
 * @param {Fields} fields
 * @param {Picks} picks
 * @param {CardContext} context
 * @returns {Said[]}
 */
export function writePicks(fields, picks, context) {
  /** @type {Said[]} */
  const said = [];
  for (const [name, { read, write = String, initial }] of Object.entries(fields)) {
    const value = picks[name];
    if (value === undefined || value === null) continue;
    const text = write(value, context);
    const first = initial?.(context);
    if (text === null || (first !== undefined && text === write(first, context))) continue;
    if (read(text, context) !== undefined) said.push([name, text]);
  }
  return said;
}

// What a link said the answer is, beside what it is now.
import { isOwn } from "../state/own.js";
import { pinned } from "../state/pinned.js";
import { differs } from "../state/said.js";

/** @import { Said, Stated } from "../state/said.js" */
/** @import { PageStrings } from "../strings/en-page.js" */
/** @import { CardContext } from "./context.js" */

/** @typedef {{ heading: string, items: string[], link: { href: string, text: string } | null }} Then */

/**
 * @param {CardContext} context of the state that the link says
 * @param {{ said: Said, model: string | null, fragment: string, partly: boolean, kept: readonly string[] }} link `partly`: whether some of it
 *   was not understood; `kept`: the versions that the site has
 * @param {string} version of the model now
 * @param {PageStrings["notices"]["then"]} words
 * @returns {Then | null} null where the answer is the same as far as it was said
 */
export function thenAndNow({ info, result, format, strings }, { said, model, fragment, partly, kept }, version, words) {
  if (!differs(said, result.metrics)) return null;
  const { money } = strings.units;
  /** Both as exactly as the link has it, so that a small change can be seen. */
  const item = (/** @type {string} */ name, /** @type {Stated} */ { text }, /** @type {number | null | undefined} */ now) => {
    const digits = (text.split(".")[1] ?? "").length;
    const show = (/** @type {number} */ value) => money(format.fixed(value, digits));
    return words.item(name, show(Number(text)), typeof now === "number" ? show(now) : strings.none);
  };
  const href = isOwn(info.id) ? null : pinned(model, fragment, kept);
  return {
    heading: words.heading({ model, now: version }),
    items: [
      item(info.backer, said.backer, result.metrics["backer.npv"]),
      item(strings.owners(info.lab_name), said.lab, result.metrics["lab.npv"]),
      ...(partly ? [words.partly] : []),
    ],
    link: href === null || model === null ? null : { href, text: words.look(model) },
  };
}

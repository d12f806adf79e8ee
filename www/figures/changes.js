// What differs from the agreement as its file has it: said beside the figures, and stamped on whatever leaves the page.
import { referenceValue, referenceWord } from "../state/state.js";
import { nameOf } from "./names.js";
import { spreadText } from "./spread.js";

/** @import { DealInfo } from "../engine/types.d.ts" */
/** @import { Format } from "../format/format.js" */
/** @import { State } from "../state/state.js" */
/** @import { Strings } from "../strings/en.js" */

/**
 * The scenario, every changed quantity, also one that has no lever here, and the clauses that are left out.
 * @param {DealInfo} info
 * @param {State} state
 * @param {Format} format
 * @param {Strings} strings
 * @returns {string[]}
 */
export function changeTexts(info, state, format, strings) {
  const scenario = info.scenarios.find(({ id }) => id === state.scenario);
  const values = Object.entries(state.set).map(([path, value]) => {
    const quantity = info.quantities.find((candidate) => candidate.path === path);
    const word = info.words.find((candidate) => candidate.path === path);
    if (word) {
      const say = (/** @type {typeof value} */ each) => (typeof each === "string" ? strings.choice(each) : strings.value(String(each)));
      return strings.changes.item(strings.word(path), say(value), say(referenceWord(info, state.scenario, word)));
    }
    if (quantity === undefined) return `${path}: ${value}`;
    const show = (/** @type {typeof value} */ each) => format.quantity(each, quantity.unit, quantity.kind);
    const was = referenceValue(info, state.scenario, quantity);
    return strings.changes.item(nameOf(quantity, strings), show(value), show(was));
  });
  const spreads = Object.entries(state.spread).map(([path, spread]) => {
    const quantity = info.quantities.find((candidate) => candidate.path === path);
    if (quantity === undefined) return path;
    const text = spreadText(spread, quantity, { format, strings });
    return strings.changes.spread(nameOf(quantity, strings), format.quantity(spread.value, quantity.unit, quantity.kind), text);
  });
  return [
    ...(scenario ? [strings.changes.scenario(scenario.title)] : []),
    ...values,
    ...spreads,
    ...(state.without.length > 0 ? [strings.changes.without(state.without.join(", "))] : []),
  ];
}

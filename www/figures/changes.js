// What differs from the agreement as its file has it: said beside the figures, and stamped on whatever leaves the page.
import { referenceValue } from "../state/state.js";

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
  const items = Object.entries(state.set).map(([path, value]) => {
    const quantity = info.quantities.find((candidate) => candidate.path === path);
    if (quantity === undefined) return `${path}: ${value}`;
    const show = (/** @type {typeof value} */ each) => format.quantity(each, quantity.unit, quantity.kind);
    const was = referenceValue(info, state.scenario, quantity);
    return strings.changes.item(quantity.label ?? quantity.path, show(value), show(was));
  });
  return [
    ...(scenario ? [strings.changes.scenario(scenario.title)] : []),
    ...items,
    ...(state.without.length > 0 ? [strings.changes.without(state.without.join(", "))] : []),
  ];
}

// What the levers show: the tracks of `levers.js` filled with what the engine says of each quantity and what the reader chose.
import { displayOf, toDisplay } from "../format/format.js";
import { themes } from "../levers.js";
import { currentValue, referenceValue } from "../state/state.js";

/** @import { DealInfo, Quantity } from "../engine/types.d.ts" */
/** @import { Format } from "../format/format.js" */
/** @import { Lever } from "../levers.js" */
/** @import { State, Value } from "../state/state.js" */
/** @import { Strings } from "../strings/en.js" */

/**
 * Numbers are in the digits of the display: a share in per cent, everything else in its unit.
 * @typedef {object} LeverData
 * @property {string} path
 * @property {"slider" | "switch"} form
 * @property {string} label
 * @property {string} about
 * @property {string} sign of the unit, beside the number: % or nothing
 * @property {string} phrase of the unit, beside the label
 * @property {boolean} year whether the number is a decimal year
 * @property {number} factor from the value to what is displayed
 * @property {{ min: number, max: number, step: number }} track
 * @property {{ low: number, high: number, text: string }} bounds what the quantity may be
 * @property {{ low: number, high: number, text: string } | null} spread where the deal says that it is uncertain
 * @property {boolean} never whether it may be "never"
 * @property {Value} value
 * @property {Value} reference what it is when nothing is changed
 * @property {(value: Value) => string} show
 * @property {{ id: string, text: string } | null} status
 * @property {{ name: string, text: string, url: string | null } | null} source
 * @property {string | null} fault what the engine said is wrong with it, or why the link's value was refused
 */
/**
 * `data` is made of `parts` and nothing else, so that a lever none of whose parts changed need not be filled again.
 * @typedef {{ path: string, atFault: boolean, parts: unknown[], data: () => LeverData }} FilledLever
 */
/** @typedef {{ id: string, title: string, changed: number, levers: FilledLever[] }} LeverGroup */

/**
 * @param {object} options
 * @param {DealInfo} options.info
 * @param {State} options.state
 * @param {Format} options.format
 * @param {Strings} options.strings
 * @param {{ path: string | null, message: string } | null} options.fault
 * @returns {LeverGroup[]}
 */
export function leverGroups({ info, state, format, strings, fault }) {
  return themes.flatMap(({ id, levers }) => {
    let changed = 0;
    const filled = levers.flatMap((lever) => {
      const { path, when } = lever;
      const quantity = quantityOf(info, path);
      const gate = when === undefined ? undefined : quantityOf(info, when);
      if (!quantity || (gate && currentValue(info, state, gate) === 0)) return [];
      const value = currentValue(info, state, quantity);
      const reference = referenceValue(info, state.scenario, quantity);
      const refused = state.unknown.find(([key]) => key === path)?.[1];
      const complaint = fault?.path === path ? fault.message : null;
      if (value !== reference) changed += 1;
      return {
        path,
        atFault: complaint !== null || refused !== undefined,
        parts: [quantity, value, reference, refused, complaint],
        data: () => leverData(lever, quantity, { info, format, strings, value, reference, refused, complaint }),
      };
    });
    return filled.length === 0 ? [] : [{ id, title: strings.themes[id], changed, levers: filled }];
  });
}

/**
 * @param {DealInfo} info
 * @param {string} path
 */
const quantityOf = (info, path) => info.quantities.find((quantity) => quantity.path === path);

/**
 * @param {Lever} lever
 * @param {Quantity} quantity
 * @param {object} context
 * @param {DealInfo} context.info
 * @param {Format} context.format
 * @param {Strings} context.strings
 * @param {Value} context.value
 * @param {Value} context.reference
 * @param {string | undefined} context.refused what an opened link said that the quantity cannot be
 * @param {string | null} context.complaint of the engine
 * @returns {LeverData}
 */
function leverData(lever, quantity, { info, format, strings, value, reference, refused, complaint }) {
  const { factor, sign, phrase } = displayOf(quantity.unit, strings);
  const display = (/** @type {number} */ value) => toDisplay(value, factor);
  const show = (/** @type {Value} */ value) => format.quantity(value, quantity.unit, quantity.kind);
  // Beside the slider the phrase of the unit is in sight already.
  const short = (/** @type {number} */ each) =>
    sign === "" && quantity.kind === "number" ? format.exact(display(each)) : show(each);

  const held = [value, reference].filter((each) => typeof each === "number");
  const { low, high } = quantity.range;
  const min = Math.min(Math.max(lever.min, low), ...held);
  const max = Math.max(Math.min(lever.max, high), ...held);
  const source = info.sources.find((candidate) => candidate.id === quantity.source);
  const status = quantity.status;
  const form = lever.form ?? "slider";
  const text = strings.levers.outOfRange(short(low), short(high));
  return {
    path: lever.path,
    form,
    label: quantity.label ?? quantity.path,
    about: quantity.note ?? "",
    sign,
    phrase,
    year: quantity.kind === "year",
    factor,
    track: { min: display(min), max: display(max), step: display(lever.step) },
    bounds: { low: display(low), high: display(high), text },
    spread:
      quantity.low === null || quantity.high === null || form === "switch"
        ? null
        : {
            low: display(quantity.low),
            high: display(quantity.high),
            text: strings.levers.range(short(quantity.low), short(quantity.high)),
          },
    never: quantity.range.never,
    value,
    reference,
    show,
    status: status && { id: status, text: strings.statuses[status] ?? status },
    source: source
      ? {
          name: strings.levers.sourceName(source.publisher ?? source.title, source.date?.slice(0, 4) ?? ""),
          text: strings.levers.sourceOf(source.title, source.publisher ?? "", source.date ?? ""),
          url: source.url,
        }
      : null,
    fault: complaint ?? (refused === undefined ? null : strings.levers.refused(refused, text)),
  };
}

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
 * @property {string | null} fault what the engine said is wrong with it
 */
/** @typedef {{ id: string, title: string, changed: number, levers: LeverData[] }} LeverGroup */

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
    const filled = levers.flatMap((lever) => {
      const quantity = info.quantities.find(({ path }) => path === lever.path);
      return quantity ? [leverData(lever, quantity, { info, state, format, strings, fault })] : [];
    });
    if (filled.length === 0) return [];
    const changed = filled.filter(({ value, reference }) => value !== reference).length;
    return [{ id, title: strings.themes[id], changed, levers: filled }];
  });
}

/**
 * @param {Lever} lever
 * @param {Quantity} quantity
 * @param {Parameters<typeof leverGroups>[0]} context
 * @returns {LeverData}
 */
function leverData(lever, quantity, { info, state, format, strings, fault }) {
  const { factor, sign, phrase } = displayOf(quantity.unit, strings);
  const display = (/** @type {number} */ value) => toDisplay(value, factor);
  const show = (/** @type {Value} */ value) => format.quantity(value, quantity.unit, quantity.kind);
  // Beside the slider the phrase of the unit is in sight already.
  const short = (/** @type {number} */ each) =>
    sign === "" && quantity.kind === "number" ? format.exact(display(each)) : show(each);
  const value = currentValue(info, state, quantity);
  const reference = referenceValue(info, state.scenario, quantity);

  const held = [value, reference].filter((each) => typeof each === "number");
  const { low, high } = quantity.range;
  const min = Math.min(Math.max(lever.min, low), ...held);
  const max = Math.max(Math.min(lever.max, high), ...held);
  const source = info.sources.find((candidate) => candidate.id === quantity.source);
  const status = quantity.status;
  return {
    path: lever.path,
    form: lever.form ?? "slider",
    label: quantity.label ?? quantity.path,
    about: quantity.note ?? "",
    sign,
    phrase,
    year: quantity.kind === "year",
    factor,
    track: { min: display(min), max: display(max), step: display(lever.step) },
    bounds: {
      low: display(low),
      high: display(high),
      text: strings.levers.outOfRange(short(low), short(high)),
    },
    spread:
      quantity.low === null || quantity.high === null
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
    fault: fault?.path === lever.path ? fault.message : null,
  };
}

// What the levers show: the tracks of `levers.js` filled with what the engine says of each quantity and what the reader chose.
import { displayOf, toDisplay } from "../format/format.js";
import { themes } from "../levers.js";
import { currentSpread, currentValue, referenceValue } from "../state/state.js";
import { nameOf } from "./names.js";
import { spreadText } from "./spread.js";

/** @import { DealInfo, Quantity, Spread } from "../engine/types.d.ts" */
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
 * @property {{ low: number, high: number, text: string } | null} spread where it is uncertain
 * @property {string} uncertainty how it is uncertain, in words
 * @property {boolean} respread whether the reader said how
 * @property {boolean} never whether it may be "never"
 * @property {Value} value
 * @property {Value} reference what it is when nothing is changed
 * @property {(value: Value) => string} show
 * @property {{ id: string, text: string } | null} status
 * @property {{ name: string, text: string, title: string, by: string, url: string | null } | null} source
 * @property {string | null} fault what the engine said is wrong with it, or why the link's value was refused
 */
/**
 * `data` is made of `parts` and nothing else, so that a lever none of whose parts changed need not be filled again.
 * @typedef {{ path: string, changed: boolean, atFault: boolean, parts: unknown[], data: () => LeverData }} FilledLever
 */
/** @typedef {{ id: string, title: string, changed: number, levers: FilledLever[] }} LeverGroup */

/**
 * @typedef {object} LeverOptions
 * @property {DealInfo} info
 * @property {State} state
 * @property {Format} format
 * @property {Strings} strings
 * @property {{ path: string | null, message: string } | null} fault
 */

/**
 * @param {LeverOptions} options
 * @returns {LeverGroup[]}
 */
export function leverGroups(options) {
  return themes.flatMap(({ id, levers }) => {
    const filled = filledLevers(options, levers);
    const changed = filled.filter((lever) => lever.changed).length;
    return filled.length === 0 ? [] : [{ id, title: options.strings.themes[id], changed, levers: filled }];
  });
}

/**
 * The levers that the deal has, of those that are wanted.
 * @param {LeverOptions} options
 * @param {readonly Lever[]} levers
 * @returns {FilledLever[]}
 */
export const filledLevers = ({ info, state, format, strings, fault }, levers) =>
  levers.flatMap((each) => {
    const lever = { ...each, path: pathIn(info, each.path) };
    const { path, when } = lever;
    const quantity = quantityOf(info, path);
    const gate = when === undefined ? undefined : quantityOf(info, when);
    if (!quantity || (gate && currentValue(info, state, gate) === 0)) return [];
    const value = currentValue(info, state, quantity);
    const reference = referenceValue(info, state.scenario, quantity);
    const respread = path in state.spread;
    const spread = currentSpread(info, state, quantity);
    const refused = state.unknown.find(([key]) => key === path)?.[1];
    const complaint = fault?.path === path ? fault.message : null;
    return {
      path,
      changed: value !== reference || respread,
      atFault: complaint !== null || refused !== undefined,
      parts: [quantity, value, reference, respread ? spread : spread.kind, refused, complaint],
      data: () => leverData(lever, quantity, { info, format, strings, value, reference, spread, respread, refused, complaint }),
    };
  });

/**
 * The levers name a line of business of the library's deals; in another deal its first line stands for it.
 * @param {DealInfo} info
 * @param {string} path
 */
export const pathIn = ({ lines }, path) =>
  path.replace(/^demand\.lines\.([^.]+)/, (found, line) => (lines.includes(line) ? found : `demand.lines.${lines[0] ?? line}`));

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
 * @param {Spread} context.spread
 * @param {boolean} context.respread
 * @param {string | undefined} context.refused what an opened link said that the quantity cannot be
 * @param {string | null} context.complaint of the engine
 * @returns {LeverData}
 */
function leverData(lever, quantity, { info, format, strings, value, reference, spread, respread, refused, complaint }) {
  const { factor, sign, phrase } = displayOf(quantity.unit, strings);
  const display = (/** @type {number} */ value) => toDisplay(value, factor);
  const show = (/** @type {Value} */ value) => format.quantity(value, quantity.unit, quantity.kind);
  // Beside the slider the phrase of the unit is in sight already.
  const short = (/** @type {number} */ each) =>
    sign === "" && quantity.kind === "number" ? format.exact(display(each)) : show(each);

  const { points, low: least = points?.[0]?.[0], high: most = points?.at(-1)?.[0] } = spread;
  /** @type {[number, number] | null} */
  const ends = least === undefined || most === undefined ? null : [least, most];
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
    label: nameOf(quantity, strings),
    about: quantity.note ?? "",
    sign,
    phrase,
    year: quantity.kind === "year",
    factor,
    track: { min: display(min), max: display(max), step: display(lever.step) },
    bounds: { low: display(low), high: display(high), text },
    spread:
      ends === null || form === "switch"
        ? null
        : { low: display(ends[0]), high: display(ends[1]), text: strings.levers.range(short(ends[0]), short(ends[1])) },
    uncertainty: strings.levers.uncertainty(spreadText(spread, quantity, { format, strings, show: short })),
    respread,
    never: quantity.range.never,
    value,
    reference,
    show,
    status: status && { id: status, text: strings.statuses[status] ?? status },
    source: source
      ? {
          name: strings.levers.sourceName(source.publisher ?? source.title, source.date?.slice(0, 4) ?? ""),
          text: strings.levers.sourceOf(source.title, source.publisher ?? "", source.date ?? ""),
          title: source.title,
          by: strings.levers.sourceOf("", source.publisher ?? "", dated(source.date, format)),
          url: source.url,
        }
      : null,
    fault: complaint ?? (refused === undefined ? null : strings.levers.refused(refused, text)),
  };
}

/**
 * The date of a source in words, or what else its file says.
 * @param {string | null} date
 * @param {Format} format
 */
export const dated = (date, format) => (date !== null && /^\d{4}-\d{2}-\d{2}$/.test(date) ? format.day(date) : (date ?? ""));

// One lever by itself, for whoever shows a single quantity: with the track of the page where it has one, and otherwise over what the
// deal file thinks possible.
import { themes } from "../levers.js";
import { currentValue, referenceValue, referenceWord } from "../state/state.js";
import { filledLevers, pathIn } from "./levers.js";
import { nameOf } from "./names.js";

/** @import { Quantity } from "../engine/types.d.ts" */
/** @import { Lever } from "../levers.js" */
/** @import { FilledLever, LeverOptions } from "./levers.js" */
/** @import { Value } from "../state/state.js" */

/** The unit of what is either so or not. */
const FLAG = "0 or 1";
/** A track has about so many steps. */
const STEPS = 100;
/** Beyond this a limit is no more than a guard against slips. */
const FAR = 1e4;

/**
 * @param {string} path
 * @param {LeverOptions} context
 * @returns {FilledLever | null} null where the deal has no such quantity
 */
export function leverOf(path, context) {
  const { info } = context;
  const known = themes.flatMap(({ levers }) => levers).find((lever) => lever.path === path);
  const quantity = info.quantities.find((each) => each.path === pathIn(info, path));
  if (quantity === undefined) return null;
  // The lever of the page that comes with a switch stands by itself here.
  const { when: _when, ...track } = known ?? trackOf(quantity, context);
  return filledLevers(context, [track])[0] ?? null;
}

/**
 * @param {Quantity} quantity
 * @param {LeverOptions} context
 * @returns {Lever}
 */
function trackOf(quantity, { info, state }) {
  const { path, unit, kind, range, low, high } = quantity;
  if (unit === FLAG) return { path, min: 0, max: 1, step: 1, form: "switch" };
  const values = [referenceValue(info, state.scenario, quantity), currentValue(info, state, quantity), low, high];
  const numbers = values.filter((value) => typeof value === "number");
  // A date that is never, and always was, is sought around the signing.
  const held = numbers.length > 0 ? numbers : [kind === "year" ? Number(info.effective.slice(0, 4)) : 0];
  const [least, most] = [Math.min(...held), Math.max(...held)];
  if (kind === "year") return { path, min: Math.floor(least) - 2, max: Math.ceil(most) + 6, step: 0.25 };
  // What the file says nothing of may be anything from nothing to twice as much.
  const min = low === null ? Math.max(Math.min(0, 2 * least), range.low) : least;
  const max = high === null ? (range.high <= 1 ? range.high : Math.min(most > 0 ? 2 * most : 1, range.high < FAR ? range.high : Infinity)) : most;
  const step = range.whole ? 1 : roundStep((max - min) / STEPS);
  return { path, min, max, step };
}

/**
 * A step that a person would have chosen: 1, 2 or 5 with noughts.
 * @param {number} size
 */
function roundStep(size) {
  const power = Number(`1e${Math.max(size, 1e-6).toExponential().split("e")[1]}`);
  const digit = [1, 2, 5].find((each) => each * power >= size) ?? 10;
  return Number((digit * power).toPrecision(1));
}

/**
 * A term that is one of some words or, where `options` is null, so or not so.
 * @param {string} path
 * @param {LeverOptions} context
 * @returns {{ label: string, options: { id: string, title: string }[] | null, value: Value } | null}
 */
export function wordOf(path, { info, state, strings }) {
  const word = info.words.find((each) => each.path === path);
  if (word === undefined) return null;
  const [, id = ""] = path.split(".");
  const kind = info.clauses.find((clause) => clause.id === id)?.kind;
  const label = kind === undefined ? nameOf({ path }, strings) : `${strings.clause(kind, id)}: ${strings.word(path)}`;
  const options = word.choices === null ? null : word.choices.map((choice) => ({ id: choice, title: strings.firstUpper(strings.choice(choice)) }));
  return { label, options, value: state.set[path] ?? referenceWord(info, state.scenario, word) };
}

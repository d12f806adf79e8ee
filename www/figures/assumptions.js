// Every assumption of a deal, by theme: each number, date, flag and word with its value, what is known of where it comes from, and
// how it is uncertain. What the reader changed is told apart from what the file says.
import { displayOf, toDisplay } from "../format/format.js";
import { PARTS, kindsOf } from "../state/spread.js";
import { currentSpread, currentValue, referenceSpread, referenceValue, referenceWord } from "../state/state.js";
import { allows } from "../state/value.js";
import { dated } from "./levers.js";
import { nameOf } from "./names.js";
import { spreadText } from "./spread.js";

/** @import { DealInfo, Quantity, Spread, Word } from "../engine/types.d.ts" */
/** @import { Format } from "../format/format.js" */
/** @import { State, Value } from "../state/state.js" */
/** @import { AssumptionStrings } from "../strings/en-assumptions.js" */
/** @import { Strings } from "../strings/en.js" */

/** @typedef {{ id: string, title: string }} Choice */
/** @typedef {{ title: string, by: string, url: string | null }} Source */
/**
 * Numbers are those of the deal file; `factor` turns them into those of the display.
 * @typedef {object} AssumptionData
 * @property {string} path
 * @property {string} label
 * @property {string} note
 * @property {"number" | "date" | "flag" | "choice"} form
 * @property {string} sign of the unit, beside the number
 * @property {string} phrase of the unit, beside the label
 * @property {number} factor
 * @property {boolean} whole
 * @property {boolean} never whether it may be "never"
 * @property {boolean} truth whether it is true or false, and not 1 or 0
 * @property {Choice[]} choices
 * @property {Value} value
 * @property {Value} reference
 * @property {(value: Value) => string} show
 * @property {(number: number) => boolean} allows
 * @property {string} bounds what it may be, in words
 * @property {{ id: string, text: string, meaning: string } | null} status
 * @property {Source | null} source
 * @property {Choice[]} kinds of distributions that it can have; none where it can have none
 * @property {(kind: Spread["kind"]) => readonly (keyof Spread)[]} parts the numbers of a distribution
 * @property {(from: Spread, kind: Spread["kind"]) => Spread} proposed what a distribution of another kind begins with
 * @property {Spread | null} spread
 * @property {string} spreadText
 * @property {string | null} spreadWas what the file says, where the reader says otherwise
 * @property {string | null} fault
 * @property {string | null} spreadFault
 */
/**
 * `data` is made of `parts` and nothing else, so that a row none of whose parts changed need not be filled again.
 * @typedef {object} FilledAssumption
 * @property {string} path
 * @property {string} search all words of it, in small letters
 * @property {string} status empty where the file gives none
 * @property {boolean} changed
 * @property {boolean} uncertain
 * @property {boolean} atFault
 * @property {unknown[]} parts
 * @property {() => AssumptionData} data
 */
/** @typedef {{ id: string, label: string, rows: FilledAssumption[] }} AssumptionGroup */
/** @typedef {{ path: string | null, message: string }} Fault */

/**
 * @typedef {object} Options
 * @property {DealInfo} info
 * @property {State} state
 * @property {Format} format
 * @property {Strings} strings
 * @property {AssumptionStrings} words
 * @property {Fault | null} fault
 */

/**
 * @param {Options} options
 * @returns {AssumptionGroup[]}
 */
export function assumptionGroups(options) {
  const { info, strings, words } = options;
  /** @type {Map<string, AssumptionGroup>} */
  const groups = new Map();
  /** @param {string} path @param {FilledAssumption} row */
  const file = (path, row) => {
    const [head = "", id = ""] = path.split(".");
    const key = head === "clauses" ? `${head}.${id}` : head;
    const kind = info.clauses.find((clause) => clause.id === id)?.kind ?? id;
    const label = head === "clauses" ? strings.clause(kind, id) : (words.groups[head] ?? strings.firstUpper(head.replaceAll("_", " ")));
    const group = groups.get(key) ?? { id: key, label, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  };
  for (const word of info.words) file(word.path, wordRow(word, options));
  for (const quantity of info.quantities) file(quantity.path, quantityRow(quantity, options));
  // The clauses come first: the terms are what was agreed.
  return [...groups.values()].sort((a, b) => Number(b.id.startsWith("clauses.")) - Number(a.id.startsWith("clauses.")));
}

/**
 * @param {Quantity} quantity
 * @param {Options} options
 * @returns {FilledAssumption}
 */
function quantityRow(quantity, options) {
  const { info, state, strings, fault } = options;
  const { path } = quantity;
  const value = currentValue(info, state, quantity);
  const reference = referenceValue(info, state.scenario, quantity);
  const spread = currentSpread(info, state, quantity);
  const respread = path in state.spread;
  const mine = fault?.path === path || fault?.path?.startsWith(`${path}.`) ? fault.message : null;
  const refused = state.unknown.find(([key]) => key === path || key === `~${path}`)?.[1];
  const source = info.sources.find(({ id }) => id === quantity.source);
  return {
    path,
    search: [nameOf(quantity, strings), path, quantity.note, source?.title, source?.publisher].join(" ").toLowerCase(),
    status: quantity.status ?? "",
    changed: value !== reference || respread,
    uncertain: spread.kind !== "none",
    atFault: mine !== null || refused !== undefined,
    parts: [quantity, value, reference, respread ? spread : spread.kind, mine, refused],
    data: () => quantityData(quantity, { ...options, value, reference, spread, respread, mine, refused }),
  };
}

/**
 * @param {Quantity} quantity
 * @param {Options & { value: Value, reference: Value, spread: Spread, respread: boolean, mine: string | null, refused: string | undefined }} context
 * @returns {AssumptionData}
 */
function quantityData(quantity, { info, state, format, strings, words, value, reference, spread, respread, mine, refused }) {
  const { unit, kind, range, status } = quantity;
  const { factor, sign, phrase } = displayOf(unit, strings);
  const show = (/** @type {Value} */ each) => format.quantity(each, unit, kind);
  const kinds = kindsOf(quantity);
  const flag = kinds.includes("bernoulli");
  const short = (/** @type {number} */ each) => (kind === "number" && sign === "" && !flag ? format.exact(toDisplay(each, factor)) : show(each));
  const bounds = range.whole && flag ? words.flag : words.bounds(short(range.low), short(range.high), range.low_open, range.high_open);
  const source = info.sources.find(({ id }) => id === quantity.source);
  const complaint = mine ?? (refused === undefined ? null : strings.levers.refused(refused, bounds));
  const form = flag ? "flag" : kind === "year" ? "date" : "number";
  const can = (/** @type {number} */ number) => allows(quantity, number);
  const ofSpread = respread || (refused?.includes(",") ?? false);
  return {
    path: quantity.path,
    label: nameOf(quantity, strings),
    note: quantity.note ?? "",
    form,
    sign,
    phrase,
    factor,
    whole: range.whole,
    never: range.never,
    truth: false,
    choices: [],
    value,
    reference,
    show,
    allows: can,
    bounds,
    status: status && { id: status, text: strings.statuses[status] ?? status, meaning: strings.statusMeanings[status] ?? "" },
    source: source
      ? {
          title: source.title,
          by: strings.levers.sourceOf("", source.publisher ?? "", dated(source.date, format)),
          url: source.url,
        }
      : null,
    kinds: kinds.length < 2 ? [] : kinds.map((id) => ({ id, title: words.kinds[id] })),
    parts: (each) => PARTS[each],
    proposed: (from, each) => proposed(from, each, { form, allows: can }),
    spread,
    spreadText: spreadText(spread, quantity, { format, strings, show: short }),
    spreadWas: respread ? spreadText(referenceSpread(info, state.scenario, quantity), quantity, { format, strings, show: short }) : null,
    fault: ofSpread ? null : complaint,
    spreadFault: ofSpread ? complaint : null,
  };
}

/**
 * @param {Word} word
 * @param {Options} options
 * @returns {FilledAssumption}
 */
function wordRow(word, { info, state, strings, fault }) {
  const { path, choices } = word;
  const reference = referenceWord(info, state.scenario, word);
  const value = state.set[path] ?? reference;
  const mine = fault?.path === path ? fault.message : null;
  const label = strings.word(path);
  return {
    path,
    search: `${label} ${path}`.toLowerCase(),
    status: "",
    changed: value !== reference,
    uncertain: false,
    atFault: mine !== null,
    parts: [word, value, reference, mine],
    data: () => ({
      path,
      label,
      note: "",
      form: choices === null ? "flag" : "choice",
      sign: "",
      phrase: "",
      factor: 1,
      whole: false,
      never: false,
      truth: true,
      choices: (choices ?? []).map((id) => ({ id, title: strings.choice(id) })),
      value,
      reference,
      show: (each) => (typeof each === "string" ? strings.choice(each) : strings.value(String(each))),
      allows: () => true,
      bounds: "",
      status: null,
      source: null,
      kinds: [],
      parts: () => [],
      proposed: (from) => from,
      spread: null,
      spreadText: "",
      spreadWas: null,
      fault: mine,
      spreadFault: null,
    }),
  };
}

/**
 * The numbers that a distribution of another kind could begin with: those that there are, or a quarter to either side.
 * @param {Spread} from
 * @param {Spread["kind"]} kind
 * @param {Pick<AssumptionData, "form" | "allows">} quantity
 * @returns {Spread}
 */
export function proposed(from, kind, { form, allows: can }) {
  const value = from.value;
  const middle = value === "never" ? NEVER_PROPOSED : value;
  const reach = form === "date" ? 2 : Math.abs(middle) / 4 || 1;
  const [first, last] = [from.points?.[0]?.[0], from.points?.at(-1)?.[0]];
  const near = (/** @type {number} */ end) => (can(end) ? tidy(end) : middle);
  const low = from.low ?? first ?? near(middle - reach);
  const high = from.high ?? last ?? near(middle + reach);
  switch (kind) {
    case "none":
      return { kind, value };
    case "bernoulli":
      return { kind, value, p: from.p ?? 0.5 };
    case "cumulative": {
      const points = [[low, 0], ...(middle > low && middle < high ? [[middle, 0.5]] : []), [high, 1]];
      return { kind, value, points: from.points ?? /** @type {[number, number][]} */ (points) };
    }
    default:
      return { kind, value: value === "never" ? middle : value, low, high };
  }
}

/** Where a date that was never begins. */
const NEVER_PROPOSED = 2035;

/** @param {number} value */
const tidy = (value) => Number(value.toPrecision(4));

// What a stop of the tour says: its question, what there is to know, and what comes next, made of the deal and of the reader's state.
import { ownDate } from "../figures/agi.js";
import { filledLevers } from "../figures/levers.js";
import { nameOf } from "../figures/names.js";
import { STOPS } from "../state/tour.js";
import { currentValue, referenceWord } from "../state/state.js";
import { decimalYear } from "../format/dates.js";
import { MOST_LEVERS, stops } from "./stops.js";

/** @import { CardContext } from "../figures/context.js" */
/** @import { Fault } from "../session.js" */
/** @import { State } from "../state/state.js" */
/** @import { StopId } from "../state/tour.js" */
/** @import { TextPiece, TourStrings } from "../strings/en-tour.js" */

/** @typedef {{ text: string, publisher: string, url: string }} Link */
/** @typedef {{ id: StopId, name: string, href: string }} Way to a stop */
/** @typedef {{ label: string, text: string, status: string | null }} DateRow */
/**
 * @typedef {object} TourData
 * @property {StopId} id
 * @property {string} position
 * @property {string} question
 * @property {readonly string[]} text
 * @property {readonly TextPiece[]} known
 * @property {{ title: string, rows: readonly DateRow[] } | null} dates
 * @property {readonly Way[]} list
 * @property {Way | null} back
 * @property {Way | null} next
 * @property {string} leave
 * @property {string} short
 */

/** The partnership of which facts are known that hold whichever of its agreements is chosen. */
const KNOWN = { backer: "Microsoft", lab: "OpenAI" };

/**
 * @param {CardContext} context
 * @param {State} state
 * @param {StopId} id
 * @param {TourStrings} words
 * @param {(stop: StopId | null) => string} linkOf
 * @returns {TourData}
 */
export function tour(context, state, id, words, linkOf) {
  const { info } = context;
  const names = { backer: info.backer, lab: info.lab_name };
  const { question, text, none } = words.stops[id];
  const { kinds } = stops[id];
  const missing = kinds !== undefined && !info.clauses.some(({ kind, enabled }) => enabled && kinds.includes(kind));
  const index = STOPS.indexOf(id);
  const way = (/** @type {StopId | undefined} */ stop) =>
    stop === undefined ? null : { id: stop, name: words.stops[stop].name, href: linkOf(stop) };
  return {
    id,
    position: words.of(index + 1, STOPS.length),
    short: words.short(index + 1, STOPS.length),
    question: question(names),
    text: [missing && none ? `${none(names)} ${text(names)}` : text(names), ...(id === "agi" ? [agiText(context, state, words)] : [])],
    known: names.backer === KNOWN.backer && names.lab === KNOWN.lab ? words.known[id] : [],
    dates: id === "next" ? { title: words.dates.title, rows: dates(context, state, words) } : null,
    list: STOPS.flatMap((stop) => way(stop) ?? []),
    back: way(STOPS[index - 1]),
    next: way(STOPS[index + 1]),
    leave: linkOf(null),
  };
}

/**
 * The levers that matter at a stop, as far as the deal has them.
 * @param {CardContext} context
 * @param {State} state
 * @param {StopId} id
 * @param {Fault | null} fault
 */
export const leversOf = ({ info, format, strings }, state, id, fault) =>
  filledLevers({ info, state, format, strings, fault }, stops[id].levers).slice(0, MOST_LEVERS);

/**
 * The clauses in force that AGI does something to, by what it does.
 * @param {CardContext} context
 * @param {State} state
 * @param {(does: unknown) => boolean} wanted
 */
function clausesAtAgi({ info, strings }, state, wanted) {
  return inForce(info, state).flatMap(({ id, kind }) => {
    const word = info.words.find(({ path }) => path === `clauses.${id}.on_agi`);
    const does = word && (state.set[word.path] ?? referenceWord(info, state.scenario, word));
    return does !== undefined && wanted(does) ? [strings.clauseSource(kind, id)] : [];
  });
}

/**
 * @param {CardContext["info"]} info
 * @param {State} state
 */
const inForce = (info, state) =>
  info.clauses.filter(({ id, enabled }) => (state.set[`clauses.${id}.enabled`] ?? enabled) !== false && !state.without.includes(id));

/**
 * @param {CardContext} context
 * @param {State} state
 * @param {TourStrings} words
 */
function agiText(context, state, { agi: words }) {
  const { list } = context.strings;
  const ended = clausesAtAgi(context, state, (does) => does === "stop");
  const cut = clausesAtAgi(context, state, (does) => does === "layer" || does === "tail");
  if (ended.length === 0) return cut.length === 0 ? words.none : words.cutsOnly(list(cut));
  return cut.length === 0 ? words.ends(list(ended)) : `${words.ends(list(ended))} ${words.cuts(list(cut))}`;
}

/**
 * What the deal and the reader's assumptions set a date to, in order, and then the marks on which something is due.
 * @param {CardContext} context
 * @param {State} state
 * @param {TourStrings} words
 * @returns {DateRow[]}
 */
function dates(context, state, { dates: words }) {
  const { info, result, format, strings } = context;
  const running = inForce(info, state).map(({ id }) => id);
  const acts = info.quantities.find(({ path }) => path === "regulation.acts");
  const remedy = acts !== undefined && currentValue(info, state, acts) !== 0;
  /** @type {{ at: number, label: string, status: string | null }[]} */
  const dated = [];
  /** @type {DateRow[]} */
  const marks = [];
  for (const quantity of info.quantities) {
    const { path, kind, unit, status } = quantity;
    const [head = "", clause = ""] = path.split(".");
    if ((head === "clauses" && !running.includes(clause)) || (head === "regulation" && !remedy)) continue;
    const value = currentValue(info, state, quantity);
    const label = nameOf(quantity, strings);
    const said = status && (strings.statuses[status] ?? status);
    if (kind === "year" && typeof value === "number") dated.push({ at: value, label, status: path in state.set ? null : said });
    if (isMark(info, path, unit)) marks.push({ label, text: format.quantity(value, unit, kind), status: said });
  }
  const agi = ownDate(context);
  if (agi !== null) {
    const ended = clausesAtAgi(context, state, (does) => does === "stop");
    dated.push({ at: agi, label: ended.length === 0 ? words.agi : words.agiEnds(strings.list(ended)), status: null });
  }
  const payback = result.metrics["backer.payback"] ?? null;
  if (payback !== null) dated.push({ at: payback, label: words.money(info.backer), status: null });
  const end = decimalYear(info.horizon);
  if (end !== null) dated.push({ at: end, label: words.end, status: null });
  return [
    ...dated.sort((a, b) => a.at - b.at).map(({ at, label, status }) => ({ label, text: format.longMonth(at), status })),
    ...marks,
  ];
}

/**
 * Whether a quantity is a mark on which something is due: so much capacity, or so high a value.
 * @param {CardContext["info"]} info
 * @param {string} path
 * @param {string} unit
 */
function isMark({ clauses }, path, unit) {
  const [head, id, list] = path.split(".");
  const kind = clauses.find((clause) => head === "clauses" && clause.id === id)?.kind;
  if (kind === "milestone-investment") return unit !== "year";
  return kind === "warrant" && list === "tranches" && /\.(gw|value)$/.test(path);
}

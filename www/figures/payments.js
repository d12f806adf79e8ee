// Who pays whom in a year: all money that enters and leaves the lab, as streams from payers to payees. The engine follows the money
// and adds it up; this puts the streams in order and gives them names.
import { annual, cellsOf, partialYear, wasText } from "./context.js";

/** @import { Party, Payments, Stream } from "../engine/types.d.ts" */
/** @import { FigureStrings } from "../strings/en-figures.js" */
/** @import { Side } from "../strings/en.js" */
/** @import { CardContext, FigureData } from "./context.js" */
/** @import { Field } from "./picks.js" */

/** @typedef {{ year?: number }} PaymentsPicks */
/** @typedef {"payer" | "lab" | "purpose" | "payee"} Place where a node stands, from the left */
/** @typedef {{ id: string, place: Place, side: Side | null, label: string, value: number, base: number | null, text: string }} PaymentNode */
/** @typedef {{ from: string, to: string, value: number, side: Side | null }} PaymentLink */
/** @typedef {{ label: string, side: Side | null, text: string, was: string | null }} PaymentRow */
/**
 * @typedef {FigureData & {
 *   years: readonly number[],
 *   year: number,
 *   yearLabel: string,
 *   spoken: string,
 *   nodes: PaymentNode[],
 *   links: PaymentLink[],
 *   lists: { title: string, total: string, rows: PaymentRow[] }[],
 *   totalLabel: string,
 *   legend: { side: Side | null, label: string }[],
 *   changed: boolean,
 * }} PaymentsData
 */

/** The streams of either direction, from above. What is not named here comes last. */
const ORDER = [
  "revenue",
  "raised",
  "participation",
  "capital",
  "milestones",
  "reverse-share",
  "interest",
  "compute",
  "commitment",
  "revenue-share",
  "profit-share",
  "api-exclusivity",
  "devices",
  "warrant",
  "paid-out",
  "compute-elsewhere",
  "opex",
  "goods",
  "tax",
  "cash",
];

/** Streams whose name says who pays or is paid. */
const SPEAKS = ["cash", "interest", "tax", "raised"];

/** A stream that is less than this part of all is not drawn, since it would be thinner than a hair. */
const HAIR = 0.002;

/** The year that is seen, of those that the run has. @type {Field} */
export const yearField = {
  read: (text, { result }) => result.calendar_years.find((year) => String(year) === text),
  initial: ({ result: { calendar_years: years } }) => years[years.length >> 1],
};

/** @typedef {{ key: string, stream: Stream, base: Stream | null, here: boolean }} Matched a stream and what it was in the base case */

/**
 * @param {CardContext} context
 * @param {{ payments: Payments, base?: Payments }} answers
 * @param {PaymentsPicks} picks
 * @param {FigureStrings} figureStrings
 * @returns {PaymentsData}
 */
export function payments(context, { payments: found, base }, picks, { payments: words }) {
  const { info, format, strings } = context;
  const { years } = found;
  const was = context.base === null ? null : (base ?? null);
  const picked = picks.year === undefined ? -1 : years.indexOf(picks.year);
  const index = picked < 0 ? years.length >> 1 : picked;
  const year = years[index] ?? 0;
  const yearText = String(year);
  const at = (/** @type {readonly number[] | undefined} */ amounts) => amounts?.[index] ?? 0;

  const party = (/** @type {Party} */ who) =>
    who === "backer" ? info.backer : who === "lab" ? info.lab_name : (words.party[who] ?? who);
  const name = (/** @type {Stream} */ { name: kind, clause, to }) => {
    if (kind === "cash") return to === "lab" ? words.drawn : words.kept;
    return words.stream[kind] ?? (clause === null ? kind : strings.clause(kind, clause));
  };
  const sideOf = (/** @type {Stream} */ { from, to }) => (from === "backer" || to === "backer" ? /** @type {const} */ ("backer") : null);

  const all = matched(found, was).sort((a, b) => rank(a.stream) - rank(b.stream));
  const through = all.filter(({ stream }) => stream.from === "lab" || stream.to === "lab");
  const amount = (/** @type {Matched} */ { stream, here }) => (here ? at(stream.amounts) : 0);
  const before = (/** @type {Matched} */ each) => (was === null ? null : at(each.base?.amounts));
  const hair = Math.max(at(found.through_lab), at(was?.through_lab)) * HAIR;
  const large = through.filter((each) => Math.max(amount(each), before(each) ?? 0) > hair);
  const incoming = large.filter(({ stream }) => stream.to === "lab");
  const outgoing = large.filter(({ stream }) => stream.from === "lab");
  const byBacker = incoming.filter(({ stream }) => stream.from === "backer");
  const toBacker = outgoing.filter(({ stream }) => stream.to === "backer");

  /**
   * @param {string} id
   * @param {Place} place
   * @param {Side | null} side
   * @param {string} label
   * @param {number} value
   * @param {number | null} baseValue
   * @returns {PaymentNode}
   */
  const node = (id, place, side, label, value, baseValue) => ({ id, place, side, label, value, base: baseValue, text: format.plain(value) });
  /** @param {Matched} each @param {Place} place @param {string} label */
  const ofStream = (each, place, label) => node(each.key, place, sideOf(each.stream), label, amount(each), before(each));
  const outside = (/** @type {Stream} */ stream) => {
    if (stream.name === "cash" || stream.name === "interest") return name(stream);
    return strings.firstUpper(party(stream.to === "lab" ? stream.from : stream.to));
  };

  /** @type {PaymentNode[]} */
  const nodes = [
    ...incoming.filter(({ stream }) => stream.from !== "backer").map((each) => ofStream(each, "payer", outside(each.stream))),
    ...(byBacker.length > 0
      ? [node("backer-pays", "payer", "backer", words.pays(info.backer), at(found.from_backer), was && at(was.from_backer))]
      : []),
    node("lab", "lab", "lab", info.lab_name, at(found.through_lab), was && at(was.through_lab)),
    ...toBacker.map((each) => ofStream(each, "purpose", name(each.stream))),
    ...(toBacker.length > 0 ? [node("backer", "payee", "backer", info.backer, at(found.to_backer), was && at(was.to_backer))] : []),
    ...outgoing
      .filter(({ stream }) => stream.to !== "backer")
      .map((each) => ofStream(each, "payee", each.stream.name === "cash" ? name(each.stream) : outside(each.stream))),
  ];
  /** @type {PaymentLink[]} */
  const links = [
    ...incoming.map((each) => ({
      from: each.stream.from === "backer" ? "backer-pays" : each.key,
      to: "lab",
      value: amount(each),
      side: sideOf(each.stream),
    })),
    ...outgoing.map((each) => ({ from: "lab", to: each.key, value: amount(each), side: sideOf(each.stream) })),
    ...toBacker.map((each) => ({ from: each.key, to: "backer", value: amount(each), side: /** @type {Side} */ ("backer") })),
  ];

  const label = (/** @type {Stream} */ stream) => {
    if (SPEAKS.includes(stream.name)) return name(stream);
    return stream.to === "lab" ? words.from(name(stream), party(stream.from)) : words.to(name(stream), party(stream.to));
  };
  /** @param {Matched} each @returns {PaymentRow} */
  const row = (each) => ({
    label: label(each.stream),
    side: sideOf(each.stream),
    text: format.money(amount(each)),
    was: wasText(context, amount(each), before(each), format.money),
  });
  const present = (/** @type {Matched} */ each) => format.plain(amount(each)) !== format.plain(0) || format.plain(before(each) ?? 0) !== format.plain(0);
  const rows = (/** @type {boolean} */ into) => through.filter((each) => (each.stream.to === "lab") === into && present(each)).map(row);
  const total = format.money(at(found.through_lab));
  const said = (/** @type {readonly PaymentRow[]} */ list) => list.map(({ label: what, text }) => words.item(what, text)).join(", ");
  const lists = [
    { title: words.into(info.lab_name), total, rows: rows(true) },
    { title: words.out(info.lab_name), total, rows: rows(false) },
  ];

  const money = (/** @type {number} */ value) => (format.plain(value) === format.plain(0) ? null : format.money(value));
  const heading = words.heading({
    year: yearText,
    backer: info.backer,
    lab: info.lab_name,
    through: total,
    to: money(at(found.to_backer)),
    from: money(at(found.from_backer)),
  });
  const sold = all.find(({ stream, here }) => here && stream.name === "stake-sold" && at(stream.amounts) > 0);
  const capex = annual(context.result, "infrastructure.capex")?.[index] ?? 0;
  return {
    kicker: words.kicker,
    heading,
    unit: words.unit(info.lab_name),
    description: words.describe(info.lab_name, yearText, said(lists[0]?.rows ?? []), said(lists[1]?.rows ?? [])),
    notes: [
      ...(sold ? [words.sold(info.backer, format.money(at(sold.stream.amounts)))] : []),
      ...(capex > 0 ? [words.spends(info.backer, info.lab_name, format.money(capex))] : []),
      ...(large.length < through.filter(present).length ? [words.small] : []),
      ...(index === 0 ? partialYear(context) : []),
    ],
    years,
    year,
    yearLabel: words.year,
    spoken: heading,
    nodes,
    links,
    lists,
    totalLabel: words.all,
    legend: [
      { side: "backer", label: words.legend(info.backer) },
      { side: null, label: words.others },
    ],
    changed: was !== null,
    table: () => ({
      head: [words.paid, ...years.map(String)],
      full: [`${words.paid} (${strings.save.money})`, ...years.map(String)],
      rows: all.flatMap(({ stream, here, base: old }) => {
        const what = stream.to === "lab" || stream.from === "lab" ? label(stream) : words.to(words.from(name(stream), party(stream.from)), party(stream.to));
        const cells = (/** @type {readonly number[] | undefined} */ amounts) => cellsOf(years.map((_, i) => amounts?.[i] ?? 0), format.tabular);
        const now = { label: what, ...cells(here ? stream.amounts : undefined) };
        return was === null ? [now] : [now, { label: `${what} (${strings.figures.base})`, ...cells(old?.amounts) }];
      }),
    }),
  };
}

/** @param {Stream} stream */
const rank = ({ name }) => (ORDER.indexOf(name) + ORDER.length) % ORDER.length;

/**
 * Every stream that there is or was, with what it was.
 * @param {Payments} found
 * @param {Payments | null} was
 * @returns {Matched[]}
 */
function matched({ streams }, was) {
  const key = (/** @type {Stream} */ { name, clause, from, to }) => `${name} ${clause ?? ""} ${from} ${to}`;
  const old = new Map((was?.streams ?? []).map((stream) => [key(stream), stream]));
  const known = new Set(streams.map(key));
  return [
    ...streams.map((stream) => ({ key: key(stream), stream, base: old.get(key(stream)) ?? null, here: true })),
    ...[...old].filter(([id]) => !known.has(id)).map(([id, stream]) => ({ key: id, stream, base: stream, here: false })),
  ];
}

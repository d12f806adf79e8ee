// Agreements side by side in one world, in the order in which they were signed: what each was worth to each side, and who won what each
// time they signed again. Or several states of one agreement, its scenarios and the reader's own among them. Every difference is the
// engine's.
import { tokenOf } from "../state/compared.js";
import { unitNames } from "./clauses.js";
import { choiceOf, comparedOf, namesOf, onlyDeals } from "./compared.js";
import { directionOf } from "./context.js";
import { changeFormat, metricFormat, metricLabel, metricScale } from "./metrics.js";
import { spreadOf } from "./differences.js";

/** @import { DifferencesResult } from "../engine/draws/types.d.ts" */
/** @import { SpreadData } from "./differences.js" */
/** @import { ComparisonResult, Price } from "../engine/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { Side } from "../strings/en.js" */
/** @import { Choice } from "./compared.js" */
/** @import { CardContext, FigureData } from "./context.js" */

/** @typedef {"metrics" | "spread" | Side} View */
/** @typedef {{ view?: View, with?: readonly string[] }} ComparePicks */
/**
 * What the deals are worth to a side.
 * @typedef {object} SideLine
 * @property {Side} side
 * @property {string} name
 * @property {(number | null)[]} values one for each deal
 * @property {string[]} texts
 * @property {string[]} shortTexts the numbers alone, for where there is little room
 * @property {string[]} changes one for each deal after the first
 * @property {string[]} shortChanges the numbers alone, for where there is little room
 * @property {(number | null)[] | null} base
 */
/** @typedef {{ value: string, change: string, inFull: [value: number | null, change: number | null] }} CompareCell */
/** @typedef {{ label: string, unit: string, cells: CompareCell[], strong: boolean, metric: string | null }} CompareRow `metric` explains it */
/**
 * @typedef {FigureData & {
 *   deals: { id: string, name: string, chosen: boolean }[],
 *   joined: boolean,
 *   choice: Choice,
 *   lines: SideLine[],
 *   view: View,
 *   views: { id: View, title: string }[],
 *   legend: string,
 *   head: string,
 *   rows: CompareRow[],
 *   spread: SpreadData | null,
 *   region: string,
 *   tick: (value: number) => string,
 * }} CompareData `joined`: whether one follows another, as agreements do, so that lines join them
 */

/** What stands in the table, where a deal has it. */
const MAIN = [
  "backer.npv",
  "lab.npv",
  "surplus",
  "backer.irr_since_inception",
  "backer.peak_exposure",
  "lab.funding_gap",
  "lab.dilution",
  "lab.take_rate",
  "lab.take_rate_with_compute",
  "commitment.billed",
  "infrastructure.peak_gw",
];

/**
 * @param {CardContext} context
 * @param {{ comparison: ComparisonResult, base?: ComparisonResult, spread?: DifferencesResult, spreadBase?: DifferencesResult }} answers
 * @param {ComparePicks} picks
 * @param {QuestionStrings} questions
 * @returns {CompareData}
 */
export function compare(context, { comparison, base, spread, spreadBase }, picks, questions) {
  const words = questions.compare;
  const { info, format, strings } = context;
  const view = picks.view ?? "metrics";
  const owners = strings.owners(info.lab_name);
  const compared = comparedOf(context, picks);
  const joined = onlyDeals(compared) && compared.length > 1;
  // What the deal as agreed gives stands beside the others where it is one of them.
  const was = context.base === null || compared.every(({ kind }) => kind !== "now") || compared.some(({ kind }) => kind === "agreed") ? null : (base ?? null);
  const names = namesOf(context, compared, questions);
  const deals = compared.map((each, i) => ({ id: tokenOf(each), name: names[i] ?? "", chosen: each.kind === "now" }));
  const [only, ...more] = compared.flatMap(({ kind }, i) => (kind === "deal" ? [] : [{ kind, name: names[i] ?? "" }]));
  const worldOf = (/** @type {{ kind: string, name: string }} */ { kind, name }) => (joined ? name : kind === "now" ? words.worldNow : words.worldIn(name));
  const world = only === undefined || more.length > 0 ? null : worldOf(only);

  const npv = { backer: "backer.npv", lab: "lab.npv" };
  /**
   * @param {Side} side
   * @param {string} name
   * @returns {SideLine}
   */
  const line = (side, name) => {
    const values = comparison.deals.map(({ metrics }) => metrics[npv[side]] ?? null);
    const change = changeFormat(context, questions, npv[side]);
    const differences = comparison.differences.map(({ metrics }) => metrics[npv[side]] ?? null);
    return {
      side,
      name,
      values,
      texts: values.map((value) => format.money(value)),
      shortTexts: values.map((value) => format.plain(value)),
      changes: differences.map(change),
      shortChanges: differences.map((value) => (value === null ? "" : format.change(value))),
      base: was && was.deals.map(({ metrics }) => metrics[npv[side]] ?? null),
    };
  };
  const lines = [line("backer", info.backer), line("lab", owners)];
  const steps = comparison.differences.map(({ to, metrics }) => ({
    name: deals[to]?.name ?? "",
    sides: lines.map(({ side, name }) => {
      const change = metrics[npv[side]] ?? null;
      return { name, size: format.unsigned(change ?? 0), direction: directionOf(change, 0, format.money) };
    }),
  }));
  const tables = {
    metrics: metricRows(context, comparison, questions),
    backer: clauseRows(context, comparison, "backer", questions),
    lab: clauseRows(context, comparison, "lab", questions),
  };
  const sides = { backer: info.backer, lab: owners };
  const sure =
    view === "spread" && spread !== undefined
      ? spreadOf(context, { spread, comparison, ...(spreadBase && { spreadBase }) }, names, joined, sides, questions)
      : null;
  const items = deals.map(({ name }, i) => words.item(name, info.backer, lines[0]?.texts[i] ?? "", owners, lines[1]?.texts[i] ?? ""));
  return {
    kicker: joined ? words.kicker : words.kickerOf,
    heading: joined ? words.heading(steps) : deals.length === 1 ? words.headingOne : words.headingOf(lines.map((each) => ({ ...extremes(each, names), plural: each.side === "lab" }))),
    unit: world === null ? words.unitOwn : deals.length === 1 ? words.unitOne(world) : words.unit(world),
    description: words.describe(items.join(" ")),
    notes: [...(deals.length === 1 ? [] : [world === null ? words.worlds : words.world(world)]), ...(sure === null ? [] : [sure.note]), ...new Set(comparison.deals.flatMap(({ warnings }) => warnings))],
    deals,
    joined,
    choice: choiceOf(context, picks, questions),
    lines,
    view,
    views: [
      { id: "metrics", title: words.views.metrics },
      { id: "spread", title: words.views.spread },
      { id: "backer", title: words.views.backer(info.backer) },
      { id: "lab", title: words.views.lab(owners) },
    ],
    legend: words.view,
    head: view === "metrics" ? words.figure : words.clause(strings.clauses.views[kindOf(comparison)]),
    rows: view === "spread" ? [] : tables[view],
    spread: sure,
    region: words.region,
    tick: format.exact,
    table: () => {
      if (sure !== null) return sure.table();
      const named = (/** @type {CompareRow[]} */ rows, /** @type {string} */ side) =>
        rows.map((row) => ({ ...row, label: words.of(side, row.label) }));
      const rows = [...tables.metrics, ...named(tables.backer, info.backer), ...named(tables.lab, owners)];
      return {
        head: [words.figure, ...deals.flatMap(({ name }, i) => (i === 0 ? [name] : [name, words.difference(name)]))],
        rows: rows.map(({ label, unit, cells }) => ({
          label: `${label} (${unit})`,
          cells: cells.flatMap(({ value, change }, i) => (i === 0 ? [value] : [value, change])),
          values: cells.flatMap(({ inFull }, i) => (i === 0 ? inFull.slice(0, 1) : inFull)),
        })),
      };
    },
  };
}

/**
 * Where a side has most, and where least.
 * @param {SideLine} line
 * @param {readonly string[]} names
 */
function extremes({ name, values, texts }, names) {
  const order = values.map((value, i) => ({ value: value ?? NaN, i })).filter(({ value }) => !Number.isNaN(value)).sort((a, b) => b.value - a.value);
  const say = (/** @type {{ i: number } | undefined} */ at) => ({ name: names[at?.i ?? 0] ?? "", text: texts[at?.i ?? 0] ?? "" });
  return { name, most: say(order[0]), least: say(order.at(-1)) };
}

/**
 * @param {CardContext} context
 * @param {ComparisonResult} comparison
 * @param {QuestionStrings} questions
 * @returns {CompareRow[]}
 */
function metricRows(context, { deals, differences }, questions) {
  const shown = MAIN.filter((id) => deals.some(({ metrics }) => exists(id, metrics[id])));
  return shown.map((id) => {
    const there = (/** @type {number} */ i) => exists(id, deals[i]?.metrics[id]);
    const show = metricFormat(context, questions, id);
    const change = changeFormat(context, questions, id);
    const { unit, display } = metricScale(context, questions, id);
    const full = (/** @type {number | null | undefined} */ value) => (value === null || value === undefined ? null : display(value));
    return {
      label: metricLabel(context, questions, id),
      unit,
      metric: id,
      strong: id.endsWith(".npv"),
      cells: deals.map(({ metrics }, i) => {
        const value = there(i) ? metrics[id] : null;
        const difference = there(i) || there(i - 1) ? differences[i - 1]?.metrics[id] : null;
        return { value: show(value), change: i === 0 ? "" : change(difference), inFull: [full(value), full(difference)] };
      }),
    };
  });
}

/**
 * Whether a deal has a figure: what is billed under a commitment is nothing where there is none.
 * @param {string} id
 * @param {number | null | undefined} value
 */
const exists = (id, value) => value !== null && value !== undefined && (id !== "commitment.billed" || value !== 0);

/**
 * Fair shares, where all the deals have them.
 * @param {ComparisonResult} comparison
 * @returns {keyof Price}
 */
const kindOf = ({ deals }) => (deals.every(({ clauses }) => clauses.note === undefined) ? "shapley" : "removal");

/**
 * @param {CardContext} context
 * @param {ComparisonResult} comparison
 * @param {Side} side
 * @param {QuestionStrings} questions
 * @returns {CompareRow[]}
 */
function clauseRows(context, comparison, side, { compare: words }) {
  const { info, format, strings } = context;
  const { deals, differences } = comparison;
  const kind = kindOf(comparison);
  const units = [...new Set(deals.flatMap(({ clauses }) => Object.keys(clauses[side])))];
  /**
   * @param {number | null | undefined} value
   * @param {number | null | undefined} change
   * @returns {CompareCell}
   */
  const cell = (value, change) => ({
    value: format.money(value),
    change: change === null || change === undefined ? "" : strings.units.money(format.change(change)),
    inFull: [value ?? null, change ?? null],
  });
  const unit = strings.save.money;
  const rows = units.map((id) => ({
    label: unitNames(info, strings, id).label,
    unit,
    metric: null,
    strong: false,
    cells: deals.map(({ clauses }, i) => cell(clauses[side][id]?.[kind], differences[i - 1]?.clauses[side][id]?.[kind])),
  }));
  const empty = {
    label: words.empty,
    unit,
    metric: null,
    strong: false,
    cells: deals.map(({ clauses }) => cell(clauses.empty[side], null)),
  };
  const total = {
    label: words.total,
    unit,
    metric: null,
    strong: true,
    cells: deals.map(({ clauses }, i) => cell(clauses.all[side], differences[i - 1]?.metrics[`${side}.npv`])),
  };
  return [...rows, empty, total];
}

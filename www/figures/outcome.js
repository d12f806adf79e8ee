// What each side may come to when all uncertain assumptions are drawn together (Model 10.1): where the draws lie, in how many it is
// below zero, and how sure their mean is. Or the same of any metric.
import { toDisplay } from "../format/format.js";
import { currentSpread } from "../state/state.js";
import { dotsOf, outOfHundred, quantilesOf, MORE, ROUGH_TO_FINE } from "./draws.js";
import { changeFormat, metricFormat, metricGroups, metricName, metricScale, ownerOf, unitOf } from "./metrics.js";

/** @import { Distribution, Statistics } from "../engine/draws/types.d.ts" */
/** @import { DrawStrings, Range } from "../strings/en-draws.js" */
/** @import { Side } from "../strings/en.js" */
/** @import { CardContext, FigureData } from "./context.js" */
/** @import { MorePicks, Quantile } from "./draws.js" */

/** @typedef {MorePicks & { metric?: string }} OutcomePicks */
/**
 * The draws of one metric.
 * @typedef {object} Panel
 * @property {string} id
 * @property {Side} side
 * @property {string} name
 * @property {readonly number[]} dots
 * @property {readonly number[]} was the dots of the base case; none where nothing is changed
 * @property {{ part: number, value: number, text: string }[]} marks P10, P50 and P90
 * @property {number | null} run what the run with everything as assumed gives
 * @property {string} runText
 * @property {Quantile[]} quantiles
 * @property {Quantile[]} quantilesWas
 */
/**
 * @typedef {FigureData & {
 *   metricLabel: string,
 *   groups: ReturnType<typeof metricGroups>,
 *   metric: string,
 *   panels: Panel[],
 *   zero: boolean,
 *   losses: boolean,
 *   changed: boolean,
 *   show: (value: number | null | undefined) => string,
 *   tick: (value: number) => string,
 *   say: (part: number) => string,
 *   read: string,
 *   more: { text: string, offered: boolean },
 * }} OutcomeData `zero`: whether less than nothing is a loss, so that the axis has it; `losses`: whether a dot is one
 */

/** Both sides' present values, beside each other. */
export const BOTH = "npv";
const NPVS = ["backer.npv", "lab.npv"];
/** Of these less than nothing is a loss. */
const SIGNED = ["money", "percent"];
const MARKS = /** @type {const} */ ([
  { part: 10, key: "p10" },
  { part: 50, key: "p50" },
  { part: 90, key: "p90" },
]);

/**
 * @param {CardContext} context
 * @param {OutcomePicks} picks
 */
export const pickedOutcome = ({ result }, { metric = BOTH }) =>
  metric !== BOTH && (result.metrics[metric] ?? null) === null ? BOTH : metric;

/**
 * @param {CardContext} context
 * @param {{ draws: Distribution, base?: Distribution }} answers
 * @param {OutcomePicks} picks
 * @param {DrawStrings} all
 * @returns {OutcomeData}
 */
export function outcome(context, { draws, base }, picks, all) {
  const { questions, outcome: words } = all;
  const { info, format, strings } = context;
  const metric = pickedOutcome(context, picks);
  const ids = metric === BOTH ? NPVS : [metric];
  const [first = ""] = ids;
  const show = metricFormat(context, questions, first);
  const scale = metricScale(context, questions, first);
  const signed = SIGNED.includes(unitOf(first));
  const was = context.base === null ? null : (base ?? null);
  const owners = strings.owners(info.lab_name);
  const nameOf = (/** @type {string} */ id) => metricName(context, questions, id);

  const panels = ids.map((id) => panel(context, id, draws, was, { show, name: metric === BOTH ? { backer: info.backer, lab: owners } : null }));
  const shown = ids.map((id) => ({ id, name: nameOf(id), statistics: draws.metrics[id] })).filter(({ statistics }) => exists(statistics));
  const ranges = shown.map(({ id, name, statistics }, i) => {
    const { below_zero: below } = /** @type {Statistics} */ (statistics);
    /** @type {Range} */
    const range = {
      name,
      again: i > 0 && metric === BOTH ? words.thatOf(owners) : null,
      low: show(statistics?.p10),
      high: show(statistics?.p90),
      loss: signed && below !== null ? outOfHundred(below) : null,
      owner: metric === BOTH ? (id === "lab.npv" ? owners : info.backer) : null,
    };
    return range;
  });
  const error = (/** @type {string} */ id) => changeFormat(context, questions, id, format.short);
  /** @param {string} id @param {Statistics | undefined} statistics */
  const margin = (id, statistics) => {
    const { mean = null, standard_error: off = null } = statistics ?? {};
    if (mean === null || off === null) return strings.none;
    const { text, under } = format.margin(scale.display(off), scale.display(mean));
    const said = changeFormat(context, questions, id, () => text)(off);
    return under ? words.under(said) : said;
  };
  const means = shown.map(({ id, name, statistics }) =>
    words.mean(strings.firstUpper(name), show(statistics?.mean), margin(id, statistics)),
  );
  const counted = format.exact(draws.paths);
  const partly = shown
    .filter(({ statistics }) => (statistics?.count ?? 0) < draws.paths)
    .map(({ name, statistics }) => words.partly(strings.firstUpper(name), format.exact(statistics?.count ?? 0), counted));
  const uncertain = info.quantities.filter((quantity) => currentSpread(info, context.state, quantity).kind !== "none").length;
  return {
    kicker: words.kicker,
    heading: ranges.length === 0 ? words.headingNone(nameOf(first)) : words.heading(ranges),
    unit: words.unit(
      metric === BOTH ? words.both : strings.firstUpper(nameOf(first)),
      scale.unit,
      panels.some(({ dots }) => dots.length > 0),
      String(uncertain),
    ),
    description: words.describe(
      counted,
      shown
        .map(({ name, statistics }) =>
          words.item(
            strings.firstUpper(name),
            [5, 25, 50, 75, 95].map((part) => words.atMost(String(part), show(quantileAt(statistics, part)))).join(", "),
          ),
        )
        .join(" "),
    ),
    notes: [...means, words.error(counted), ...partly],
    metricLabel: questions.tornado.metric,
    groups: [{ label: words.bothGroup, options: [{ id: BOTH, title: words.both }] }, ...metricGroups(context, questions)],
    metric,
    panels,
    zero: signed,
    losses: signed && panels.some(({ dots }) => dots.some((value) => value < 0)),
    changed: was !== null,
    show,
    tick: scale.tick,
    say: (part) => words.say(String(part)),
    read: words.read,
    more: { text: words.more(format.exact(MORE)), offered: picks.more !== true && draws.paths === ROUGH_TO_FINE.at(-1) },
    table: () => table(context, { draws, was, ids, names: ids.map(nameOf) }, { show, error }, all),
  };
}

/**
 * @param {CardContext} context
 * @param {string} id
 * @param {Distribution} draws
 * @param {Distribution | null} was
 * @param {{ show: OutcomeData["show"], name: Record<Side, string> | null }} words
 * @returns {Panel}
 */
function panel({ result }, id, draws, was, { show, name }) {
  const statistics = draws.metrics[id];
  const side = ownerOf(id) === "lab" ? "lab" : "backer";
  const run = result.metrics[id] ?? null;
  const quantiles = quantilesOf(statistics);
  const quantilesWas = was === null ? [] : quantilesOf(was.metrics[id]);
  return {
    id,
    side,
    name: name?.[side] ?? "",
    dots: dotsOf(quantiles),
    was: dotsOf(quantilesWas),
    marks: MARKS.flatMap(({ part, key }) => {
      const value = statistics?.[key] ?? null;
      return value === null ? [] : [{ part, value, text: show(value) }];
    }),
    run,
    runText: show(run),
    quantiles,
    quantilesWas,
  };
}

/** @param {Statistics | undefined} statistics */
const exists = (statistics) => statistics !== undefined && statistics.p50 !== null;

/**
 * @param {Statistics | undefined} statistics
 * @param {number} part of 100
 */
function quantileAt(statistics, part) {
  const key = /** @type {"p5" | "p10" | "p25" | "p50" | "p75" | "p90" | "p95"} */ (`p${part}`);
  return statistics?.[key] ?? null;
}

/**
 * @param {CardContext} context
 * @param {{ draws: Distribution, was: Distribution | null, ids: readonly string[], names: readonly string[] }} drawn
 * @param {{ show: OutcomeData["show"], error: (id: string) => (value: number | null | undefined) => string }} formats
 * @param {DrawStrings} all
 */
function table(context, { draws, was, ids, names }, { show, error }, { questions, outcome: { statistics: words } }) {
  const { format, strings } = context;
  const { unit, display } = metricScale(context, questions, ids[0] ?? "");
  const columns = ids.flatMap((id, i) => {
    const label = strings.firstUpper(names[i] ?? id);
    const now = { id, label, of: draws.metrics[id] };
    return was === null ? [now] : [now, { id, label: `${label} (${strings.figures.base})`, of: was.metrics[id] }];
  });
  /** A row of the table: what it is called, in what unit, and its value as it is and as it is shown. */
  /** @typedef {{ label: string, unit: string, of: (statistics: Statistics | undefined) => number | null | undefined, show: (value: number | null | undefined, id: string) => string, part?: boolean }} Line */
  const plain = (/** @type {number | null | undefined} */ value) => show(value);
  const twoDigits = (/** @type {number | null | undefined} */ value) => value && Number(value.toPrecision(2));
  const sure = (/** @type {number | null | undefined} */ value, /** @type {string} */ id) => error(id)(value);
  /** @type {Line[]} */
  const lines = [
    { label: words.mean, unit, of: (of) => of?.mean, show: plain },
    { label: words.error, unit, of: (of) => of?.standard_error, show: (value, id) => sure(twoDigits(value), id) },
    { label: words.sd, unit, of: (of) => of?.sd, show: sure },
    ...[5, 10, 25, 50, 75, 90, 95].map((part) => ({
      label: words.quantile(String(part)),
      unit,
      of: (/** @type {Statistics | undefined} */ of) => quantileAt(of, part),
      show: plain,
    })),
    { label: words.belowZero, unit: "%", of: (of) => of?.below_zero, show: (value) => format.percent(value), part: true },
    { label: words.worst, unit, of: (of) => of?.worst_5_percent, show: plain },
    { label: words.count, unit: "", of: (of) => of?.count, show: (value) => format.exact(value ?? 0), part: true },
  ];
  return {
    head: [words.head, ...columns.map(({ label }) => label)],
    rows: lines.map(({ label, unit: measure, of, show: shown, part = false }) => ({
      label: measure === "" ? label : `${label} (${measure})`,
      cells: columns.map(({ id, of: statistics }) => shown(of(statistics), id)),
      values: columns.map(({ of: statistics }) => {
        const value = of(statistics) ?? null;
        if (value === null) return null;
        return part ? toDisplay(value, measure === "%" ? 100 : 1) : display(value);
      }),
    })),
  };
}

// An outcome over two assumptions at once: a plane of cells that the engine calculates in one go, the line along which the outcome
// breaks even, and where the reader and the base case stand on it.
import { themes } from "../levers.js";
import { currentValue, referenceValue } from "../state/state.js";
import { cellsOf } from "./context.js";
import { metricFormat, metricGroups, metricName, metricScale, unitOf } from "./metrics.js";
import { displayFor, fullOf, labelOf, leverOptions, quantityOf, showOf, withUnit } from "./quantities.js";

/** @import { GridAxis, GridQuestion, MetricGrid } from "../engine/types.d.ts" */
/** @import { FigureStrings } from "../strings/en-figures.js" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { CardContext, FigureData } from "./context.js" */

/** @typedef {{ metric?: string, x?: string, y?: string }} HeatPicks */
/** @typedef {{ metric: string, x: string, y: string }} HeatAsked */
/** @typedef {{ x: number, y: number }} Point in values of the two quantities */
/**
 * @typedef {object} HeatAxis
 * @property {string} path
 * @property {string} label
 * @property {string} unit
 * @property {readonly number[]} at
 * @property {(value: number) => string} tick
 * @property {string} read the name of the slider that reads along it
 */
/**
 * @typedef {FigureData & {
 *   metrics: { label: string, groups: ReturnType<typeof metricGroups>, value: string },
 *   levers: { x: { label: string, value: string }, y: { label: string, value: string }, groups: ReturnType<typeof leverOptions> },
 *   x: HeatAxis,
 *   y: HeatAxis,
 *   cells: MetricGrid["values"],
 *   base: MetricGrid["values"] | null,
 *   range: { low: number, high: number } | null,
 *   diverging: boolean,
 *   now: { value: number, text: string } | null,
 *   then: { value: number, text: string } | null,
 *   even: { text: string, baseText: string },
 *   you: Point | null,
 *   was: Point | null,
 *   youText: string,
 *   baseText: string,
 *   missingText: string | null,
 *   lossText: string,
 *   scaleText: string,
 *   say: (x: number, y: number) => string,
 *   setText: string,
 *   set: (x: number, y: number) => { path: string, value: number }[],
 *   tick: (value: number) => string,
 * }} HeatData
 */

/** So many values of either quantity: a finger is wider than a cell of more. */
const STEPS = 21;

/** The first question where the deal has all that it is about: whether the cloud pays, by what compute brings and costs. */
const FIRST = { kind: "hosting", x: "compute.price", y: "compute.capex" };

/**
 * What else can be looked at first, as far as the deal has it: its own terms, then how the lab's business grows and what it is worth.
 * Of each what is uncertain comes first, since nobody asks about what is certain.
 */
const OTHERWISE = [/^clauses\.[^.]+\.(rate|fraction)$/, /^clauses\.(?!.*\.history\.)/, /^demand\.lines\.[^.]+\.growth$/, /^lab\.terminal_pe$/, /^agi\.year$/, /./];

/**
 * The quantities that a first look can be about.
 * @param {CardContext} context
 * @returns {string[]}
 */
function otherwise({ info }) {
  const on = (/** @type {string} */ path) => !path.startsWith("clauses.") || info.clauses.some(({ id, enabled }) => enabled && path.split(".")[1] === id);
  const paths = info.quantities.flatMap(({ path }) => (on(path) ? [path] : []));
  return OTHERWISE.flatMap((pattern) => {
    const of = paths.filter((path) => pattern.test(path));
    return [...of.filter((path) => path in info.spreads), ...of.filter((path) => path in info.spreads === false)];
  });
}

/**
 * What is asked: what the reader picked, where the deal has it.
 * @param {CardContext} context
 * @param {HeatPicks} picks
 * @returns {HeatAsked}
 */
export function heatAsked(context, picks) {
  const { info, result } = context;
  const has = (/** @type {string | undefined} */ path) => path !== undefined && quantityOf(context, path) !== undefined;
  const exists = (/** @type {string | undefined} */ id) => id !== undefined && (result.metrics[id] ?? null) !== null;
  const clause = info.clauses.find(({ kind }) => kind === FIRST.kind);
  const usual = has(FIRST.x) && has(FIRST.y);
  const first = usual ? `backer.npv.${clause?.id}` : undefined;
  const metric = [picks.metric, first].find(exists) ?? "backer.npv";
  const candidates = usual ? [FIRST.x, FIRST.y] : otherwise(context);
  const x = (has(picks.x) ? picks.x : candidates[0]) ?? "";
  const wanted = has(picks.y) && picks.y !== x ? picks.y : undefined;
  const y = wanted ?? (usual ? candidates.toReversed() : candidates).find((path) => path !== x) ?? "";
  return { metric, x, y };
}

/**
 * The question to the engine. What has a slider is looked at as far as its slider goes, the rest as far as the engine would search.
 * @param {CardContext} context
 * @param {HeatAsked} asked
 * @returns {GridQuestion}
 */
export function gridQuestion(context, { metric, x, y }) {
  return { metric, x: axisOf(context, x), y: axisOf(context, y) };
}

/**
 * @param {CardContext} context
 * @param {string} path
 * @returns {GridAxis}
 */
function axisOf(context, path) {
  const lever = themes.flatMap(({ levers }) => levers).find((each) => each.path === path);
  const quantity = quantityOf(context, path);
  if (lever === undefined || quantity === undefined || lever.form === "switch") return { path, steps: STEPS };
  const { info, state } = context;
  const held = [currentValue(info, state, quantity), referenceValue(info, state.scenario, quantity)].filter(
    (value) => typeof value === "number",
  );
  return {
    path,
    low: Math.min(Math.max(lever.min, quantity.range.low), ...held),
    high: Math.max(Math.min(lever.max, quantity.range.high), ...held),
    steps: STEPS,
  };
}

/**
 * @param {CardContext} context
 * @param {{ grid: MetricGrid, base?: MetricGrid }} answers
 * @param {HeatPicks} picks
 * @param {FigureStrings} figureStrings
 * @param {QuestionStrings} questions
 * @returns {HeatData}
 */
export function heat(context, { grid, base }, picks, { heat: words }, questions) {
  const { format, strings } = context;
  const { metric, x: xPath, y: yPath } = heatAsked(context, picks);
  const was = context.base === null ? null : (base ?? null);
  const show = metricFormat(context, questions, metric);
  const name = metricName(context, questions, metric);
  const scale = metricScale(context, questions, metric);
  const [xText, yText] = [showOf(context, xPath), showOf(context, yPath)];
  const [xLabel, yLabel] = [labelOf(context, xPath), labelOf(context, yPath)];
  const money = unitOf(metric) === "money";
  const { lowest, highest } = grid;

  const where = (/** @type {number} */ x, /** @type {number} */ y) => words.cell(xLabel, xText(x), yLabel, yText(y));
  const kind = lowest === null || highest === null || !isGain(metric) ? "none" : kindOf(lowest.value, highest.value, show);
  const heading =
    lowest === null || highest === null
      ? words.nothing(name)
      : words.is[kind]({
          metric: name,
          from: show(lowest.value),
          to: show(highest.value),
          x: xLabel,
          y: yLabel,
        });
  const inside = (/** @type {MetricGrid | null} */ of) => {
    if (of === null || of.x.value === null || of.y.value === null) return null;
    const within = (/** @type {readonly number[]} */ at, /** @type {number} */ value) => value >= (at[0] ?? 0) && value <= (at.at(-1) ?? 0);
    return within(grid.x.at, of.x.value) && within(grid.y.at, of.y.value) ? { x: of.x.value, y: of.y.value } : null;
  };
  const you = inside(grid);
  const before = inside(was);
  const moved = you !== null && before !== null && (you.x !== before.x || you.y !== before.y);
  const nowText = grid.now === null ? "" : words.at(words.you, show(grid.now));

  /** @param {"x" | "y"} which @param {string} path @param {string} label @returns {HeatAxis} */
  const axis = (which, path, label) => {
    const { factor, sign, phrase, year } = displayFor(context, path);
    return {
      path,
      label,
      unit: year ? "" : `${sign} ${phrase}`.trim(),
      at: grid[which].at,
      tick: (value) => (year ? String(value) : format.exact(Number((value * factor).toPrecision(12)))),
      read: words.read(label),
    };
  };
  return {
    kicker: words.kicker,
    heading,
    unit: words.unit(strings.firstUpper(name), scale.unit),
    description:
      lowest === null || highest === null
        ? heading
        : words.describe(heading, show(lowest.value), where(lowest.x, lowest.y), show(highest.value), where(highest.x, highest.y), nowText),
    notes: [
      ...(you === null ? [words.outside(words.you)] : []),
      ...(was !== null && before === null ? [words.outside(words.base)] : []),
      ...(grid.refused === undefined ? [] : [words.refused(grid.refused)]),
    ],
    metrics: { label: words.metric, groups: metricGroups(context, questions), value: metric },
    levers: { x: { label: words.x, value: xPath }, y: { label: words.y, value: yPath }, groups: leverOptions(context, questions) },
    x: axis("x", xPath, xLabel),
    y: axis("y", yPath, yLabel),
    cells: grid.values,
    base: was && was.values,
    range: lowest === null || highest === null ? null : { low: lowest.value, high: highest.value },
    diverging: money,
    now: grid.now === null ? null : { value: grid.now, text: words.asNow(show(grid.now)) },
    then: was === null || was.now === null ? null : { value: was.now, text: words.baseAsNow(show(was.now)) },
    even: { text: words.even, baseText: words.baseEven },
    you,
    was: moved ? before : null,
    youText: words.you,
    baseText: words.base,
    missingText: grid.values.some((row) => row.includes(null)) ? words.missing : null,
    lossText: words.loss,
    scaleText: words.scale,
    say: (x, y) => words.at(where(grid.x.at[x] ?? 0, grid.y.at[y] ?? 0), show(grid.values[y]?.[x] ?? null)),
    setText: words.set,
    set: (x, y) => [
      { path: xPath, value: typed(context, xPath, grid.x.at[x] ?? 0) },
      { path: yPath, value: typed(context, yPath, grid.y.at[y] ?? 0) },
    ],
    tick: scale.tick,
    table: () => {
      const [xFull, yFull] = [fullOf(context, xPath, questions), fullOf(context, yPath, questions)];
      const corner = words.corner(withUnit(yLabel, yFull.unit), withUnit(xLabel, xFull.unit));
      return {
        head: [words.corner(yLabel, xLabel), ...grid.x.at.map(xText)],
        // The head of a column is a value of the one quantity, so that the unit of what stands below it is said in the corner.
        full: [`${withUnit(strings.firstUpper(name), scale.unit)}: ${corner}`, ...grid.x.at.map((value) => String(xFull.value(value)))],
        rows: grid.y.at
          .map((value, j) => {
            const { cells, values } = cellsOf(grid.values[j] ?? [], show);
            return { label: yText(value), full: yFull.value(value), cells, values: values.map((cell) => (cell === null ? null : scale.display(cell))) };
          })
          .toReversed(),
      };
    },
  };
}

/** Of these less than nothing is a loss, and more a gain. @param {string} metric */
const isGain = (metric) => /^(backer|lab)\.npv|^surplus$/.test(metric);

/**
 * Whether all is a gain or a loss, as far as a reader can tell.
 * @param {number} low
 * @param {number} high
 * @param {(value: number) => string} show
 */
function kindOf(low, high, show) {
  if (show(low) === show(0)) return "never";
  if (low > 0) return "above";
  return high > 0 ? "cross" : "below";
}

/**
 * A value as someone would have typed it, so that a link and a lever show it as it is.
 * @param {CardContext} context
 * @param {string} path
 * @param {number} value
 */
const typed = (context, path, value) => (displayFor(context, path).year ? Number(value.toFixed(4)) : Number(value.toPrecision(6)));

// What a number means, how it is made, what is in it now, where that comes from, and what moves it most. Every value shown is one that
// the engine gave; nothing is worked out here.
import { currentValue, referenceValue } from "../state/state.js";
import { unitNames } from "./clauses.js";
import { annual } from "./context.js";
import { outOfHundred } from "./draws.js";
import { dated } from "./levers.js";
import { metricFormat, metricLabel, ownerOf } from "./metrics.js";
import { nameOf } from "./names.js";
import { askedAbout, clausesOf, unitOfPrice } from "./price.js";
import { labelOf, showOf } from "./quantities.js";

/** @import { ClausePrices, Quantity, TornadoBar } from "../engine/types.d.ts" */
/** @import { ExplainStrings } from "../strings/en-explain.js" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { CardContext, Values } from "./context.js" */

/** What draws say of a number: where it is over many paths. @typedef {{ mean: number | null, p10: number | null, p50: number | null, p90: number | null, below_zero: number | null }} Distribution */
/** @typedef {{ label: string, value: string, strong: boolean }} ExplainedPart */
/** @typedef {{ head: [string, string], rows: ExplainedPart[] }} PartTable */
/**
 * @typedef {object} ExplainedInput
 * @property {string} path
 * @property {string} label
 * @property {string} value
 * @property {boolean} changed
 * @property {{ id: string, text: string, meaning: string } | null} status
 * @property {{ title: string, by: string, url: string | null } | null} source
 */
/** @typedef {{ path: string, label: string, text: string }} Driver */
/**
 * @typedef {object} Explained
 * @property {string} metric
 * @property {string} tone
 * @property {string} title
 * @property {string} value
 * @property {string | null} was
 * @property {string} meaning
 * @property {string} formula
 * @property {string} words of the formula
 * @property {PartTable[]} parts
 * @property {ExplainedInput[]} inputs
 * @property {Driver[] | null} drivers null until the engine has said
 * @property {string | null} [moves] what it is that they move, where it is not the number itself
 * @property {{ rows: { label: string, value: string }[], note: string | null } | null} distribution null where nothing was drawn
 */

const OF_CLAUSE = "backer.npv.";
/** So many of the assumptions that move it most are named. */
const MOST = 5;

/** By year, what a number is made of. @type {Record<string, string[]>} */
const BY_YEAR = {
  "backer.irr": ["flow_after_tax.total"],
  "backer.irr_since_inception": ["flow_after_tax.total"],
  "backer.payback": ["cumulative"],
  "backer.peak_exposure": ["cumulative"],
  "lab.npv": ["lab.paid_out"],
  "lab.funding_gap": ["lab.raised"],
  "lab.dilution": ["stake.holders"],
  "lab.equity_value": ["lab.equity_value"],
  "lab.lowest_cash": ["lab.cash"],
  "lab.revenue_total": ["lab.revenue"],
  "lab.take_rate": ["take_rate"],
  "lab.take_rate_with_compute": ["take_rate_with_compute"],
  "commitment.billed": ["commitment.billed"],
  "commitment.shortfall": ["lab.shortfall"],
  "infrastructure.peak_gw": ["infrastructure.gw"],
  "infrastructure.peak_twh": ["infrastructure.twh"],
  "infrastructure.capex": ["infrastructure.capex"],
  "infrastructure.co2": ["infrastructure.co2"],
};
const RATES = ["stake.holders", "take_rate", "take_rate_with_compute"];
/** Totals that are the sum of what is shown by year, as the engine has both. */
const SUMMED = ["lab.funding_gap", "lab.revenue_total", "commitment.billed", "commitment.shortfall", "infrastructure.capex", "infrastructure.co2"];

const TAXES = ["tax.backer", "tax.capital_gains"];
const RAISES = ["lab.cash", "lab.min_cash", "lab.target_cash", "lab.raise_limit"];
const WORTH = ["lab.valuation", "lab.terminal_pe", "lab.multiple_half_life"];
const HISTORY = "clauses.*.history.*";
/** The quantities that stand in a number's own equation; `*` is any one part of a path. @type {Record<string, string[]>} */
const INPUTS = {
  "backer.npv": ["discount.operating", "discount.contractual", "discount.equity", ...TAXES],
  "backer.irr": TAXES,
  "backer.irr_since_inception": [HISTORY, ...TAXES],
  "backer.moic": ["clauses.equity.*", "clauses.capital.*.*", "clauses.equity.history.*", "tax.capital_gains"],
  "backer.payback": [HISTORY, ...TAXES],
  "backer.peak_exposure": [HISTORY, ...TAXES],
  "backer.stake_npv_over_market": ["clauses.equity.*", "lab.valuation", "discount.equity", "tax.capital_gains"],
  "lab.npv": ["discount.lab", "clauses.equity.fraction", "lab.pool", ...WORTH],
  "lab.implied_return": ["clauses.equity.fraction", "lab.valuation"],
  "lab.funding_gap": RAISES,
  "lab.dilution": ["clauses.equity.fraction", "lab.pool", ...RAISES],
  "lab.equity_value": [...WORTH, "agi.valuation_premium", "tax.lab"],
  "lab.lowest_cash": RAISES,
  "lab.distress_quarters": RAISES,
  "lab.revenue_total": ["demand.lines.*.run_rate", "demand.lines.*.growth", "demand.lines.*.half_life"],
  "lab.take_rate": ["clauses.revenue-share.rate", "clauses.revenue-share.rate.*", "clauses.reverse-share.rate", "clauses.api-exclusivity.*"],
  "lab.take_rate_with_compute": ["clauses.revenue-share.rate", "clauses.reverse-share.rate", "clauses.hosting.*", "clauses.hosting.share.*"],
  "commitment.billed": ["clauses.commitment.*", "compute.price"],
  "commitment.shortfall": ["clauses.commitment.*"],
  "infrastructure.peak_gw": ["compute.capacity", "compute.build_rate", "compute.chip_supply", "compute.accelerator_kw", "compute.price"],
  "infrastructure.peak_twh": ["compute.pue", "compute.load", "compute.price"],
  "infrastructure.capex": ["compute.capex", "compute.capex_drift", "compute.chip_fraction", "compute.chip_life", "compute.lead"],
  "infrastructure.co2": ["compute.grid_intensity", "compute.pue", "compute.load"],
};

/**
 * @param {CardContext} context
 * @param {string} metric
 * @param {{ bars: readonly TornadoBar[] | null, distribution?: Distribution | null }} answers
 * @param {ExplainStrings} words
 * @param {QuestionStrings} questions
 * @returns {Explained}
 */
export function explained(context, metric, { bars, distribution = null }, words, questions) {
  const { result, base } = context;
  const show = metricFormat(context, questions, metric);
  const [value, was] = [show(result.metrics[metric]), base === null ? null : show(base.metrics[metric])];
  const say = words.numbers[metric] ?? words.numbers[`${OF_CLAUSE}<clause>`];
  return {
    metric,
    tone: ownerOf(metric),
    title: metricLabel(context, questions, metric),
    value,
    was: was === null || was === value ? null : words.was(was),
    meaning: say?.meaning ?? "",
    formula: say?.formula ?? "",
    words: say?.words ?? "",
    parts: partsOf(context, metric, show, words),
    inputs: inputsOf(context, metric),
    drivers: bars === null ? null : driversOf(context, bars, show, words),
    distribution: distribution === null ? null : spreadOf(distribution, show, words, questions),
  };
}

/**
 * What a pair of bars means: the price of a clause or bundle to both sides.
 * @param {CardContext} context
 * @param {string} metric that stands for the price
 * @param {{ prices: ClausePrices | null, view: "shapley" | "removal", bars: readonly TornadoBar[] | null }} answers
 * @param {ExplainStrings} words
 * @param {QuestionStrings} questions
 * @returns {Explained | null} null where there is no such price
 */
export function explainedPrice(context, metric, { prices, view, bars }, words, questions) {
  const { info, format, strings } = context;
  const unit = unitOfPrice(metric);
  if (unit === null || prices === null || !(unit in prices.backer)) return null;
  const kind = prices.note === undefined ? view : "removal";
  const sides = /** @type {const} */ ([["backer", info.backer], ["lab", strings.owners(info.lab_name)]]);
  const { full, holds } = unitNames(info, strings, unit);
  const asked = askedAbout(context, metric);
  const show = metricFormat(context, questions, asked);
  const rows = (/** @type {"backer" | "lab"} */ side) => [
    ...(prices.note === undefined ? [{ label: strings.clauses.views.shapley, value: format.money(prices[side][unit]?.shapley), strong: kind === "shapley" }] : []),
    { label: strings.clauses.views.removal, value: format.money(prices[side][unit]?.removal), strong: kind === "removal" },
    { label: strings.clauses.all, value: format.money(prices.all[side]), strong: false },
    { label: strings.clauses.empty, value: format.money(prices.empty[side]), strong: false },
  ];
  const ids = clausesOf(context, unit).map(({ id }) => id);
  const inputs = info.quantities.filter(({ path }) => ids.some((id) => path.startsWith(`clauses.${id}.`)));
  const say = words.prices[kind];
  return {
    metric,
    tone: "both",
    title: words.priceOf(full),
    value: words.toBoth(sides.map(([side, name]) => ({ name, value: format.money(prices[side][unit]?.[kind]) }))),
    was: null,
    meaning: `${say.meaning}${holds === "" ? "" : ` ${words.bundled}`}`,
    formula: say.formula,
    words: say.words,
    parts: sides.map(([side, name]) => ({ head: [name, words.value], rows: rows(side) })),
    inputs: inputs.map((quantity) => inputOf(context, quantity)),
    drivers: bars === null ? null : driversOf(context, bars, show, words),
    moves: words.moves(metricLabel(context, questions, asked)),
    distribution: null,
  };
}

/**
 * @param {CardContext} context
 * @param {string} metric
 * @param {(value: number | null | undefined) => string} show
 * @param {ExplainStrings} words
 * @returns {PartTable[]}
 */
function partsOf(context, metric, show, words) {
  const { info, result, format, strings } = context;
  const { metrics } = result;
  /** @type {PartTable[]} */
  const tables = [];
  if (metric === "backer.npv") {
    const clauses = [...info.clauses, { id: "market", kind: "market" }].filter(({ id }) => (metrics[OF_CLAUSE + id] ?? 0) !== 0);
    const rows = clauses.map(({ id, kind }) => ({ label: strings.clause(kind, id), value: metrics[OF_CLAUSE + id] ?? 0 }));
    rows.sort((a, b) => b.value - a.value);
    tables.push({
      head: [words.part, words.value],
      rows: [
        ...rows.map(({ label, value }) => ({ label, value: show(value), strong: false })),
        { label: words.total, value: show(metrics[metric]), strong: true },
      ],
    });
  }
  if (metric === "lab.npv") {
    const last = (/** @type {string} */ name) => result.series[name]?.at(-1);
    const years = last("quarter.year_fraction");
    tables.push({
      head: [words.part, words.value],
      rows: [
        { label: words.equity(info.lab_name), value: format.money(metrics["lab.equity_value"]), strong: false },
        { label: words.owned(info.lab_name), value: format.percent(last("stake.holders")), strong: false },
        { label: words.years, value: years === undefined ? strings.none : format.short(years), strong: false },
      ],
    });
  }
  if (metric === "backer.irr" || metric === "backer.irr_since_inception") {
    const roots = metric === "backer.irr" ? result.irr_roots.forward : result.irr_roots.since_inception;
    const value = roots.length === 0 ? words.noRoot : strings.list(roots.map((root) => format.percent(root)));
    tables.push({ head: [words.part, words.value], rows: [{ label: words.roots, value, strong: false }] });
  }
  const owning = metric === "backer.moic" ? info.clauses.filter(({ kind }) => ["capital", "equity", "milestone-investment", "warrant"].includes(kind)) : [];
  const flows = metric.startsWith(OF_CLAUSE) ? info.clauses.filter(({ id }) => id === metric.slice(OF_CLAUSE.length)) : owning;
  for (const { id, kind } of flows) tables.push(...yearly(context, `flow_after_tax.${id}`, words.flowOf(strings.clause(kind, id)), words));
  for (const name of BY_YEAR[metric] ?? []) {
    const [table] = yearly(context, name, words.series[name] ?? name, words);
    if (table === undefined) continue;
    const rows = SUMMED.includes(metric) ? [...table.rows, { label: words.total, value: show(metrics[metric]), strong: true }] : table.rows;
    tables.push({ ...table, rows });
  }
  return tables;
}

/**
 * What there is of something, year by year.
 * @param {CardContext} context
 * @param {string} name
 * @param {string} label
 * @param {ExplainStrings} words
 * @returns {PartTable[]}
 */
function yearly({ result, format }, name, label, words) {
  const rates = RATES.includes(name);
  /** @type {Values | null} */
  const values =
    name === "take_rate" || name === "take_rate_with_compute"
      ? result.calendar_years.map((year) => result.years[year]?.[name] ?? null)
      : annual(result, name);
  if (values === null || values.every((value) => value === null || value === 0)) return [];
  const show = rates ? format.percent : format.plain;
  const rows = values.flatMap((value, i) =>
    value === null || value === 0 ? [] : [{ label: String(result.calendar_years[i]), value: show(value), strong: false }],
  );
  return [{ head: [words.year, label], rows }];
}

/**
 * @param {CardContext} context
 * @param {string} metric
 * @returns {ExplainedInput[]}
 */
function inputsOf(context, metric) {
  const { info } = context;
  const clause = metric.startsWith(OF_CLAUSE) ? metric.slice(OF_CLAUSE.length) : null;
  const ofClause = (/** @type {string} */ path) => clause !== null && path.startsWith(`clauses.${clause}.`);
  const patterns = INPUTS[metric] ?? INPUTS["backer.npv"] ?? [];
  return info.quantities
    .filter(({ path }) => ofClause(path) || patterns.some((pattern) => matches(pattern, path)))
    .sort((a, b) => Number(ofClause(b.path)) - Number(ofClause(a.path)))
    .map((quantity) => inputOf(context, quantity));
}

/**
 * @param {CardContext} context
 * @param {Quantity} quantity
 * @returns {ExplainedInput}
 */
function inputOf({ info, state, format, strings }, quantity) {
  const value = currentValue(info, state, quantity);
  const { path, status } = quantity;
  const source = info.sources.find(({ id }) => id === quantity.source);
  return {
    path,
    label: nameOf(quantity, strings),
    value: format.quantity(value, quantity.unit, quantity.kind),
    changed: value !== referenceValue(info, null, quantity) || path in state.spread,
    status: status && { id: status, text: strings.statuses[status] ?? status, meaning: strings.statusMeanings[status] ?? "" },
    source: source
      ? { title: source.title, by: strings.levers.sourceOf("", source.publisher ?? "", dated(source.date, format)), url: source.url }
      : null,
  };
}

/**
 * @param {string} pattern
 * @param {string} path
 */
function matches(pattern, path) {
  const [wanted, given] = [pattern.split("."), path.split(".")];
  return wanted.length === given.length && wanted.every((part, i) => part === "*" || part === given[i]);
}

/**
 * @param {CardContext} context
 * @param {readonly TornadoBar[]} bars
 * @param {(value: number | null | undefined) => string} show
 * @param {ExplainStrings} words
 * @returns {Driver[]}
 */
function driversOf(context, bars, show, words) {
  const moving = bars.filter(({ effect, at_low: low, at_high: high }) => effect && (low !== null || high !== null));
  return moving.slice(0, MOST).map(({ path, low, high, at_low: atLow, at_high: atHigh }) => {
    const text = showOf(context, path);
    return { path, label: labelOf(context, path), text: words.driver(text(low), show(atLow), text(high), show(atHigh)) };
  });
}

/**
 * @param {Distribution} distribution
 * @param {(value: number | null | undefined) => string} show
 * @param {ExplainStrings} words
 * @param {QuestionStrings} questions
 */
function spreadOf(distribution, show, words, { outOf }) {
  const quantiles = /** @type {const} */ (["p10", "p50", "p90", "mean"]);
  const chance = distribution.below_zero;
  return {
    rows: quantiles.map((id) => ({ label: words.quantiles[id], value: show(distribution[id]) })),
    note: chance === null || chance === 0 ? null : words.below(outOf(outOfHundred(chance))),
  };
}

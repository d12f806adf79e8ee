// The ledger by calendar year: what the charts show, to be read and checked.
import { annual, anything, cellsOf, inPercent, partialYear, streams } from "./context.js";

/** @import { Context, Table, Values } from "./context.js" */
/** @import { Side } from "../strings/en.js" */
/** @import { RunStrings } from "../strings/en-run.js" */

/** @typedef {{ id: string, label: string, cells: string[], values: (number | null)[], strong: boolean, metric: string | null, was: boolean }} Row `metric` explains it; `was` where it is a row of the base case */
/** @typedef {{ id: string, label: string, side: Side | null, rows: Row[] }} Group */
/** @typedef {{ heading: string, unit: string, description: string, notes: string[], years: string[], groups: Group[], region: string, table: () => Table }} Ledger */

/**
 * @param {Context} context
 * @param {RunStrings["ledger"]} words
 * @returns {Ledger}
 */
export function ledger(context, words) {
  const { info, result, base, format, strings } = context;
  const years = result.calendar_years.map(String);

  /**
   * @param {string} id
   * @param {string} label
   * @param {Values | null} values
   * @param {boolean} [strong]
   * @returns {Row[]}
   */
  const row = (id, label, values, strong = false) =>
    values === null || values.every((value) => value === null)
      ? []
      : [{ id, label, strong, was: false, metric: metricOf(result, id), ...cellsOf(values, format.tabular) }];

  /**
   * A row with that of the base case below it, once the two differ.
   * @param {string} id
   * @param {string} label
   * @param {string} series
   * @param {boolean} [strong]
   * @returns {Row[]}
   */
  const withBase = (id, label, series, strong = false) => {
    const now = row(id, label, annual(result, series), strong);
    const was = row(`${id}-base`, strings.figures.baseLegend, annual(base, series));
    const same = was[0]?.cells.every((cell, i) => cell === now[0]?.cells[i]) ?? true;
    return same ? now : [...now, ...was.map((each) => ({ ...each, was: true }))];
  };

  const byYear = (/** @type {"take_rate" | "take_rate_with_compute"} */ name) =>
    inPercent(years.map((year) => result.years[year]?.[name] ?? null));

  /** @type {Group[]} */
  const groups = [
    {
      id: "backer",
      label: words.rows.backer(info.backer),
      side: "backer",
      rows: [
        ...streams(context).flatMap(({ id, label }) => {
          const values = annual(result, `flow_after_tax.${id}`);
          return anything(values) ? row(id, label, values) : [];
        }),
        ...withBase("total", words.rows.total, "flow_after_tax.total", true),
        ...withBase("cumulative", words.rows.cumulative, "cumulative"),
      ],
    },
    {
      id: "lab",
      label: words.rows.lab(info.lab_name),
      side: "lab",
      rows: [
        ...withBase("revenue", words.rows.revenue, "lab.revenue", true),
        ...row("compute", words.rows.compute, annual(result, "lab.compute")),
        ...row("opex", words.rows.opex, annual(result, "lab.opex")),
        ...withBase("profit", words.rows.profit, "lab.profit", true),
        ...row("tax", words.rows.tax, annual(result, "lab.tax")),
        ...withBase("raised", words.rows.raised, "lab.raised"),
        ...row("paid-out", words.rows.paidOut, annual(result, "lab.paid_out")),
        ...withBase("cash", words.rows.cash, "lab.cash"),
        ...withBase("equity", words.rows.equity, "lab.equity_value"),
        ...row("stake", words.rows.stake(info.backer), inPercent(annual(result, "stake.backer"))),
        ...row("take-rate", words.rows.takeRate(info.backer), byYear("take_rate")),
        ...row("take-rate-compute", words.rows.takeRateCompute, byYear("take_rate_with_compute")),
      ],
    },
    {
      id: "infrastructure",
      label: words.rows.infrastructure,
      side: null,
      rows: [
        ...withBase("gw", words.rows.gw, "infrastructure.gw"),
        ...withBase("twh", words.rows.twh, "infrastructure.twh"),
        ...withBase("capex", words.rows.capex, "infrastructure.capex"),
      ],
    },
  ];
  const shown = groups.filter(({ rows }) => rows.length > 0);
  return {
    heading: words.heading,
    unit: words.unit,
    description: words.describe(years[0] ?? "", years.at(-1) ?? ""),
    notes: partialYear(context),
    years,
    groups: shown,
    region: words.region,
    table: () => ({
      head: [words.unit, ...years],
      rows: shown.flatMap(({ label, rows }) =>
        rows.map(({ label: row, cells, values }) => ({ label: words.ofGroup(label, row), cells, values })),
      ),
    }),
  };
}

/** What a row is by year, and a metric in one number. @type {Readonly<Record<string, string>>} */
const METRICS = {
  total: "backer.npv",
  cumulative: "backer.peak_exposure",
  revenue: "lab.revenue_total",
  raised: "lab.funding_gap",
  cash: "lab.lowest_cash",
  equity: "lab.equity_value",
  "take-rate": "lab.take_rate",
  "take-rate-compute": "lab.take_rate_with_compute",
  gw: "infrastructure.peak_gw",
  twh: "infrastructure.peak_twh",
  capex: "infrastructure.capex",
};

/**
 * The metric whose explanation is that of a row, where the deal has one: that of its clause, or that of which the row is a part.
 * @param {Context["result"]} result
 * @param {string} id
 */
function metricOf({ metrics }, id) {
  const metric = METRICS[id] ?? `backer.npv.${id}`;
  return (metrics[metric] ?? null) === null ? null : metric;
}

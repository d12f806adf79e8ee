// What the lab earns, spends and raises, and the cash that is left.
import { annual, anything, landmarks, partialYear, streams } from "./context.js";
import { quarterEnds, yearTable } from "./stack.js";

/** @import { Context, Values } from "./context.js" */
/** @import { RunStrings } from "../strings/en-run.js" */
/** @import { Layer, StackData } from "./stack.js" */

/** What the lab pays to the backer besides compute and the shortfall. */
const PAID_KINDS = ["revenue-share", "profit-share", "api-exclusivity", "devices"];

/**
 * Money that leaves grows downwards.
 * @param {Values | null} values
 */
const below = (values) => values && values.map((value) => (value === null ? null : -value));

/**
 * @param {Context} context
 * @param {RunStrings["lab"]} words
 * @returns {StackData}
 */
export function lab(context, words) {
  const { info, result, base, format, strings } = context;
  const years = result.calendar_years;

  /** @type {{ id: string, tone: string, label: string, series: string, out: boolean }[]} */
  const parts = [
    { id: "revenue", tone: "revenue", label: words.revenue, series: "lab.revenue", out: false },
    { id: "raised", tone: "raised", label: words.raised, series: "lab.raised", out: false },
    { id: "compute", tone: "hosting", label: words.compute, series: "lab.compute", out: true },
    { id: "shortfall", tone: "commitment", label: words.shortfall, series: "lab.shortfall", out: true },
    { id: "opex", tone: "opex", label: words.opex, series: "lab.opex", out: true },
    ...streams(context)
      .filter(({ kind }) => PAID_KINDS.includes(kind))
      .map(({ id, kind, label }) => ({
        id,
        tone: kind,
        label: words.paid(label, info.backer),
        series: `flow.${id}`,
        out: true,
      })),
    { id: "tax", tone: "tax", label: words.tax, series: "lab.tax", out: true },
    { id: "paid-out", tone: "paid-out", label: words.paidOut, series: "lab.paid_out", out: true },
  ];
  /** @type {Layer[]} */
  const layers = parts.flatMap(({ id, tone, label, series, out }) => {
    const [values, was] = [annual(result, series), annual(base, series)];
    if (!anything(values) && !anything(was)) return [];
    return [{ id, tone, label, values: (out ? below(values) : values) ?? [], base: out ? below(was) : was }];
  });
  const net = { label: words.net, values: annual(result, "lab.profit") ?? [], base: annual(base, "lab.profit") };
  const revenue = annual(result, "lab.revenue") ?? [];

  const lossYears = years.filter((_, i) => (net.values[i] ?? 0) < 0);
  const lastLoss = lossYears.at(-1) ?? null;
  const gap = result.metrics["lab.funding_gap"] ?? 0;
  const anyRaised = format.plain(gap) !== format.plain(0);
  return {
    kicker: words.kicker,
    heading: words.heading(
      info.lab_name,
      lastLoss === null ? null : String(lastLoss),
      anyRaised ? format.money(gap) : null,
      lossYears.length === years.length,
    ),
    unit: words.unit(info.lab_name),
    description: words.describe(
      String(years[0]),
      String(years.at(-1)),
      landmarks(years)
        .map((i) => words.inYear(String(years[i]), format.money(revenue[i]), format.money(net.values[i])))
        .join(" "),
      format.money(result.metrics["lab.lowest_cash"]),
    ),
    notes: partialYear(context),
    years,
    layers,
    net,
    tone: "lab",
    line: {
      label: words.line,
      unit: words.lineUnit,
      at: quarterEnds(context),
      values: result.series["lab.cash"] ?? [],
      base: base?.series["lab.cash"] ?? null,
      byYear: annual(result, "lab.cash") ?? [],
      baseByYear: annual(base, "lab.cash"),
    },
    show: format.plain,
    tick: format.exact,
    table: () => yearTable(context, years, [
      ...layers.map(({ label, values }) => ({ label, values })),
      net,
      { label: words.line, values: annual(result, "lab.cash") ?? [], base: annual(base, "lab.cash") },
    ], strings.save.money),
  };
}

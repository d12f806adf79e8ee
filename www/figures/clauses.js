// What each clause's own flows are worth to the backer.
import { streams, wasText } from "./context.js";

/** @import { Context, FigureData } from "./context.js" */

/** @typedef {{ id: string, tone: string, label: string, value: number, base: number | null, text: string, baseText: string | null }} ClauseBar */
/** @typedef {FigureData & { bars: ClauseBar[], bound: string }} ClauseBars */

/**
 * @param {Context} context
 * @returns {ClauseBars}
 */
export function clauseBars(context) {
  const { info, result, base, format, strings } = context;
  const words = strings.clauses;
  /** @type {ClauseBar[]} */
  const bars = [];
  for (const { id, kind, label } of streams(context)) {
    const value = result.metrics[`backer.npv.${id}`];
    const was = base?.metrics[`backer.npv.${id}`] ?? null;
    if (value === null || value === undefined) continue;
    if (Math.abs(value) < 1e-9 && Math.abs(was ?? 0) < 1e-9) continue;
    bars.push({
      id,
      tone: kind,
      label,
      value,
      base: was,
      text: format.money(value),
      baseText: wasText(context, value, was, format.money),
    });
  }
  bars.sort((a, b) => b.value - a.value);
  const top = bars[0];
  const topKind = top && top.value > 0 ? strings.clauseSource(top.tone, top.id) : null;
  return {
    heading: top && topKind ? words.heading(topKind, info.backer, top.text) : words.headingNone(info.backer),
    unit: words.unit(info.backer),
    description: words.describe(bars.map(({ label, text }) => `${label} ${text}`).join(", ")),
    notes: [],
    bound: info.backer,
    bars,
    table: () => ({
      head: [words.clause, words.column, ...(base ? [strings.figures.base] : [])],
      rows: bars.map(({ label, value, base: was }) => ({
        label,
        cells: [format.tabular(value), ...(base ? [format.tabular(was)] : [])],
      })),
    }),
  };
}

// The backer's flows by clause over time, and what they add up to.
import { annual, anything, landmarks, partialYear, streams } from "./context.js";
import { quarterEnds, yearTable } from "./stack.js";

/** @import { Context } from "./context.js" */
/** @import { FlowStrings } from "../strings/en-flows.js" */
/** @import { Layer, StackData } from "./stack.js" */

/**
 * @param {Context} context
 * @param {FlowStrings} words
 * @returns {StackData}
 */
export function flows(context, words) {
  const { info, result, base, format, strings } = context;
  const years = result.calendar_years;
  /** @type {Layer[]} */
  const layers = streams(context).flatMap(({ id, kind, label }) => {
    const name = `flow_after_tax.${id}`;
    const [values, was] = [annual(result, name), annual(base, name)];
    return anything(values) || anything(was) ? [{ id, tone: kind, label, values: values ?? [], base: was }] : [];
  });
  const net = {
    label: words.net,
    values: annual(result, "flow_after_tax.total") ?? [],
    base: annual(base, "flow_after_tax.total"),
  };
  const cumulative = result.series["cumulative"] ?? [];
  const end = cumulative[cumulative.length - 1] ?? 0;
  const exposure = result.metrics["backer.peak_exposure"] ?? 0;
  const payback = result.metrics["backer.payback"] ?? null;
  const neverOut = exposure > -0.005;
  return {
    kicker: words.kicker,
    heading: neverOut
      ? words.headingNone(info.backer, format.money(end))
      : words.heading(info.backer, payback === null ? null : format.year(payback), format.money(Math.abs(exposure))),
    unit: words.unit(info.backer),
    description: words.describe(
      String(years[0]),
      String(years.at(-1)),
      landmarks(years)
        .map((i) => words.inYear(String(years[i]), format.money(net.values[i])))
        .join(" "),
      format.money(end),
    ),
    notes: partialYear(context),
    years,
    layers,
    net,
    tone: "backer",
    line: {
      label: words.line,
      unit: words.lineUnit,
      at: quarterEnds(context),
      values: cumulative,
      base: base?.series["cumulative"] ?? null,
      byYear: annual(result, "cumulative") ?? [],
      baseByYear: annual(base, "cumulative"),
    },
    show: format.plain,
    tick: format.exact,
    table: () => yearTable(context, years, [
      ...layers.map(({ label, values }) => ({ label, values })),
      net,
      { label: words.line, values: annual(result, "cumulative") ?? [], base: annual(base, "cumulative") },
    ], strings.save.money),
  };
}

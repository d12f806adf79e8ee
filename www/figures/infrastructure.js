// What has to be built and what it uses: power, electricity, chips, carbon dioxide, water and capital cost by year, and how they
// compare with the reference figures of the deal file, which are the only ones that are named here.
import { indexOf } from "../charts/plot.js";
import { annual, anything, partialYear } from "./context.js";
import { yearTable } from "./stack.js";

/** @import { DealInfo } from "../engine/types.d.ts" */
/** @import { FigureStrings } from "../strings/en-figures.js" */
/** @import { CardContext, FigureData, Values } from "./context.js" */

/** @typedef {"gw" | "twh" | "chips" | "co2" | "water" | "capex"} MeasureId */
/**
 * @typedef {object} Measure
 * @property {MeasureId} id
 * @property {string} label
 * @property {string} unit
 * @property {string} short the unit beside a value
 * @property {Values} values
 * @property {Values | null} base
 * @property {Values | null} used the part of it that is in use
 * @property {Values | null} limit what could be built
 * @property {string} peak
 * @property {(value: number | null | undefined) => string} say
 */
/** @typedef {{ name: string, url: string | null }} Source */
/** @typedef {{ id: string, text: string, shareText: string, wasText: string | null, share: number, base: number | null, source: Source | null }} Reference */
/**
 * @typedef {FigureData & {
 *   years: readonly number[],
 *   measures: Measure[],
 *   references: Reference[],
 *   referencesTitle: string,
 *   missing: string,
 *   sourceLabel: string,
 *   usedLabel: string,
 *   limitLabel: string,
 *   changed: boolean,
 *   show: (value: number | null) => string,
 *   tick: (value: number) => string,
 *   say: (index: number) => string,
 * }} InfrastructureData
 */

/** @type {readonly { id: MeasureId, series: string, metrics: readonly string[] }[]} which metrics a reference is held against */
const MEASURES = [
  { id: "gw", series: "infrastructure.gw", metrics: ["infrastructure.peak_gw"] },
  { id: "twh", series: "infrastructure.twh", metrics: ["twh", "infrastructure.peak_twh"] },
  { id: "chips", series: "infrastructure.accelerators", metrics: ["infrastructure.peak_accelerators"] },
  { id: "co2", series: "infrastructure.co2", metrics: ["infrastructure.co2"] },
  { id: "water", series: "infrastructure.water", metrics: ["infrastructure.water"] },
  { id: "capex", series: "infrastructure.capex", metrics: ["infrastructure.capex"] },
];

/** A share from which on it is said how many times, instead of a per cent. */
const TIMES = 2;

/**
 * @param {CardContext} context
 * @param {FigureStrings} figureStrings
 * @returns {InfrastructureData}
 */
export function infrastructure(context, { infrastructure: words }) {
  const { info, result, base, format, strings } = context;
  const years = result.calendar_years;
  /** @type {Measure[]} */
  const measures = MEASURES.flatMap(({ id, series }) => {
    const [values, was] = [annual(result, series), annual(base, series)];
    if (!values || (!anything(values) && !anything(was))) return [];
    const { label, unit, short } = words.measures[id];
    const highest = indexOf(values, "greatest");
    const power = id === "gw";
    const say = id === "capex" ? format.money : (/** @type {number | null | undefined} */ value) => strings.units.joined(format.plain(value), short);
    return [
      {
        id,
        label,
        unit,
        short,
        values,
        base: was,
        used: power ? annual(result, "infrastructure.gw_used") : null,
        limit: power ? annual(result, "infrastructure.build_limit") : null,
        peak: words.peak(String(years[highest]), say(values[highest])),
        say,
      },
    ];
  });

  const references = info.references.flatMap(({ id, title, value, metric, year, source }) => {
    const share = result.references[id] ?? null;
    if (share === null) return [];
    const was = base?.references[id] ?? null;
    const part = (/** @type {number} */ of) => (of < TIMES ? format.percent(of) : words.more(format.multiple(of)));
    const measure = MEASURES.find(({ metrics }) => metrics.includes(metric))?.id;
    const span = measure === "twh" ? String(year ?? peakYear(context)) : words.years(String(years[0]), String(years.at(-1)));
    const what = words.compared[measure ?? "other"](span);
    return [
      {
        id,
        share,
        base: was,
        text: words.reference(title, format.exact(value)),
        shareText: words.share(what, part(share)),
        wasText: was !== null && part(was) !== part(share) ? strings.figures.was(part(was)) : null,
        source: sourceOf(info, source, strings),
      },
    ];
  });
  const compared = new Set(info.references.map(({ metric }) => MEASURES.find(({ metrics }) => metrics.includes(metric))?.id));
  const alone = measures.filter(({ id }) => !compared.has(id)).map(({ label }) => label.toLowerCase());

  const say = (/** @type {number} */ index) =>
    words.inYear(
      String(years[index]),
      measures.map(({ label, say: text, values }) => `${label} ${text(values[index])}`).join(", "),
    );
  const { metrics } = result;
  return {
    kicker: words.kicker,
    heading:
      measures.length === 0
        ? words.headingNone(info.lab_name)
        : words.heading(
            info.lab_name,
            strings.units.gigawattsOf(format.plain(metrics["infrastructure.peak_gw"])),
            strings.units.terawattHoursOf(format.plain(metrics["infrastructure.peak_twh"])),
            String(peakYear(context)),
          ),
    unit: words.unit(info.backer),
    description: words.describe(
      measures
        .map(({ label, unit, values, say: text }) => {
          const highest = indexOf(values, "greatest");
          return words.item(label, unit, text(values[highest]), String(years[highest]));
        })
        .join(" "),
      references.map(({ text, shareText }) => `${text} ${shareText}.`).join(" "),
    ),
    notes: partialYear(context),
    years,
    measures,
    references,
    referencesTitle: words.references,
    missing: alone.length > 0 ? words.noReferences(strings.list(alone)) : "",
    sourceLabel: words.source,
    usedLabel: words.used,
    limitLabel: words.limit,
    changed: base !== null,
    show: format.plain,
    tick: format.exact,
    say,
    table: () =>
      yearTable(context, years, [
        ...measures.flatMap(({ id, label, short, values, base: was, used }) => [
          { label: `${label}, ${short}`, values, base: was },
          ...(used === null ? [] : [{ label: words.used, values: used, base: annual(base, `infrastructure.${id}_used`) }]),
        ]),
      ]),
  };
}

/** The year in which most electricity is used. @param {CardContext} context */
const peakYear = ({ result }) => result.calendar_years[indexOf(annual(result, "infrastructure.twh") ?? [], "greatest")] ?? 0;

/**
 * @param {DealInfo} info
 * @param {string | null} id
 * @param {CardContext["strings"]} strings
 * @returns {Source | null}
 */
function sourceOf({ sources }, id, { levers }) {
  const found = sources.find((source) => source.id === id);
  if (found === undefined) return null;
  return { name: levers.sourceName(found.publisher ?? found.title, found.date?.slice(0, 4) ?? ""), url: found.url };
}

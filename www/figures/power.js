// The capacity that the backer builds for the lab, and its electricity against figures that people know.
import { indexOf } from "../charts/plot.js";
import { annual, anything, landmarks, partialYear } from "./context.js";
import { yearTable } from "./stack.js";

/** @import { Context, FigureData, Samples, Values } from "./context.js" */

/** @typedef {{ id: string, text: string, shareText: string, share: number }} Reference */
/**
 * @typedef {FigureData & {
 *   years: readonly number[],
 *   at: Samples,
 *   installed: Samples, used: Samples, limit: Samples, baseInstalled: Samples | null,
 *   energy: Values, baseEnergy: Values | null,
 *   installedByYear: Values,
 *   references: Reference[],
 *   show: (value: number | null) => string,
 *   tick: (value: number) => string,
 * }} PowerData
 */

/**
 * @param {Context} context
 * @returns {PowerData | null} null where the deal has no price of compute and hence no power
 */
export function power(context) {
  const { info, result, base, format, strings } = context;
  const words = strings.power;
  const years = result.calendar_years;
  const energy = annual(result, "infrastructure.twh");
  const { "infrastructure.gw": installed, "infrastructure.gw_used": used } = result.series;
  if (!energy || !installed || !used || !anything([...installed])) return null;

  const installedByYear = annual(result, "infrastructure.gw") ?? [];
  const usedByYear = annual(result, "infrastructure.gw_used") ?? [];
  const peak = result.metrics["infrastructure.peak_twh"] ?? null;
  const references = info.references.flatMap(({ id, title, value }) => {
    const share = result.references[id] ?? null;
    if (share === null) return [];
    const percent = format.percent(share);
    return [{ id, share, text: words.reference(title, format.exact(value)), shareText: words.share(percent) }];
  });
  const gw = (/** @type {number | null | undefined} */ value) => strings.units.gigawattsOf(format.plain(value));
  const twh = (/** @type {number | null | undefined} */ value) => strings.units.terawattHoursOf(format.plain(value));
  return {
    kicker: words.kicker,
    heading: words.heading(info.lab_name, gw(result.metrics["infrastructure.peak_gw"]), twh(peak), String(years[indexOf(energy, "greatest")])),
    unit: words.unit(info.backer),
    description: words.describe(
      landmarks(years)
        .map((i) => words.inYear(String(years[i]), twh(energy[i]), gw(installedByYear[i])))
        .join(" "),
      references.map(({ text, share }) => words.shareOf(text, format.percent(share))).join(" "),
    ),
    notes: partialYear(context),
    years,
    at: result.series["quarter.start"] ?? [],
    installed,
    used,
    limit: result.series["infrastructure.build_limit"] ?? [],
    baseInstalled: base?.series["infrastructure.gw"] ?? null,
    energy,
    baseEnergy: annual(base, "infrastructure.twh"),
    installedByYear,
    references,
    show: format.plain,
    tick: format.exact,
    table: () => yearTable(context, years, [
      { label: strings.ledger.rows.gw, values: installedByYear, base: annual(base, "infrastructure.gw") },
      { label: `${words.used}, GW`, values: usedByYear },
      { label: strings.ledger.rows.twh, values: energy, base: annual(base, "infrastructure.twh") },
    ]),
  };
}

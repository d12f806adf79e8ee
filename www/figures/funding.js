// Who pays for the lab and who owns it: what is put in by year, the parts of its owners over time, and quarters of distress.
import { inPercent, partialYear, landmarks } from "./context.js";
import { quarterEnds, yearTable } from "./stack.js";

/** @import { Payments, Stream } from "../engine/types.d.ts" */
/** @import { FigureStrings } from "../strings/en-figures.js" */
/** @import { CardContext, FigureData, Values } from "./context.js" */
/** @import { Layer, Net } from "./stack.js" */

/** @typedef {"backer" | "holders" | "later"} Owner */
/** @typedef {{ id: Owner, label: string, short: string, quarters: readonly number[], base: readonly number[] | null, years: Values, baseYears: Values | null }} OwnerLine */
/**
 * @typedef {FigureData & {
 *   years: readonly number[],
 *   layers: Layer[],
 *   net: Net,
 *   at: readonly number[],
 *   owners: OwnerLine[],
 *   ownersUnit: string,
 *   distress: readonly number[],
 *   distressText: (quarters: number) => string,
 *   distressLegend: string,
 *   changed: boolean,
 *   show: (value: number | null) => string,
 *   percent: (value: number | null) => string,
 *   tick: (value: number) => string,
 * }} FundingData
 */

/** What is put into the lab, from the zero line upwards. */
const SOURCES = /** @type {const} */ ([
  { name: "raised", tone: "raised" },
  { name: "participation", tone: "equity" },
  { name: "milestones", tone: "milestone-investment" },
  { name: "capital", tone: "capital" },
]);

/**
 * @param {CardContext} context
 * @param {{ payments: Payments, base?: Payments }} answers
 * @param {FigureStrings} figureStrings
 * @returns {FundingData}
 */
export function funding(context, { payments: found, base }, { funding: words }) {
  const { info, result, format, strings } = context;
  const was = context.base === null ? null : (base ?? null);
  const { years, ownership } = found;

  const labels = {
    raised: words.raised,
    participation: words.participation(info.backer),
    milestones: words.milestones(info.backer),
    capital: words.capital(info.backer),
  };
  /** @param {Payments | null} from @param {string} name */
  const into = (from, name) => from?.streams.filter((/** @type {Stream} */ stream) => stream.name === name && stream.to === "lab") ?? [];
  /** @type {Layer[]} */
  const layers = SOURCES.flatMap(({ name, tone }) => {
    const [now, old] = [into(found, name), into(was, name)];
    // A deal may have several clauses of a kind, each with a layer of its own.
    const clauses = [...new Set([...now, ...old].map(({ clause }) => clause))];
    return clauses.map((clause) => {
      const of = (/** @type {readonly Stream[]} */ list) => list.find((stream) => stream.clause === clause)?.amounts;
      const nothing = years.map(() => 0);
      const label = clauses.length > 1 && clause !== null ? `${labels[name]} (${clause})` : labels[name];
      return { id: `${name} ${clause ?? ""}`, tone, label, values: of(now) ?? nothing, base: was === null ? null : (of(old) ?? nothing) };
    });
  });
  const net = { label: words.all, values: found.funded, base: was && was.funded };

  /** @param {Owner} id @param {string} label @param {string} [short] @returns {OwnerLine} */
  const owner = (id, label, short = label) => ({
    id,
    label,
    short,
    quarters: ownership.quarters[id],
    base: was && was.ownership.quarters[id],
    years: ownership.years[id],
    baseYears: was && was.ownership.years[id],
  });
  const owners = [owner("backer", info.backer), owner("holders", words.holders), owner("later", words.later, words.laterShort)];
  // What the backer promised is put in and not raised.
  const paidIn = (/** @type {readonly string[]} */ names) => years.findLast((_, i) => names.some((name) => into(found, name).some(({ amounts }) => (amounts[i] ?? 0) > 0.05)));
  const lastRaise = paidIn(["raised", "participation"]);
  const holders = ownership.quarters.holders;
  const money = (/** @type {number | null | undefined} */ value) => format.money(value);
  const troubled = years.filter((_, i) => (ownership.distress[i] ?? 0) > 0);
  const sale = found.streams.find(({ name }) => name === "stake-sold");
  const saleYear = years.findLast((_, i) => (sale?.amounts[i] ?? 0) > 0);
  return {
    kicker: words.kicker,
    heading: words.heading({
      lab: info.lab_name,
      gap: money(result.metrics["lab.funding_gap"]),
      last: lastRaise === undefined ? null : String(lastRaise),
      before: format.percent(holders[0]),
      after: format.percent(holders.at(-1)),
      promised: paidIn(["milestones", "capital"]) === undefined ? null : info.backer,
    }),
    unit: words.unit,
    ownersUnit: words.owners,
    description: words.describe(
      String(years[0]),
      String(years.at(-1)),
      [
        ...landmarks(years).map((i) =>
          words.inYear(
            String(years[i]),
            money(found.funded[i]),
            info.backer,
            format.percent(ownership.years.backer[i]),
            format.percent(ownership.years.holders[i]),
          ),
        ),
        ...(troubled.length > 0 ? [words.distressYears(strings.list(troubled.map(String)))] : [words.none]),
      ].join(" "),
    ),
    notes: [
      words.gap(money(result.metrics["lab.funding_gap"])),
      troubled.length > 0 ? words.distressYears(strings.list(troubled.map(String))) : words.none,
      ...(saleYear === undefined ? [] : [words.sold(info.backer, String(saleYear))]),
      ...partialYear(context),
    ],
    years,
    layers,
    net,
    at: [result.series["quarter.start"]?.[0] ?? 0, ...quarterEnds(context)],
    owners,
    distress: ownership.distress,
    distressText: words.distress,
    distressLegend: words.distressLegend,
    changed: was !== null,
    show: format.plain,
    percent: format.percent,
    tick: format.exact,
    table: () => {
      const parts = owners.map(({ label, years: values, baseYears }) => ({
        label: `${label}, %`,
        values: inPercent(values) ?? [],
        base: inPercent(baseYears),
        unit: "",
      }));
      return yearTable(context, years, [...layers.map(({ label, values, base: old }) => ({ label, values, base: old })), net, ...parts], strings.save.money);
    },
  };
}

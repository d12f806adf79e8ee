// What each clause and bundle is worth to either side, as pairs of bars.
import { cellsOf, wasText } from "./context.js";
import { priceOf } from "./price.js";

/** @import { ClausePrices } from "../engine/types.d.ts" */
/** @import { Side } from "../strings/en.js" */
/** @import { CardContext, FigureData } from "./context.js" */

/** @typedef {"shapley" | "removal"} View fair shares, or what is lost when a clause alone goes */
/** @typedef {{ side: Side, value: number, base: number | null, text: string, baseText: string | null }} SideBar */
/** @typedef {{ id: string, label: string, holds: string, price: string, bars: [SideBar, SideBar] }} PairRow `holds` names what is signed together, `price` explains it */
/** @typedef {{ label: string, cells: string[], strong: boolean }} Total */
/**
 * @typedef {FigureData & {
 *   view: View,
 *   views: { id: View, title: string, disabled: boolean }[],
 *   legend: string,
 *   sides: { side: Side, name: string }[],
 *   rows: PairRow[],
 *   totals: { title: string, rows: Total[] },
 *   changed: boolean,
 *   tick: (value: number) => string,
 * }} ClausePairs
 */
/** @typedef {{ view?: View }} ClausePicks */

/** Two clauses are named where the second is worth at least this part of the first. */
const NAMED_TOO = 0.5;

/**
 * @param {CardContext} context
 * @param {{ prices: ClausePrices, base?: ClausePrices }} answers
 * @param {ClausePicks} picks
 * @returns {ClausePairs}
 */
export function clausePairs(context, { prices, base = prices }, picks) {
  const { info, format, strings } = context;
  const words = strings.clauses;
  const changed = context.base !== null;
  const units = Object.keys(prices.backer);
  // Where the engine has no fair shares it says why, and the other price is the one that there is.
  const priced = prices.note === undefined;
  const view = priced ? (picks.view ?? "shapley") : "removal";
  const owners = strings.owners(info.lab_name);
  const naming = (/** @type {string} */ unit) => unitNames(info, strings, unit);

  /**
   * @param {ClausePrices} of
   * @param {Side} side
   * @param {string} unit
   */
  const price = (of, side, unit) => of[side][unit]?.[view] ?? null;
  /** A unit stands where its size in the base case puts it, so that rows keep their places while a lever moves. @param {string} unit */
  const size = (unit) => {
    const known = unit in base.backer ? base : prices;
    return Math.max(Math.abs(price(known, "backer", unit) ?? 0), Math.abs(price(known, "lab", unit) ?? 0));
  };

  /**
   * @param {string} unit
   * @param {Side} side
   * @returns {SideBar}
   */
  const bar = (unit, side) => {
    const value = price(prices, side, unit) ?? 0;
    const was = changed ? price(base, side, unit) : null;
    return { side, value, base: was, text: format.money(value), baseText: wasText(context, value, was, format.money) };
  };

  const shown = units.filter((unit) => anything(prices, unit) || (changed && anything(base, unit)));
  const rows = shown
    .toSorted((a, b) => size(b) - size(a))
    .map((unit) => {
      const { label, holds } = naming(unit);
      return { id: unit, label, holds, price: priceOf(unit), bars: /** @type {[SideBar, SideBar]} */ ([bar(unit, "backer"), bar(unit, "lab")]) };
    });
  const idle = units.filter((unit) => !shown.includes(unit)).map((unit) => naming(unit).source);

  const money = (/** @type {{ backer: number, lab: number }} */ { backer, lab }) => [format.money(backer), format.money(lab)];
  const totals = [
    { label: words.all, cells: money(prices.all), strong: true },
    { label: words.empty, cells: money(prices.empty), strong: false },
    ...(prices.gain === undefined ? [] : [{ label: words.gain, cells: money(prices.gain), strong: true }]),
  ];
  const description = words.describe(
    rows
      .map(({ label, bars: [backer, lab] }) => words.pair(label, info.backer, backer.text, owners, lab.text))
      .join("; "),
    totals.map(({ label, cells: [backer = "", lab = ""] }) => words.total(label, backer, lab)).join(" "),
  );
  return {
    kicker: words.kicker,
    heading: heading(context, rows, owners),
    unit: words.unit[view],
    description,
    notes: [...(prices.note === undefined ? [] : [prices.note]), ...(idle.length > 0 ? [words.nothing(idle)] : [])],
    view,
    views: [
      { id: "shapley", title: words.views.shapley, disabled: !priced },
      { id: "removal", title: words.views.removal, disabled: false },
    ],
    legend: words.view,
    sides: [
      { side: "backer", name: info.backer },
      { side: "lab", name: owners },
    ],
    rows,
    totals: { title: words.totals, rows: totals },
    changed,
    tick: format.exact,
    table: () => ({
      head: [words.clause, ...columns(context).map(({ label }) => label)],
      units: ["", ...columns(context).map(() => strings.save.money)],
      rows: units.map((unit) => ({
        label: naming(unit).full,
        ...cellsOf(
          columns(context).map(({ side, kind, of }) => (of === "base" ? base : prices)[side][unit]?.[kind]),
          format.tabular,
        ),
      })),
    }),
  };
}

/**
 * Whether a unit is worth anything to anyone.
 * @param {ClausePrices} prices
 * @param {string} unit
 */
const anything = (prices, unit) =>
  [prices.backer[unit], prices.lab[unit]].some(
    (price) => price !== undefined && (Math.abs(price.removal) > 1e-9 || Math.abs(price.shapley ?? 0) > 1e-9),
  );

/**
 * @param {CardContext} context
 * @param {readonly PairRow[]} rows
 * @param {string} owners
 */
function heading({ info, strings }, rows, owners) {
  const source = (/** @type {string} */ unit) => unitNames(info, strings, unit).source;
  const best = rows.filter(({ bars }) => bars[0].value > 0).toSorted((a, b) => b.bars[0].value - a.bars[0].value);
  const [first, second] = best;
  const most = [first, second].filter((row) => row && first && row.bars[0].value >= NAMED_TOO * first.bars[0].value);
  const byLab = rows.toSorted((a, b) => a.bars[1].value - b.bars[1].value);
  const [worst, top] = [byLab[0], byLab.at(-1)];
  const gives = worst && worst.bars[1].value < 0 ? source(worst.id) : null;
  return strings.clauses.heading({
    backer: info.backer,
    owners,
    most: most.flatMap((row) => (row ? [source(row.id)] : [])),
    gives,
    gets: top && top.bars[1].value > 0 ? source(top.id) : null,
  });
}

/**
 * The columns of the table: both prices for both sides, and the base case beside them once something is changed.
 * @param {CardContext} context
 */
function columns({ info, base, strings }) {
  const words = strings.clauses;
  const sides = /** @type {const} */ (["backer", "lab"]);
  const kinds = /** @type {const} */ (["shapley", "removal"]);
  const now = sides.flatMap((side) =>
    kinds.map((kind) => {
      const name = side === "backer" ? info.backer : strings.owners(info.lab_name);
      return { side, kind, of: "now", label: `${name}: ${words.views[kind]}` };
    }),
  );
  const was = now.map((column) => ({ ...column, of: "base", label: `${column.label} (${strings.figures.base})` }));
  return base === null ? now : [...now, ...was];
}

/**
 * How a unit of pricing is called: a clause by its own name, a bundle by its name and what it holds.
 * @param {Pick<CardContext["info"], "clauses">} info
 * @param {CardContext["strings"]} strings
 * @param {string} unit
 */
export function unitNames({ clauses }, strings, unit) {
  const held = clauses.filter(({ bundle, enabled }) => enabled && bundle === unit);
  if (held.length === 0) {
    const kind = clauses.find(({ id }) => id === unit)?.kind ?? unit;
    const label = strings.clause(kind, unit);
    return { label, holds: "", full: label, source: strings.clauseSource(kind, unit) };
  }
  const label = strings.bundle(unit);
  const holds = strings.clauses.holds(held.map(({ kind, id }) => strings.clauseSource(kind, id)));
  return { label, holds, full: `${label} (${holds})`, source: strings.bundleSource(unit) };
}

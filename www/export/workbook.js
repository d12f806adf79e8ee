// The deal as it stands as an Excel workbook: what it comes to, the ledger behind it by quarter and by year, every assumption with
// its source, and where all of it came from. Numbers are numbers with all their digits; a format says how they look.
import { metricLabel } from "../figures/metrics.js";
import { currentSpread, currentValue, referenceValue } from "../state/state.js";
import { strings as questions } from "../strings/questions.js";
import { isoDay, stampOf } from "./stamp.js";
import { unitOf } from "./units.js";

/** @import { Cell, CellValue, ColumnDef, WriteSheet } from "hucre/xlsx" */
/** @import { Quantity } from "../engine/types.d.ts" */
/** @import { ExportStrings } from "../strings/en-export.js" */
/** @import { Outlet } from "./stamp.js" */
/** @import { Unit } from "./units.js" */

/** A cell that looks otherwise than the rest of its column. @typedef {{ value: CellValue, format?: string, link?: string }} Special */
/** @typedef {{ title: string, width: number, format?: string, wrap?: boolean }} Column */
/** @typedef {readonly (CellValue | Special)[]} Row */

/** @type {Partial<Record<Unit, string>>} */
const FORMATS = { share: "0.0%", year: "0.00", years: "0.00", count: "0", accelerators: "0.000" };
const NUMBER = "#,##0.00";

/** @param {string} name of a metric or series */
const formatOf = (name) => FORMATS[unitOf(name)] ?? NUMBER;

/**
 * @param {Outlet} outlet
 * @param {ExportStrings} strings
 * @returns {WriteSheet[]}
 */
export function sheetsOf(outlet, strings) {
  const { sheets } = strings.workbook;
  return [
    { name: sheets.metrics, ...metrics(outlet, strings) },
    { name: sheets.ledger, ...ledger(outlet, strings) },
    { name: sheets.years, ...years(outlet, strings) },
    { name: sheets.assumptions, ...assumptions(outlet, strings) },
    { name: sheets.sources, ...sources(outlet, strings) },
    { name: sheets.about, ...about(outlet, strings) },
  ];
}

/**
 * @param {Outlet} outlet
 * @param {ExportStrings} strings
 */
function metrics({ shown }, { workbook, units }) {
  const { result, base } = shown;
  const words = workbook.metrics;
  const label = (/** @type {string} */ id) =>
    workbook.otherMetrics[id] ?? (id in questions.metric || id.startsWith("backer.npv.") ? metricLabel(shown, questions, id) : "");
  return sheet(
    [
      { title: words.id, width: 34 },
      { title: words.label, width: 52 },
      { title: words.unit, width: 14 },
      { title: words.value, width: 16 },
      ...(base === null ? [] : [{ title: words.base, width: 16 }]),
    ],
    Object.entries(result.metrics).map(([id, value]) => {
      const cell = (/** @type {number | null | undefined} */ each) => ({ value: each ?? null, format: formatOf(id) });
      return [id, label(id), units[unitOf(id)] ?? "", cell(value), ...(base === null ? [] : [cell(base.metrics[id])])];
    }),
  );
}

/**
 * One row a quarter and one column a series, under its public name and its unit.
 * @param {Outlet} outlet
 * @param {ExportStrings} strings
 */
function ledger({ shown: { result } }, { workbook: { ledger: words }, units }) {
  const names = Object.keys(result.series).filter((name) => result.series[name]);
  const starts = result.series["quarter.start"] ?? new Float64Array();
  const quarter = (/** @type {number} */ start) => words.name(Math.floor(start), Math.floor((start % 1) * 4) + 1);
  const rows = Array.from(starts, (start, i) => [quarter(start), ...names.map((name) => result.series[name]?.[i] ?? null)]);
  return sheet(
    [{ title: words.quarter, width: 10 }, ...names.map((name) => ({ title: name, width: widthFor(name), format: formatOf(name) }))],
    rows,
    { units: [words.unit, ...names.map((name) => units[unitOf(name)] ?? "")], columns: 1 },
  );
}

/**
 * The same by calendar year, as the engine sums it up, and what it says of years alone.
 * @param {Outlet} outlet
 * @param {ExportStrings} strings
 */
function years({ shown: { result } }, { workbook: { years: words, ledger: { unit } }, units }) {
  const ofYears = /** @type {const} */ (["take_rate", "take_rate_with_compute"]);
  const names = Object.keys(result.annual).filter((name) => result.annual[name] && !name.startsWith("quarter."));
  const all = [...names, ...ofYears];
  return sheet(
    [{ title: words.year, width: 10, format: "0" }, ...all.map((name) => ({ title: name, width: widthFor(name), format: formatOf(name) }))],
    result.calendar_years.map((year, i) => [
      year,
      ...names.map((name) => result.annual[name]?.[i] ?? null),
      ...ofYears.map((name) => result.years[String(year)]?.[name] ?? null),
    ]),
    { units: [unit, ...all.map((name) => units[unitOf(name)] ?? "")], columns: 1 },
  );
}

/**
 * @param {Outlet} outlet
 * @param {ExportStrings} strings
 */
function assumptions({ shown: { info, state } }, { workbook: { assumptions: words } }) {
  const source = new Map(info.sources.map((each) => [each.id, each]));
  return sheet(
    [
      { title: words.path, width: 40 },
      { title: words.label, width: 44 },
      { title: words.value, width: 14 },
      { title: words.unit, width: 20 },
      { title: words.changed, width: 10 },
      { title: words.base, width: 14 },
      { title: words.dist, width: 13 },
      { title: words.low, width: 12 },
      { title: words.high, width: 12 },
      { title: words.status, width: 11 },
      { title: words.source, width: 44 },
      { title: words.url, width: 40 },
      { title: words.note, width: 80 },
    ],
    info.quantities.map((quantity) => {
      const { path, label, unit, status, note } = quantity;
      const spread = currentSpread(info, state, quantity);
      const { low = spread.points?.[0]?.[0], high = spread.points?.at(-1)?.[0] } = spread;
      const value = currentValue(info, state, quantity);
      const was = referenceValue(info, null, quantity);
      const from = source.get(quantity.source ?? "");
      const cell = (/** @type {CellValue} */ each) => ({ value: each, format: quantityFormat(quantity) });
      return [
        path,
        label,
        cell(value),
        unit,
        value === was && !(path in state.spread) ? null : words.yes,
        cell(was),
        spread.kind === "none" ? null : spread.kind,
        cell(spread.kind === "bernoulli" ? 0 : (low ?? null)),
        cell(spread.kind === "bernoulli" ? 1 : (high ?? null)),
        status,
        from ? [from.title, from.publisher, from.date].filter((part) => part !== null).join(", ") : null,
        linked(from?.url ?? null),
        note,
      ];
    }),
    { columns: 2, filter: true },
  );
}

/** @param {Quantity} quantity */
function quantityFormat({ kind, unit }) {
  if (kind === "year") return "0.00";
  return /^(of |a year$)/.test(unit) ? "0.0##%" : "General";
}

/**
 * @param {Outlet} outlet
 * @param {ExportStrings} strings
 */
function sources({ shown: { info } }, { workbook: { sources: words } }) {
  return sheet(
    [
      { title: words.id, width: 22 },
      { title: words.title, width: 80 },
      { title: words.publisher, width: 28 },
      { title: words.date, width: 12 },
      { title: words.url, width: 80 },
    ],
    info.sources.map(({ id, title, publisher, date, url }) => [id, title, publisher, date, linked(url)]),
  );
}

/**
 * @param {Outlet} outlet
 * @param {ExportStrings} strings
 */
function about(outlet, strings) {
  const { shown, version, link, date } = outlet;
  const { info, state } = shown;
  const words = strings.workbook.about;
  const { caveat, changes } = stampOf(outlet, strings);
  /** @type {Row[]} */
  const rows = [
    [words.deal, info.title],
    [words.id, info.id],
    [words.effective, info.effective],
    [words.horizon, info.horizon],
    [words.scenario, info.scenarios.find(({ id }) => id === state.scenario)?.title ?? words.asAgreed],
    [words.changes, changes.length === 0 ? words.none : changes.join("\n")],
    [words.without, state.without.length === 0 ? words.none : state.without.join(", ")],
    [words.version, version],
    [words.link, link.startsWith("#") ? link : linked(link)],
    [words.date, isoDay(date)],
    [words.caveat, caveat],
    [words.signs, words.signsAre],
    [words.years, words.yearsAre],
    [words.assumptions, words.assumptionsAre],
  ];
  return sheet([{ title: words.title, width: 22 }, { title: "", width: 100, wrap: true }], rows);
}

/**
 * @param {readonly Column[]} columns
 * @param {readonly Row[]} rows
 * @param {{ units?: readonly string[], columns?: number, filter?: boolean }} [options] a second row of the head, how many columns stay in
 *   sight, and whether the rows can be filtered
 * @returns {Omit<WriteSheet, "name">}
 */
function sheet(columns, rows, { units, columns: frozen = 0, filter = false } = {}) {
  const head = [columns.map(({ title }) => title), ...(units ? [[...units]] : [])];
  /** @type {Map<string, Partial<Cell>>} */
  const cells = new Map();
  head.forEach((line, i) => {
    line.forEach((value, j) => cells.set(`${i},${j}`, { value, style: i === 0 ? { font: { bold: true }, ...RULE } : { font: { italic: true }, ...RULE } }));
  });
  const plain = rows.map((row, i) =>
    row.map((cell, j) => {
      if (!isSpecial(cell)) return cell;
      const style = { ...(cell.format !== undefined && { numFmt: cell.format }), ...(cell.link !== undefined && { font: LINK }) };
      const link = cell.link === undefined ? {} : { hyperlink: { target: cell.link } };
      cells.set(`${i + head.length},${j}`, { value: cell.value, style, ...link });
      return cell.value;
    }),
  );
  const last = `${letters(columns.length - 1)}${head.length + rows.length}`;
  return {
    columns: columns.map(({ width, format, wrap }) => columnOf(width, format, wrap)),
    rows: [...head, ...plain],
    cells,
    freezePane: { rows: head.length, ...(frozen > 0 && { columns: frozen }) },
    ...(filter && { autoFilter: { range: `A${head.length}:${last}` } }),
  };
}

/** @type {Pick<import("hucre/xlsx").CellStyle, "border">} */
const RULE = { border: { bottom: { style: "thin" } } };
const LINK = { underline: true, color: { rgb: "174EA6" } };

/**
 * @param {number} width
 * @param {string | undefined} format
 * @param {boolean | undefined} wrap
 * @returns {ColumnDef}
 */
const columnOf = (width, format, wrap) => ({
  width,
  ...(format !== undefined && { numFmt: format }),
  ...(wrap && { style: { alignment: { wrapText: true, vertical: "top" } } }),
});

/** @param {string | null} url @returns {Special | null} */
const linked = (url) => (url === null || url === "" ? null : { value: url, link: url });

/** @param {CellValue | Special} cell @returns {cell is Special} */
const isSpecial = (cell) => typeof cell === "object" && cell !== null && "value" in cell;

/** @param {string} name */
const widthFor = (name) => Math.max(12, name.length + 2);

/**
 * The letters of a column: A to Z, then AA.
 * @param {number} index
 * @returns {string}
 */
const letters = (index) => (index < 26 ? "" : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

/**
 * The file. What writes it is loaded with this module; it needs neither `eval` nor workers made of texts, which the page's content
 * security policy forbids.
 * @param {Outlet} outlet
 * @param {ExportStrings} strings
 * @returns {Promise<Blob>}
 */
export async function workbook(outlet, strings) {
  const { writeXlsx } = await import("hucre/xlsx");
  const content = await writeXlsx({
    sheets: sheetsOf(outlet, strings),
    properties: { title: outlet.shown.info.title, creator: stampOf(outlet, strings).model, description: outlet.link, created: outlet.date },
  });
  return new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (content)], {
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  });
}

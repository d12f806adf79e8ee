// A figure's table as a CSV file (RFC 4180). It is one table and nothing else, so that a spreadsheet and a data frame both read it as
// it is: a head with the units, numbers with all their digits and a decimal point, and a last column that says where the row came
// from. That column holds when rows are copied elsewhere, and tells two states apart in files that are put together.

/** @import { Table } from "../figures/context.js" */

/** Without it a spreadsheet that opens the file by a double click takes the text for an older encoding, and spoils the names. */
const BYTE_ORDER_MARK = "\uFEFF";
const NEW_LINE = "\r\n";

/**
 * @param {Table} table
 * @param {object} words
 * @param {string} words.source the head of the last column
 * @param {string} words.stamp what stands in it
 * @param {string} words.none how the table writes what there is not
 */
export function csvOf({ head, full = head, units = [], rows }, { source, stamp, none }) {
  const named = full.map((title, i) => (units[i] ? `${title} (${units[i]})` : title));
  const lines = rows.map(({ label, full: inFull = label, cells, values = [] }) => [
    inFull,
    ...cells.map((text, i) => (values[i] === undefined ? (text === none ? "" : text) : (values[i] ?? ""))),
  ]);
  // A column of which nothing is known, because the figure has not asked for it, is no column.
  const known = named.flatMap((_, i) => (i === 0 || lines.some((line) => line[i] !== "") ? [i] : []));
  const part = (/** @type {(string | number)[]} */ line, /** @type {string} */ last) =>
    [...known.map((i) => line[i] ?? ""), last].map(field).join(",");
  const text = [part(named, source), ...lines.map((line) => part(line, stamp))].join(NEW_LINE);
  return `${BYTE_ORDER_MARK}${text}${NEW_LINE}`;
}

/**
 * What a deal file calls something must not be calculated by the spreadsheet that opens it.
 * @param {string | number} value
 */
function field(value) {
  const text = typeof value === "number" ? String(value) : value.replace(/^[=+\-@\t\r](?![\d.]+$)/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

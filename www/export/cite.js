// The page as it stands, as a reference: a text in the manner of the APA, and an entry for BibTeX.
import { isoDay, stampOf } from "./stamp.js";

/** @import { ExportStrings } from "../strings/en-export.js" */
/** @import { Outlet } from "./stamp.js" */

/**
 * @param {Outlet} outlet
 * @param {ExportStrings} strings
 */
export function citations(outlet, strings) {
  const { cite: words } = strings;
  const { version, link, date, shown } = outlet;
  const of = words.of(shown.info.title, stampOf(outlet, strings).changes);
  const text = words.apa({ author: words.author, name: words.name, version, of, date: shown.format.day(isoDay(date)), link });
  const fields = {
    author: `{${words.author}}`,
    title: `{${escaped(words.name)}}`,
    version,
    note: escaped(`Version ${version}. ${of}`),
    // A link is taken as it stands by whatever typesets the field `url`.
    url: link,
    urldate: isoDay(date),
  };
  const lines = Object.entries(fields).filter(([, value]) => value !== "");
  const bibtex = `@misc{clauseworth-${shown.info.id},\n${lines.map(([key, value]) => `  ${key} = {${value}}`).join(",\n")}\n}\n`;
  return { text, bibtex };
}

/**
 * Text in which nothing is a command to TeX.
 * @param {string} text
 */
const escaped = (text) =>
  text
    .replaceAll("\\", "\\textbackslash{}")
    .replaceAll(/[&%$#_]/g, "\\$&")
    .replaceAll("\u00a0", "~");

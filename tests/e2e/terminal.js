// The command line, and what it takes to compare its numbers with another program's.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The program. */
export const binary = process.env["CLAUSEWORTH_BIN"] ?? fileURLToPath(new URL("../../target/debug/clauseworth", import.meta.url));

/** @typedef {null | boolean | number | string | Json[] | { [key: string]: Json }} Json */

/**
 * What the program prints.
 * @param {string[]} args
 */
export async function printed(...args) {
  const { stdout } = await promisify(execFile)(binary, args, { maxBuffer: 1 << 26 });
  return stdout;
}

/**
 * Reads JSON in which the negative zero, which JavaScript does not write, is a word.
 * @param {string} text
 * @returns {{ [key: string]: Json }}
 */
export const parseExact = (text) => JSON.parse(text, (_key, /** @type {Json} */ value) => (value === "-0" ? -0 : value));

/**
 * Every place where two values differ, by its path. Numbers are the same only if all their bits are.
 * @param {Json} page
 * @param {Json} terminal
 * @param {string} path
 * @returns {string[]}
 */
export function differences(page, terminal, path) {
  if (page !== null && terminal !== null && typeof page === "object" && typeof terminal === "object") {
    const [a, b] = [Object.entries(page), new Map(Object.entries(terminal))];
    const missing = [...b.keys()].filter((key) => !(key in page)).map((key) => `${path}.${key}: only the command line has it`);
    const found = a.flatMap(([key, value]) =>
      b.has(key) ? differences(value, b.get(key) ?? null, `${path}.${key}`) : [`${path}.${key}: only the page has it`],
    );
    return [...missing, ...found];
  }
  return Object.is(page, terminal) ? [] : [`${path}: ${JSON.stringify(page)} in the page, ${JSON.stringify(terminal)} on the command line`];
}

/**
 * How many numbers a value has.
 * @param {Json} value
 */
export function numbers(value) {
  /** @type {number} */
  let found = typeof value === "number" ? 1 : 0;
  if (value !== null && typeof value === "object") for (const each of Object.values(value)) found += numbers(each);
  return found;
}

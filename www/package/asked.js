// What a program hands over is held against its type before it goes further: JavaScript does not, and what comes of it deeper down says
// nothing of what was wrong.
import { EngineError } from "../engine/errors.js";

/** @import { DealRequest, Tree } from "../engine/types.d.ts" */

/** @param {unknown} value */
const shown = (value) => (typeof value === "string" ? JSON.stringify(value) : Array.isArray(value) ? "a list" : value !== null && typeof value === "object" ? "an object" : String(value));

/**
 * @param {string} path
 * @param {string} expected
 * @param {unknown} value
 */
function mistaken(path, expected, value) {
  const found = shown(value);
  const message = `${path}: expected ${expected}, found ${found}`;
  return new EngineError({ message, path, errors: [{ path, expected, found, hint: null, line: null, message }], missing: false });
}

/**
 * @param {unknown} value
 * @param {string} path
 */
function objectAt(value, path) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw mistaken(path, "an object", value);
  return /** @type {Record<string, unknown>} */ (value);
}

/**
 * @param {DealRequest} request
 * @param {string} [at]
 */
export function asked(request, at = "request") {
  const { deal, set, without } = objectAt(request, at);
  if (typeof deal !== "string") throw mistaken("deal", "the id of a deal", deal);
  for (const [path, value] of Object.entries(set === undefined ? {} : objectAt(set, "set"))) {
    if (!["number", "string", "boolean"].includes(typeof value)) throw mistaken(path, "a number, a word, or true or false", value);
  }
  if (without !== undefined && !Array.isArray(without)) throw mistaken("without", "a list of clauses", without);
  return request;
}

/** @param {readonly DealRequest[]} requests */
export function askedOfAll(requests) {
  if (!Array.isArray(requests) || requests.length === 0) throw mistaken("requests", "a list of one or more requests", requests);
  for (const [i, request] of requests.entries()) asked(request, `requests.${i}`);
  return requests;
}

/** @param {string} metric */
export function metricOf(metric) {
  if (typeof metric !== "string") throw mistaken("metric", "the name of a metric", metric);
  return metric;
}

/**
 * @template Question
 * @param {Question} question
 * @returns {Question}
 */
export function questionOf(question) {
  objectAt(question, "question");
  return question;
}

/**
 * A deal given as an object, in a copy that nobody changes.
 * @param {unknown} file
 */
export function treeOf(file) {
  objectAt(file, "deal");
  try {
    // Neither a function nor a circle can be a part of a file.
    JSON.stringify(file);
    return /** @type {Tree} */ (structuredClone(file));
  } catch {
    throw mistaken("deal", "what a file can hold, without circles", file);
  }
}

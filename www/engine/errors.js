// An engine's error keeps the path of the quantity at fault, so that the page can point at the field. Between threads it travels
// as a plain object.

/** @import { Fault, PlainError } from "./types.d.ts" */

export class EngineError extends Error {
  /** @param {PlainError} plain */
  constructor(plain) {
    super(plain.message);
    this.name = "EngineError";
    /** The dotted path of the first fault, or null where the error is not about a quantity. */
    this.path = plain.path;
    /** Every fault that was found. */
    this.errors = plain.errors;
    /** Whether a part of the engine did not arrive. */
    this.missing = plain.missing;
  }
}

/** A part of the engine that is loaded when it is needed did not arrive. */
export class MissingError extends Error {
  missing = true;

  /** @param {unknown} cause */
  constructor(cause) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.name = "MissingError";
  }
}

/**
 * @param {unknown} error
 * @returns {PlainError}
 */
export function toPlain(error) {
  if (!(error instanceof Error)) return { message: String(error), path: null, errors: [], missing: false };
  const path = "path" in error && typeof error.path === "string" ? error.path : null;
  const errors = "errors" in error && Array.isArray(error.errors) ? /** @type {Fault[]} */ (error.errors) : [];
  const missing = "missing" in error && error.missing === true;
  return { message: error.message, path, errors, missing };
}

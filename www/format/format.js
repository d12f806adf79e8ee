// Numbers as people read them, in the reader's own number format. Minus signs are minus signs, not hyphens.
import { dayOf } from "./dates.js";

/** @import { Value } from "../state/state.js" */
/** @import { Strings } from "../strings/en.js" */

/** @typedef {ReturnType<typeof createFormat>} Format */

/**
 * How the values of a unit are shown and typed: 0.2 "of revenue" is 20, with the sign % and the phrase "of revenue".
 * @typedef {{ factor: number, sign: string, phrase: string }} Display
 */

/**
 * @param {string | undefined} locale of the numbers; the browser's own where it is undefined
 * @param {Strings} strings
 */
export function createFormat(locale, strings) {
  const byDigits = [0, 1, 2, 3].map(
    (digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits }),
  );
  const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const short = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const slope = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3, signDisplay: "exceptZero" });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const longMonth = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const month = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" });

  /**
   * @param {number} value
   * @param {number} digits
   */
  const fixed = (value, digits) => signed((byDigits[digits] ?? exact).format(value === 0 ? 0 : value));

  /**
   * About three digits that matter, and never a fraction of what is already in the hundreds.
   * @param {number} value
   */
  const plain = (value) => {
    const size = Math.abs(value);
    if (size < 0.005) return fixed(0, 0);
    return fixed(value, size >= 99.5 ? 0 : size >= 9.95 ? 1 : 2);
  };

  /**
   * @template T
   * @param {(value: number) => T} show
   * @returns {(value: number | null | undefined) => T | string}
   */
  const orNone = (show) => (value) => (value === null || value === undefined ? strings.none : show(value));

  /**
   * @param {Value} value
   * @param {string} unit
   * @param {"number" | "year"} kind
   * @param {Intl.NumberFormat} digits
   */
  function quantity(value, unit, kind, digits) {
    if (typeof value !== "number") return strings.value(String(value));
    if (unit === FLAG) return value === 0 ? strings.levers.no : strings.levers.yes;
    if (kind === "year") return month.format(dayOf(value));
    const { factor, sign, phrase } = displayOf(unit, strings);
    const number = signed(digits.format(toDisplay(value, factor)));
    return sign === "%" ? strings.units.percent(number) : strings.units.joined(number, phrase);
  }

  return {
    /** Billions of dollars. */
    money: orNone((value) => strings.units.money(plain(value))),
    /** The size of what is missing or too much. */
    unsigned: (/** @type {number} */ value) => strings.units.money(plain(Math.abs(value))),
    plain: orNone(plain),
    /** With so many digits behind the point. */
    fixed,
    /** For columns of numbers, whose decimal points stand under each other. */
    tabular: orNone((value) => fixed(Math.abs(value) < 0.05 ? 0 : value, 1)),
    percent: orNone((value) => strings.units.percent(fixed(value * 100, Math.abs(value) < 0.0995 ? 1 : 0))),
    multiple: orNone((value) => strings.units.multiple(plain(value))),
    year: orNone((value) => String(Math.floor(value))),
    month: (/** @type {number} */ value) => month.format(dayOf(value)),
    /** For sentences. */
    longMonth: (/** @type {number} */ value) => longMonth.format(dayOf(value)),
    /** An ISO date. */
    day: (/** @type {string} */ iso) => day.format(new Date(`${iso}T00:00:00Z`)),
    /** A value as it stands, with all the digits that someone may have typed. */
    exact: (/** @type {number} */ value) => signed(exact.format(value)),

    /** A difference of two figures, with its sign, in the digits of a figure. */
    change: (/** @type {number} */ value) => `${value > 0 && plain(value) !== plain(0) ? "+" : ""}${plain(value)}`,
    /** A slope, with its sign, in the three digits that matter however small it is. */
    slope: (/** @type {number} */ value) => signed(slope.format(value === 0 ? 0 : value)),
    /**
     * How sure a figure is: in two digits that matter at most, and with one decimal, or two where the figure itself has them. What is
     * less than the least that can so be said is `under` it.
     * @param {number} error
     * @param {number} value the figure
     */
    margin(error, value) {
      const places = error >= 0.995 || Math.abs(value) >= 9.95 ? 1 : 2;
      const least = places === 1 ? 0.1 : 0.01;
      const under = error !== 0 && error < least / 2;
      return { text: exact.format(Number((under ? least : Number(error.toPrecision(2))).toFixed(places))), under };
    },
    /** A value that nobody typed, in the three digits that matter. */
    short: (/** @type {number} */ value) => signed(short.format(value === 0 ? 0 : value)),

    /**
     * The value of a quantity, with all the digits that someone may have typed.
     * @param {Value} value
     * @param {string} unit
     * @param {"number" | "year"} kind
     */
    quantity: (value, unit, kind) => quantity(value, unit, kind, exact),

    /**
     * A value of a quantity that nobody typed; null is never.
     * @param {number | null} value
     * @param {string} unit
     * @param {"number" | "year"} kind
     */
    found: (value, unit, kind) => (value === null ? strings.never : quantity(value, unit, kind, short)),
  };
}

/** The unit of what is either so or not. */
const FLAG = "0 or 1";

/** @param {string} text */
const signed = (text) => text.replace("-", "\u2212");

/**
 * A part "of" something and a rate "a year" are fractions in the deal file, and shown in per cent.
 * @param {string} unit as the engine names it
 * @param {Strings} strings
 * @returns {Display}
 */
export function displayOf(unit, strings) {
  const phrase = strings.unitNames[unit] ?? unit;
  return /^(of |a year$)/.test(unit) ? { factor: 100, sign: "%", phrase } : { factor: 1, sign: "", phrase };
}

/**
 * A value in the digits of its display: 0.07 is 7, and not 7.000000000000001.
 * @param {number} value
 * @param {number} factor
 */
export const toDisplay = (value, factor) => (factor === 1 ? value : Number((value * factor).toPrecision(15)));

/**
 * The value of a displayed number, as someone would have written it: 0.7 % is 0.007, and not 0.006999999999999999.
 * @param {number} shown
 * @param {number} factor
 */
export const fromDisplay = (shown, factor) => (factor === 1 ? shown : Number((shown / factor).toPrecision(15)));

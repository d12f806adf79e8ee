// The words of the table of all assumptions, which is loaded when it comes near the view.
import { questions } from "./en-questions.js";

/** @typedef {typeof assumptions} AssumptionStrings */

export const assumptions = {
  kicker: "Nothing is hidden",
  heading: (/** @type {number} */ count, /** @type {number} */ changed, /** @type {number} */ told) =>
    changed === 0 ? `All ${count} assumptions; ${told} say where they are from` : `All ${count} assumptions, of which you changed ${changed}`,
  intro:
    "Every number, date and term that the figures rest on. Change any of them where it stands; a value that you set is certain, and a distribution that you set is drawn from.",
  search: "Search",
  searchHint: "name, note, source or path",
  filters: {
    status: "Where it comes from",
    anyStatus: "Anywhere",
    noStatus: "Not said",
    group: "Theme",
    anyGroup: "All themes",
    changed: "Changed only",
    uncertain: "Uncertain only",
  },
  shown: (/** @type {number} */ shown, /** @type {number} */ all) =>
    shown === all ? `${all} assumptions` : shown === 0 ? "No assumption is like that." : `${shown} of ${all} assumptions`,
  clear: "Show all",
  head: { name: "Assumption", value: "Value", spread: "Uncertainty", source: "Source" },
  groups: /** @type {Record<string, string>} */ ({
    ...questions.quantityGroups,
    references: "Figures to compare with",
    backer_equity: "The backer’s equity",
  }),
  /** Distributions (Model 2.1), in lists. */
  kinds: {
    none: "None: certain",
    uniform: "Even",
    triangular: "Triangle",
    pert: "PERT",
    normal: "Normal",
    lognormal: "Lognormal",
    cumulative: "Curve through points",
    bernoulli: "Yes or no",
  },
  flag: "Yes or no",
  bounds: (/** @type {string} */ low, /** @type {string} */ high, /** @type {boolean} */ above, /** @type {boolean} */ below) =>
    `${above ? "Above" : "From"} ${low} ${below ? "and below" : "to"} ${high}`,
  notWhole: "A whole number, please",
  value: (/** @type {string} */ label, /** @type {string} */ unit) => (unit === "" ? label : `${label}, ${unit}`),
  never: (/** @type {string} */ label) => `${label}: never`,
  was: (/** @type {string} */ value) => `base case ${value}`,
  reset: (/** @type {string} */ label) => `Reset ${label}`,
  noSource: "No source given",
  newTab: "opens in a new tab",
  edit: "Change",
  done: "Done",
  editOf: (/** @type {string} */ label) => `Change the uncertainty of ${label}`,
  doneOf: (/** @type {string} */ label) => `Done with the uncertainty of ${label}`,
  editor: {
    kind: "Distribution",
    low: "Lowest",
    high: "Highest",
    p10: "Low (P10)",
    p90: "High (P90)",
    mode: "Most likely",
    base: "Base case",
    shape: "Weight of the most likely",
    min: "Never below",
    max: "Never above",
    p: "Chance of yes, %",
    optional: "(may be empty)",
    points: "Points of the curve: a value, and the chance in per cent of being at or below it",
    x: (/** @type {number} */ n) => `Value of point ${n}`,
    chance: (/** @type {number} */ n) => `Chance at point ${n}, %`,
    add: "Add a point",
    remove: (/** @type {number} */ n) => `Remove point ${n}`,
    file: "Back to the file’s",
    missing: (/** @type {string} */ field) => `${field}: a number is missing`,
    outside: (/** @type {string} */ field, /** @type {string} */ bounds) => `${field}: ${bounds.charAt(0).toLowerCase()}${bounds.slice(1)}`,
    order: "The low value must be below the high one.",
  },
};

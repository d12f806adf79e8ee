// In what the engine's metrics and series are measured, by their public names (Model 14).

/** @typedef {"money" | "share" | "multiple" | "year" | "count" | "gw" | "twh" | "co2" | "water" | "accelerators" | "land" | "price" | "years"} Unit */

/** The first that a name matches; what matches none is money. @type {readonly [RegExp, Unit][]} */
const UNITS = [
  [/^(backer\.irr|backer\.irr_since_inception|lab\.implied_return|lab\.dilution|lab\.take_rate|take_rate)/, "share"],
  [/^(stake\.|agi\.before|regulation\.after)/, "share"],
  [/^(backer\.moic|backer\.stake_npv_over_market)/, "multiple"],
  [/^(backer\.payback|quarter\.start)/, "year"],
  [/^quarter\.year_fraction/, "years"],
  [/^lab\.distress_quarters/, "count"],
  [/^infrastructure\.(peak_)?gw|^infrastructure\.build_limit/, "gw"],
  [/(^|\.)(peak_)?twh$/, "twh"],
  [/^infrastructure\.(peak_)?accelerators/, "accelerators"],
  [/^infrastructure\.co2/, "co2"],
  [/^infrastructure\.water/, "water"],
  [/^infrastructure\.peak_land/, "land"],
  [/^compute\.price/, "price"],
];

/** @param {string} name @returns {Unit} */
export const unitOf = (name) => UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? "money";

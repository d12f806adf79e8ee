// The words of the backer's flows.

/** @typedef {typeof flows} FlowStrings */

export const flows = {
  kicker: "The backer’s money",
  heading: (/** @type {string} */ backer, /** @type {string | null} */ payback, /** @type {string} */ deepest) =>
    payback === null
      ? `${backer} does not get its money back within the period`
      : `${backer} is at most ${deepest} out of pocket, and has it back in ${payback}`,
  headingNone: (/** @type {string} */ backer, /** @type {string} */ end) => `${backer} ends the period ${end} ahead`,
  unit: (/** @type {string} */ backer) => `What each clause brings ${backer} a year, after tax, bn USD`,
  lineUnit: "Added up since the first payment, bn USD",
  net: "All clauses",
  line: "Cumulative",
  describe: (/** @type {string} */ first, /** @type {string} */ last, /** @type {string} */ list, /** @type {string} */ end) =>
    `Stacked columns by calendar year from ${first} to ${last}, money to the backer above zero and money from it below. ${list} The cumulative line ends at ${end}.`,
  inYear: (/** @type {string} */ year, /** @type {string} */ value) => `${year}: ${value}.`,
};

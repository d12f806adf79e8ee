// The words of the figures of a run alone but one, which has its own: what a run comes to for both sides, the lab's money, the ledger.

/** @typedef {typeof run} RunStrings */

export const run = {
  headline: {
    title: "Both sides in figures",
    side: { backer: "The backer", lab: "The lab" },
    was: (/** @type {string} */ value) => `was ${value}`,
    direction: { up: "up", down: "down", same: "unchanged" },
    explain: "explain",
    "backer.npv": "Present value of the agreement",
    "backer.irr_since_inception": "Return a year, history included",
    "backer.moic": "Money back on the investment",
    "backer.payback": "Even in",
    "backer.peak_exposure": "Deepest outlay",
    "lab.npv": "Present value of the other owners’ share",
    "lab.funding_gap": "Still to be raised",
    "lab.dilution": "Dilution of the other owners",
    "lab.lowest_cash": "Lowest cash",
    meanings: {
      "backer.npv": "Present value of every after-tax flow of the agreement",
      "backer.irr_since_inception": "Internal rate of return with all that was paid and received before",
      "backer.moic": "After-tax proceeds over what was paid in",
      "backer.payback": "First year in which all that was paid and received adds up to zero again",
      "backer.peak_exposure": "Lowest point of the cumulative flow",
      "lab.npv": "Present value of pay-outs and of the equity at the end",
      "lab.funding_gap": "All raises until the end of the period",
      "lab.dilution": "Part of their share that they give up",
      "lab.lowest_cash": "At the end of a quarter",
    },
  },

  lab: {
    kicker: "The lab’s money",
    heading: (
      /** @type {string} */ lab,
      /** @type {string | null} */ lastLoss,
      /** @type {string | null} */ raised,
      /** @type {boolean} */ always,
    ) =>
      lastLoss === null
        ? `${lab} earns more than it spends in every year`
        : `${lab} spends more than it earns ${always ? "in every year" : `until ${lastLoss}`}, and ${raised === null ? "needs to raise nothing for it" : `raises ${raised}`}`,
    unit: (/** @type {string} */ lab) => `What ${lab} earns and raises, and what it spends, bn USD a year`,
    lineUnit: "Cash at the end of each quarter, bn USD",
    revenue: "Revenue",
    raised: "Raised from investors",
    compute: "Compute",
    opex: "Other running costs",
    tax: "Tax",
    shortfall: "Commitment not used",
    paidOut: "Paid out to owners",
    paid: (/** @type {string} */ clause, /** @type {string} */ backer) => `${clause}, to ${backer}`,
    net: "Profit before tax",
    line: "Cash",
    describe: (/** @type {string} */ first, /** @type {string} */ last, /** @type {string} */ list, /** @type {string} */ low) =>
      `Stacked columns by calendar year from ${first} to ${last}: money in above zero, money out below. ${list} Cash is lowest at ${low}.`,
    inYear: (/** @type {string} */ year, /** @type {string} */ revenue, /** @type {string} */ profit) =>
      `${year}: revenue ${revenue}, profit before tax ${profit}.`,
  },

  ledger: {
    heading: "The ledger, year by year",
    unit: "bn USD unless another unit is given; flows after tax, plus is money to the backer",
    rows: {
      backer: (/** @type {string} */ name) => `${name}: flows by clause`,
      total: "All clauses",
      cumulative: "Cumulative, end of year",
      lab: (/** @type {string} */ name) => name,
      revenue: "Revenue",
      compute: "Compute",
      opex: "Other running costs",
      profit: "Profit before tax",
      tax: "Tax",
      raised: "Raised from investors",
      paidOut: "Paid out to owners",
      cash: "Cash, end of year",
      equity: "Equity value, end of year",
      stake: (/** @type {string} */ name) => `Stake of ${name}, %`,
      takeRate: (/** @type {string} */ name) => `Paid to ${name}, % of revenue`,
      takeRateCompute: "… with compute, % of revenue",
      infrastructure: "Infrastructure",
      gw: "Installed, GW, end of year",
      twh: "Electricity, TWh",
      capex: "Capital cost",
    },
    region: "Ledger by calendar year, scrolls sideways",
    ofGroup: (/** @type {string} */ group, /** @type {string} */ row) => `${group}: ${row}`,
    describe: (/** @type {string} */ first, /** @type {string} */ last) => `A table with one column for each calendar year from ${first} to ${last}.`,
  },
};

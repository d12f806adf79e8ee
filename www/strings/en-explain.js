// What each number means and how it is made: the words of the cards that explain them. Symbols are those of the model; `_{…}` stands
// below the line and `^{…}` above it.

/** @typedef {typeof explain} ExplainStrings */
/** @typedef {{ meaning: string, formula: string, words: string }} Explanation */

/** @type {Record<string, Explanation>} */
const numbers = {
  "backer.npv": {
    meaning: "What every after-tax flow of the agreement is worth to the backer on the day it takes effect, added up.",
    formula: "NPV = Σ_{c} Σ_{k} F_{c,k} · (1 + r_{c})^{−y_{k}}",
    words: "F is the after-tax flow of clause c in quarter k, y the years until it is paid, and r the rate for flows of its kind.",
  },
  "backer.npv.<clause>": {
    meaning: "What the after-tax flows of this clause alone are worth to the backer on the day the agreement takes effect.",
    formula: "NPV_{c} = Σ_{k} F_{c,k} · (1 + r_{c})^{−y_{k}}",
    words: "F is the after-tax flow of the clause in quarter k, y the years until it is paid, and r the rate for flows of its kind.",
  },
  "backer.irr": {
    meaning: "The interest a year at which the flows from the first day of the agreement on are worth nothing together.",
    formula: "Σ_{k} F_{k} · (1 + IRR)^{−y_{k}} = 0",
    words: "F is the backer’s after-tax flow in quarter k, and y the years until it is paid. Where several rates solve it, there is no answer.",
  },
  "backer.irr_since_inception": {
    meaning: "The interest a year that the backer earns on everything, what was paid and received before the agreement included.",
    formula: "Σ_{d} F_{d} · (1 + IRR)^{−y_{d}} = 0",
    words: "F is what is paid or received after tax on date d, history included, and y the years until then.",
  },
  "backer.moic": {
    meaning: "How many times the backer gets back what it invested for its stake.",
    formula: "MOIC = Σ received ÷ Σ (capital + participation + milestones)",
    words: "Received is what the stake, milestone stakes and warrants pay after tax; all of it without discounting, and with what was paid before.",
  },
  "backer.payback": {
    meaning: "The year in which all that was paid and received since the first payment is back at nothing.",
    formula: "first d with C_{d} ≥ 0 after C < 0,   C_{d} = Σ_{e ≤ d} F_{e}",
    words: "C adds up the after-tax flows F until date d, without discounting.",
  },
  "backer.peak_exposure": {
    meaning: "The most that the backer is ever out of pocket.",
    formula: "min ( 0, min_{d} C_{d} ),   C_{d} = Σ_{e ≤ d} F_{e}",
    words: "C adds up the after-tax flows F since the first payment, without discounting.",
  },
  "backer.stake_npv_over_market": {
    meaning: "What the model thinks of the price at which the stake was valued: above 1 it is worth more than that.",
    formula: "NPV_{stake} ÷ (fraction · valuation)",
    words: "The present value of the stake’s flows over its part of the equity value at signing.",
  },
  "lab.npv": {
    meaning: "What the others who own the lab at signing will have, on the day the agreement takes effect.",
    formula: "NPV = o_{n} · Eq_{n} · (1 + r)^{−y_{n}} + Σ_{k} o_{k} · Out_{k} · (1 + r)^{−y_{k}}",
    words: "o is the part of the lab that they still own, Eq its equity value at the end, Out what it pays out in quarter k, and r the rate for its owners.",
  },
  "lab.implied_return": {
    meaning: "The return a year that someone buying at the price of signing would get, if the assumptions hold.",
    formula: "the r with NPV(r) = o_{0} · valuation",
    words: "The rate at which the present value of the other owners equals what their part was priced at.",
  },
  "lab.funding_gap": {
    meaning: "What the lab still has to raise from investors until the end of the period.",
    formula: "Σ_{k} F_{k},   F_{k} = target cash − cash_{k}  where cash_{k} < least cash",
    words: "Whenever its cash would fall below the least that it keeps, it raises as much as restores the target.",
  },
  "lab.dilution": {
    meaning: "The part of their share that the other owners give up to new investors and to staff.",
    formula: "1 − o_{n} ÷ o_{0}",
    words: "o is the part of the lab that belongs to those who own it at signing beside the backer, at the end and at the beginning.",
  },
  "lab.equity_value": {
    meaning: "What all of the lab’s equity is worth at the end of the period.",
    formula: "Eq = max ( 0, EV + cash − Y ),   EV = φ · M · R + (1 − φ) · PE · earnings",
    words: "The enterprise is worth a multiple M of its revenue R at first and PE of its earnings in the long run; φ is the weight of the first, which halves with time. Y is what it still owes.",
  },
  "lab.lowest_cash": {
    meaning: "The least cash that the lab has at the end of a quarter, after raising.",
    formula: "min_{k} cash_{k}",
    words: "The lowest of the cash at the ends of all quarters.",
  },
  "lab.distress_quarters": {
    meaning: "In how many quarters the lab needs more money than its worth or its limit lets it raise.",
    formula: "number of k with F_{k} > 0 and EV_{k} + cash_{k} − Y_{k} ≤ 0, or F_{k} above the limit",
    words: "F is what it has to raise in quarter k.",
  },
  "lab.revenue_total": {
    meaning: "The lab’s revenue in all years of the period.",
    formula: "Σ_{k} R_{k}",
    words: "R is what all lines of business bring in quarter k, less what is lost where compute cannot be had.",
  },
  "lab.take_rate": {
    meaning: "The part of the lab’s revenue that the backer takes, without what is paid for compute.",
    formula: "Σ_{k} ( shares and commissions − reverse share ) ÷ Σ_{k} R_{k}",
    words: "What is paid under the revenue share, the sale of the API, devices and a profit share, net of what the backer pays, over revenue.",
  },
  "lab.take_rate_with_compute": {
    meaning: "The part of the lab’s revenue that the backer takes, what is paid for compute included.",
    formula: "Σ_{k} ( shares and commissions − reverse share + compute + shortfall ) ÷ Σ_{k} R_{k}",
    words: "The same with what the backer bills for compute, used or not.",
  },
  surplus: {
    meaning: "What both sides together have more because they agreed.",
    formula: "( v_{b}(all) − v_{b}(none) ) + ( v_{l}(all) − v_{l}(none) )",
    words: "v is the present value of the backer and of the lab’s other owners, with all clauses and with none.",
  },
  "commitment.billed": {
    meaning: "What the backer bills for compute under the commitment, used or not; nothing where there is none.",
    formula: "Σ_{k} ( U_{k} + Sf_{k} )",
    words: "U is what it serves in quarter k under the commitment, and Sf what is paid for though it is not used.",
  },
  "commitment.shortfall": {
    meaning: "What the lab pays for compute that it committed to and does not use.",
    formula: "Σ_{k} Sf_{k},   Sf_{k} = max ( 0, part · min(committed, deliverable) − used )",
    words: "The part of the commitment that must be paid for, as far as it could have been delivered, less what was used and paid before.",
  },
  "infrastructure.peak_gw": {
    meaning: "The most capacity that the backer has installed for the lab.",
    formula: "max_{k} K_{k},   K_{k} = max ( K_{k−1}, min(Q_{k}, L_{k}) )",
    words: "K is what is installed in quarter k, Q what demand asks for, and L what can be built.",
  },
  "infrastructure.peak_twh": {
    meaning: "The electricity of the year that takes most.",
    formula: "max_{year} Σ_{k} K^{used}_{k} · PUE · load · 8.76 · h_{k}",
    words: "Capacity in use, times what a building needs for each watt of computing, times its average draw, over the hours h.",
  },
  "infrastructure.capex": {
    meaning: "What the backer spends on building and renewing capacity for the lab.",
    formula: "Σ_{k} ( new capacity · cost + chips replaced )",
    words: "New gigawatts at their cost, paid while they are built, and the chips of each vintage again whenever they are worn out, as far as they are used.",
  },
  "infrastructure.co2": {
    meaning: "Carbon dioxide from the electricity of all years.",
    formula: "Σ_{k} E_{k} · intensity ÷ 1000",
    words: "E is the electricity of quarter k, and intensity what the grid emits for it.",
  },
};

export const explain = {
  close: "Close",
  was: (/** @type {string} */ value) => `base case ${value}`,
  numbers,
  priceOf: (/** @type {string} */ unit) => `What it is worth: ${unit}`,
  toBoth: (/** @type {readonly { name: string, value: string }[]} */ sides) => sides.map(({ name, value }) => `${value.replace("−", "−\u2060")} to ${name}`).join(", "),
  bundled: "What it holds cannot be signed apart, and is priced together.",
  moves: (/** @type {string} */ metric) => `What moves it most, by moving what it pays: ${metric}`,
  prices: {
    shapley: {
      meaning: "Its fair share: how much it adds to what a side has, averaged over all orders in which the clauses could be signed. The shares of all clauses add up to what they bring together.",
      formula: "φ_{c} = Σ_{S ∌ c} |S|! · (n − |S| − 1)! ÷ n! · ( NPV(S ∪ c) − NPV(S) )",
      words: "S runs over all sets of the n clauses that do not have clause c, and NPV is what the side has where just those are signed. Below zero it costs that side something.",
    },
    removal: {
      meaning: "What a side loses if this clause alone goes and all the others stay. Clauses that need each other are each worth the same thing by this count, so that the prices need not add up.",
      formula: "NPV(all) − NPV(all without c)",
      words: "NPV is what the side has, with all clauses and with all but clause c. Below zero it gains when the clause goes.",
    },
  },
  formula: "How it is made",
  parts: "What is in it now",
  part: "Part",
  value: "Value",
  year: "Year",
  total: "Together",
  end: "At the end",
  owned: (/** @type {string} */ lab) => `Part of ${lab} that the others own at the end`,
  equity: (/** @type {string} */ lab) => `Equity value of ${lab} at the end`,
  years: "Years until then",
  roots: "Rates that solve it",
  noRoot: "none",
  inputs: "What enters directly",
  inputsNote: "Everything else reaches it through the model.",
  drivers: "What moves it most",
  driversNote: "Each assumption alone, at a low and at a high value, the rest as assumed.",
  driver: (/** @type {string} */ low, /** @type {string} */ atLow, /** @type {string} */ high, /** @type {string} */ atHigh) =>
    `${atLow} at ${low}, ${atHigh} at ${high}`,
  asking: "Asking the engine …",
  noDriver: "No uncertain assumption moves it.",
  distribution: "How uncertain it is",
  quantiles: { p10: "One in ten is below", p50: "Half are below", p90: "Nine in ten are below", mean: "Mean" },
  below: (/** @type {string} */ outOf) => `Below zero in ${outOf} draws.`,
  inTable: "Change",
  inTableOf: (/** @type {string} */ label) => `Change ${label} in the table`,
  noSource: "no source given",
  changed: "changed by you",
  flowOf: (/** @type {string} */ clause) => `${clause}, bn USD after tax`,
  series: /** @type {Record<string, string>} */ ({
    "flow_after_tax.total": "Flow after tax, bn USD",
    cumulative: "Added up, end of year, bn USD",
    "lab.raised": "Raised, bn USD",
    "lab.cash": "Cash, end of year, bn USD",
    "lab.equity_value": "Equity value, end of year, bn USD",
    "lab.revenue": "Revenue, bn USD",
    "lab.shortfall": "Paid and not used, bn USD",
    "lab.paid_out": "Paid out, bn USD",
    "stake.holders": "Owned by the others, end of year",
    "commitment.billed": "Billed, bn USD",
    "infrastructure.gw": "Installed, GW, end of year",
    "infrastructure.twh": "Electricity, TWh",
    "infrastructure.capex": "Capital cost, bn USD",
    "infrastructure.co2": "Carbon dioxide, Mt",
    take_rate: "Part of revenue",
    take_rate_with_compute: "Part of revenue, compute included",
  }),
};

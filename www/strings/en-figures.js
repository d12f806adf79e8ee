// The words of the figures of money, infrastructure and two assumptions at once. They are loaded with those figures.

/** @typedef {typeof figureStrings} FigureStrings */

/** What a stream of money is paid for, where no clause says so. @type {Record<string, string>} */
const streamNames = {
  revenue: "Revenue",
  raised: "Raised from investors",
  interest: "Interest",
  participation: "Its part in the raises",
  milestones: "Milestone investment",
  compute: "Compute",
  commitment: "Commitment not used",
  "api-exclusivity": "API sales",
  "paid-out": "Pay-outs",
  "compute-elsewhere": "Compute",
  goods: "Making devices",
  opex: "Other running costs",
  tax: "Tax",
  "stake-sold": "Sale of the stake",
};

/** Who pays and is paid, as within a sentence. @type {Record<string, string>} */
const parties = {
  customers: "customers",
  investors: "new investors",
  owners: "other owners",
  clouds: "other clouds",
  staff: "staff and others",
  suppliers: "device makers",
  state: "the state",
  bank: "the bank",
};

export const figureStrings = {
  payments: {
    kicker: "Who pays whom",
    /**
     * @param {object} say
     * @param {string} say.year
     * @param {string} say.backer
     * @param {string} say.lab
     * @param {string} say.through what comes into the lab
     * @param {string | null} say.to what of it the backer is paid, or null for nothing
     * @param {string | null} say.from what the backer pays the lab, or null for nothing
     */
    heading({ year, backer, lab, through, to, from }) {
      const first =
        to === null ? `In ${year} ${through} passes through ${lab}, and ${backer} is paid none of it` : `In ${year} ${through} passes through ${lab}, and ${to} of it goes to ${backer}`;
      return from === null ? first : `${first}, which itself puts in ${from}`;
    },
    unit: (/** @type {string} */ lab) => `All money that enters and leaves ${lab} in a year, before the backer’s tax, bn USD`,
    year: "Year",
    pays: (/** @type {string} */ party) => `${party} pays`,
    drawn: "Drawn from cash",
    kept: "Kept as cash",
    stream: streamNames,
    party: parties,
    into: (/** @type {string} */ lab) => `Into ${lab}`,
    out: (/** @type {string} */ lab) => `Out of ${lab}`,
    from: (/** @type {string} */ what, /** @type {string} */ party) => `${what}, from ${party}`,
    to: (/** @type {string} */ what, /** @type {string} */ party) => `${what}, to ${party}`,
    all: "All together",
    sold: (/** @type {string} */ backer, /** @type {string} */ value) =>
      `${backer} also sells its stake, for ${value}; that money comes from the buyers and is not drawn.`,
    spends: (/** @type {string} */ backer, /** @type {string} */ lab, /** @type {string} */ value) =>
      `What ${backer} itself spends on serving ${lab} is not drawn; its capital cost alone is ${value}.`,
    small: "What is too small to be seen is in the list and the table.",
    paid: "Stream of money",
    describe: (/** @type {string} */ lab, /** @type {string} */ year, /** @type {string} */ into, /** @type {string} */ out) =>
      `Streams of money through ${lab} in ${year}, as wide as they are large. Coming in: ${into}. Going out: ${out}.`,
    item: (/** @type {string} */ label, /** @type {string} */ value) => `${label} ${value}`,
    legend: (/** @type {string} */ backer) => `From and to ${backer}`,
    others: "From and to others",
  },

  funding: {
    kicker: "Who pays for the lab, and who owns it",
    /**
     * @param {object} say
     * @param {string} say.lab
     * @param {string} say.gap what is still to be raised
     * @param {string | null} say.last the last year of a raise, or null where nothing is raised
     * @param {string} say.before the other holders’ part at the signing
     * @param {string} say.after and at the end
     * @param {string | null} say.promised the backer, where it puts in what it promised, or null
     */
    heading({ lab, gap, last, before, after, promised }) {
      if (last !== null) return `${lab} raises ${gap} until ${last}${promised === null ? "" : ` beside what ${promised} promised`}, and its other owners go from ${before} to ${after}`;
      const needs = promised === null ? "needs no more money from investors" : `raises nothing beside what ${promised} promised`;
      return `${lab} ${needs}; those who own it beside the backer go from ${before} to ${after}`;
    },
    unit: "Put in each year, bn USD",
    owners: "Who owns it, %",
    raised: "Raised from investors",
    participation: (/** @type {string} */ backer) => `Raised from ${backer}`,
    milestones: (/** @type {string} */ backer) => `Milestone investment by ${backer}`,
    capital: (/** @type {string} */ backer) => `Capital promised by ${backer}`,
    all: "All together",
    holders: "Other owners at signing",
    later: "Who came later: investors, staff",
    laterShort: "Later",
    sold: (/** @type {string} */ backer, /** @type {string} */ year) =>
      `In ${year} ${backer} sells its stake: who buys it then counts among those who came later.`,
    distress: (/** @type {number} */ quarters) => (quarters === 1 ? "1 quarter of distress" : `${quarters} quarters of distress`),
    distressLegend: "Distress: a raise that leaves the owners nothing, or is too large",
    none: "No quarter of distress.",
    gap: (/** @type {string} */ value) => `Still to be raised in all: ${value}.`,
    describe: (/** @type {string} */ first, /** @type {string} */ last, /** @type {string} */ items) =>
      `Columns of the money put in by year from ${first} to ${last}, and below them areas of who owns the lab. ${items}`,
    inYear: (/** @type {string} */ year, /** @type {string} */ put, /** @type {string} */ backer, /** @type {string} */ stake, /** @type {string} */ holders) =>
      `${year}: ${put} put in; ${backer} owns ${stake}, the other owners at signing ${holders}.`,
    distressYears: (/** @type {string} */ years) => `Distress in ${years}.`,
  },

  infrastructure: {
    kicker: "What has to be built",
    heading: (/** @type {string} */ lab, /** @type {string} */ gw, /** @type {string} */ twh, /** @type {string} */ year) =>
      `Serving ${lab} takes ${gw} at most, and ${twh} of electricity in ${year}`,
    headingNone: (/** @type {string} */ lab) => `Nothing has to be built to serve ${lab}`,
    unit: (/** @type {string} */ backer) => `What ${backer} builds and uses for the lab, by calendar year`,
    measures: {
      gw: { label: "Power", unit: "GW of computing load, end of year", short: "GW" },
      twh: { label: "Electricity", unit: "TWh a year", short: "TWh" },
      chips: { label: "Chips", unit: "million accelerators, end of year", short: "million" },
      co2: { label: "Carbon dioxide", unit: "million tonnes a year", short: "Mt" },
      water: { label: "Water", unit: "billion litres a year", short: "bn litres" },
      capex: { label: "Capital cost", unit: "bn USD a year", short: "bn USD" },
    },
    peak: (/** @type {string} */ year, /** @type {string} */ value) => `Most in ${year}: ${value}`,
    limit: "Could be built, GW",
    used: "In use, GW",
    references: "Held against figures that people know",
    noReferences: (/** @type {string} */ names) => `The deal file has no figure to hold against ${names}.`,
    compared: {
      twh: (/** @type {string} */ year) => `electricity in ${year}`,
      gw: () => "power at its peak",
      chips: () => "chips at their peak",
      capex: (/** @type {string} */ years) => `capital cost of ${years} together`,
      co2: (/** @type {string} */ years) => `carbon dioxide of ${years} together`,
      water: (/** @type {string} */ years) => `water of ${years} together`,
      other: () => "the same",
    },
    years: (/** @type {string} */ first, /** @type {string} */ last) => `${first} to ${last}`,
    reference: (/** @type {string} */ title, /** @type {string} */ value) => `${title}: ${value}.`,
    share: (/** @type {string} */ what, /** @type {string} */ part) => `Here, ${what}: ${part}`,
    more: (/** @type {string} */ times) => `${times} as much`,
    source: "Source",
    describe: (/** @type {string} */ items, /** @type {string} */ shares) => `Six small charts by calendar year. ${items} ${shares}`,
    item: (/** @type {string} */ label, /** @type {string} */ unit, /** @type {string} */ value, /** @type {string} */ year) =>
      `${label} (${unit}): highest in ${year}, ${value}.`,
    inYear: (/** @type {string} */ year, /** @type {string} */ values) => `${year}: ${values}`,
  },

  heat: {
    kicker: "Two assumptions at once",
    metric: "Outcome",
    x: "Across",
    y: "Upwards",
    /** @type {Record<"cross" | "above" | "never" | "below" | "none", (say: { metric: string, from: string, to: string, x: string, y: string }) => string>} */
    is: {
      cross: ({ metric, from, to, x, y }) => `Whether ${metric} is a gain or a loss turns on “${x}” and “${y}”: from ${from} to ${to}`,
      above: ({ metric, from, to, x, y }) => `Whatever “${x}” and “${y}” are here, ${metric} is a gain: from ${from} to ${to}`,
      never: ({ metric, from, to, x, y }) => `Whatever “${x}” and “${y}” are here, ${metric} is never a loss: from ${from} to ${to}`,
      below: ({ metric, from, to, x, y }) => `Whatever “${x}” and “${y}” are here, ${metric} is a loss: from ${from} to ${to}`,
      none: ({ metric, from, to, x, y }) => `“${x}” and “${y}” together move ${metric} from ${from} to ${to}`,
    },
    nothing: (/** @type {string} */ metric) => `There is no such thing as ${metric}, whatever the two are`,
    unit: (/** @type {string} */ metric, /** @type {string} */ unit) => `${metric}, ${unit}`,
    same: "The two are one and the same assumption. Pick another.",
    even: "Break-even",
    asNow: (/** @type {string} */ value) => `As now: ${value}`,
    baseEven: "Break-even in the base case",
    baseAsNow: (/** @type {string} */ value) => `As in the base case: ${value}`,
    you: "Your assumptions",
    base: "Base case",
    outside: (/** @type {string} */ name) => `${name}: outside this picture.`,
    loss: "Loss",
    missing: "Not possible, or not defined",
    refused: (/** @type {string} */ reason) => `A part of the plane is not allowed: ${reason}`,
    read: (/** @type {string} */ label) => `Value to read: ${label}`,
    cell: (/** @type {string} */ x, /** @type {string} */ xValue, /** @type {string} */ y, /** @type {string} */ yValue) => `${x} ${xValue}, ${y} ${yValue}`,
    at: (/** @type {string} */ where, /** @type {string} */ value) => `${where}: ${value}`,
    set: "Set both to this",
    scale: "Colour scale",
    describe: (/** @type {string} */ heading, /** @type {string} */ low, /** @type {string} */ lowAt, /** @type {string} */ high, /** @type {string} */ highAt, /** @type {string} */ now) =>
      `${heading}. A plane of coloured cells; the least is ${low} at ${lowAt}, the greatest ${high} at ${highAt}. ${now}`,
    corner: (/** @type {string} */ y, /** @type {string} */ x) => `${y} ↓ ${x} →`,
  },
};

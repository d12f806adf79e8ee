// Every word that does not come from the deal file and that the page and the embeds say. Sentences that hold names or numbers are
// functions, because their order is the language's affair.

/** @typedef {typeof en} Strings */
/** @typedef {"backer" | "lab"} Side */
/** A piece of a sentence; one with a side is shown in that side's colour, and what follows from an early AGI comes a moment later. @typedef {string | { side: Side | "early", text: string }} Piece */
/** @typedef {"up" | "down" | "same"} Direction */

/** @type {Record<string, string>} */
const clauseKinds = {
  capital: "Capital paid in",
  equity: "The stake",
  "revenue-share": "Revenue share",
  "reverse-share": "Reverse share",
  commitment: "Compute commitment",
  hosting: "Hosting",
  "ip-rights": "Model rights",
  "api-exclusivity": "API sales",
  devices: "Device royalty",
  warrant: "Warrant",
  "milestone-investment": "Milestone investment",
  "profit-share": "Profit share",
  market: "Business anyway",
};

/** How the clause reads after "most of it from …". @type {Record<string, string>} */
const clauseSources = {
  capital: "the capital",
  equity: "the stake",
  "revenue-share": "the revenue share",
  "reverse-share": "the reverse share",
  commitment: "the compute commitment",
  hosting: "hosting",
  "ip-rights": "the rights to the models",
  "api-exclusivity": "selling the API",
  devices: "the device royalty",
  warrant: "the warrant",
  "milestone-investment": "the milestone investment",
  "profit-share": "the profit share",
  market: "business it would have had anyway",
};

/** Clauses that are signed together, as the label of a row and within a sentence. @type {Record<string, { label: string, source: string }>} */
const bundles = {
  investment: { label: "Stake and capital", source: "the stake" },
  cloud: { label: "Cloud", source: "the cloud" },
};

/** The engine's units where they should read otherwise here. @type {Record<string, string>} */
const unitNames = {
  "0 or 1": "",
  year: "",
  bn: "bn USD",
  "bn a year": "bn USD a year",
  "bn per GW": "bn USD per GW",
  "bn per GW-year": "bn USD per GW-year",
  "million units": "million",
  "$ a unit": "USD",
  "$ a month": "USD a month",
  "$ per MWh": "USD per MWh",
};

/** @type {Record<string, string>} */
const statuses = {
  stated: "stated",
  filed: "filed",
  reported: "reported",
  estimated: "estimated",
  assumed: "assumed",
};

/** @type {Record<string, string>} */
const statusMeanings = {
  stated: "In the agreement, or said by the parties",
  filed: "Filed with a regulator",
  reported: "Reported by the press",
  estimated: "Estimated by an analyst or agency",
  assumed: "Assumed by the author of the deal file",
};

/** @type {Record<string, string>} */
const reasons = {
  version: "the link was made by a newer version of this page",
  malformed: "it is not of the form key=value",
  repeated: "it occurs twice; the first one counts",
  deal: "there is no such deal",
  scenario: "the deal has no such scenario",
  clause: "the deal has no such clause",
  path: "the deal has no such quantity",
  value: "the quantity cannot have this value",
  card: "there is no such figure",
  pick: "the figure has no such choice",
  saved: "it is no scenario",
  said: "it is not two numbers, so that this link’s answer cannot be compared with the present one",
  model: "it is no version of the model",
  own: "it is about a file of whoever made it, which a link cannot hold; open that file under “Your own deal”, and the link’s changes apply to it",
};

/** What can be chosen for a term that is no number. @type {Record<string, string>} */
const choices = {
  lab: "the lab’s",
  either: "the first of the two",
  continue: "it goes on",
  stop: "it ends",
  layer: "it loses the AGI layer",
  tail: "a part of it goes on",
};

/** Terms that are no numbers, by the last part of their path. @type {Record<string, string>} */
const terms = {
  enabled: "Part of the agreement",
  on_agi: "When AGI comes",
  hosted: "Services run on the backer’s cloud",
  trigger: "Whose AGI counts",
};

/** @param {string} value */
const firstUpper = (value) => value.charAt(0).toUpperCase() + value.slice(1);

/** @param {readonly string[]} items */
const list = (items) =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;

/** @param {{ year: string, direction: Direction, value: string }} early */
const withAgi = ({ year, direction, value }) =>
  ({ up: `AGI in ${year} would add ${value}`, down: `AGI in ${year} would cost it ${value}`, same: `AGI in ${year} would change nothing in that` })[direction];

/** @param {{ year: string, direction: Direction, value: string }} early */
const withoutAgi = ({ year, direction, value }) =>
  ({
    up: `without AGI in ${year} it would be worth ${value} more`,
    down: `without AGI in ${year} it would be worth ${value} less`,
    same: `without AGI in ${year} it would be worth the same`,
  })[direction];

export const en = {
  none: "–",
  never: "never",
  value: (/** @type {string} */ value) => (value === "never" ? "never" : value === "true" ? "yes" : value === "false" ? "no" : value),
  unitNames,
  units: {
    money: (/** @type {string} */ number) => number.replace(/^[+\u2212]?/, "$&$$") + "\u00a0bn",
    percent: (/** @type {string} */ number) => `${number}%`,
    multiple: (/** @type {string} */ number) => `${number}\u00d7`,
    joined: (/** @type {string} */ number, /** @type {string} */ unit) => (unit === "" ? number : `${number}\u00a0${unit}`),
    terawattHoursOf: (/** @type {string} */ number) => `${number}\u00a0TWh`,
    gigawattsOf: (/** @type {string} */ number) => `${number}\u00a0GW`,
  },

  picker: { asAgreed: "Base case" },
  actions: { reset: "Reset", retry: "Try again" },

  levers: {
    reset: (/** @type {string} */ label) => `Reset ${label}`,
    was: (/** @type {string} */ value) => `base case ${value}`,
    valueWithUnit: (/** @type {string} */ label, /** @type {string} */ unit) =>
      unit === "" ? `${label}, as a number` : `${label}, as a number (${unit})`,
    never: "Never",
    yes: "Yes",
    no: "No",
    source: "Source",
    sourceOf: (/** @type {string} */ title, /** @type {string} */ publisher, /** @type {string} */ date) =>
      [title, publisher, date].filter((part) => part !== "").join(", "),
    sourceName: (/** @type {string} */ publisher, /** @type {string} */ year) => (year === "" ? publisher : `${publisher}, ${year}`),
    range: (/** @type {string} */ low, /** @type {string} */ high) => `uncertain: ${low} to ${high}`,
    outOfRange: (/** @type {string} */ low, /** @type {string} */ high) => `From ${low} to ${high}`,
    refused: (/** @type {string} */ value, /** @type {string} */ range) => `The link says ${value}. ${range}`,
    notANumber: "A number, please",
    about: "About",
    uncertainty: (/** @type {string} */ text) => `Uncertainty: ${text}`,
    inTable: "Change its uncertainty",
  },
  themes: {
    stake: "Stake and capital",
    share: "Revenue share",
    compute: "Compute commitment",
    rights: "Model rights",
    agi: "AGI",
    demand: "Demand",
    devices: "Devices",
    infrastructure: "Infrastructure and energy",
    regulation: "Regulation",
  },
  statuses,
  statusMeanings,
  spread: {
    is: {
      none: "certain",
      bernoulli: (/** @type {string} */ chance) => `yes with a chance of ${chance}`,
      uniform: (/** @type {string} */ low, /** @type {string} */ high) => `anywhere from ${low} to ${high}`,
      triangular: (/** @type {string} */ low, /** @type {string} */ high) => `triangle from ${low} to ${high}`,
      pert: (/** @type {string} */ low, /** @type {string} */ high) => `PERT from ${low} to ${high}`,
      normal: (/** @type {string} */ low, /** @type {string} */ high) => `normal, four in five from ${low} to ${high}`,
      lognormal: (/** @type {string} */ low, /** @type {string} */ high) => `lognormal, four in five from ${low} to ${high}`,
      cumulative: (/** @type {string} */ low, /** @type {string} */ high) => `curve from ${low} to ${high}`,
      orNever: (/** @type {string} */ text, /** @type {string} */ chance) => `${text}, never with ${chance}`,
    },
  },
  word: (/** @type {string} */ path) => terms[path.slice(path.lastIndexOf(".") + 1)] ?? path,
  choice: (/** @type {string} */ id) => choices[id] ?? id,
  entry: (/** @type {number} */ n) => `entry ${n}`,

  clause: (/** @type {string} */ kind, /** @type {string} */ id) =>
    kind === id || kind in clauseKinds === false
      ? (clauseKinds[kind] ?? firstUpper(id.replaceAll("-", " ")))
      : `${clauseKinds[kind]} (${id.replaceAll("-", " ")})`,
  clauseSource: (/** @type {string} */ kind, /** @type {string} */ id) => clauseSources[kind] ?? id.replaceAll("-", " "),
  bundle: (/** @type {string} */ id) => bundles[id]?.label ?? firstUpper(id.replaceAll("-", " ")),
  bundleSource: (/** @type {string} */ id) => bundles[id]?.source ?? id.replaceAll("-", " "),
  list,
  firstUpper,
  /** Whose present value the lab's is: those who own it beside the backer. */
  owners: (/** @type {string} */ lab) => `${lab}’s other owners`,

  /**
   * The answer, in the page's first sentence.
   * @param {object} say
   * @param {string} say.backer
   * @param {string} say.lab
   * @param {string} say.backerValue
   * @param {string} say.labValue
   * @param {{ name: string, majority: boolean } | null} say.source the clause that is worth most, if any is worth something
   * @param {{ backer: Direction, lab: Direction, backerValue: string, labValue: string } | null} say.change against the base case
   * @param {{ year: string, never: boolean, direction: Direction, value: string } | null} say.early what another year of AGI, or none at
   *   all instead of that year's, would change for the backer
   * @returns {{ sentence: Piece[], verdict: string }} the verdict says who gains
   */
  answer({ backer, lab, backerValue, labValue, source, change, early }) {
    const from = source === null ? "" : source.majority ? `, most of it from ${source.name}` : `, above all from ${source.name}`;
    const agi = early === null ? null : early.never ? withoutAgi(early) : withAgi(early);
    /** @type {Piece[]} */
    const sentence = [
      "Under these assumptions the agreement is worth ",
      { side: "backer", text: `${backerValue} to ${backer}` },
      from,
      ...(agi === null ? [] : [/** @type {const} */ ({ side: "early", text: `; ${agi}` })]),
      `. The share of ${lab} that others own is worth `,
      { side: "lab", text: labValue },
      ".",
    ];
    if (change === null) return { sentence, verdict: "This is the base case. Move an assumption to see who gains." };
    if (change.backer === "same" && change.lab === "same") {
      return { sentence, verdict: "Neither side is better or worse off than in the base case." };
    }
    const fates = { up: "gains", down: "loses", same: "stands where it stood" };
    const ownersFates = { up: "gain", down: "lose", same: "stand where they stood" };
    const verdict =
      `Against the base case ${backer} ${fates[change.backer]} (it was ${change.backerValue}), ` +
      `and the other owners of ${lab} ${ownersFates[change.lab]} (it was ${change.labValue}).`;
    return { sentence, verdict };
  },

  figures: {
    table: "The figures as a table, and in words",
    tableOf: (/** @type {string} */ title) => `Table: ${title}`,
    read: (/** @type {string} */ title) => `Year to read: ${title}`,
    inYear: (/** @type {string} */ year) => `In ${year}`,
    was: (/** @type {string} */ value) => `was ${value}`,
    year: "Year",
    base: "base case",
    baseLegend: "Base case",
    clipped: (/** @type {string} */ label, /** @type {string} */ value) => `${label} ${value}`,
    partial: (/** @type {string} */ year, /** @type {string} */ date) => `${year} counts from ${date}.`,
  },

  clauses: {
    kicker: "What each clause is worth",
    /**
     * @param {object} say
     * @param {string} say.backer
     * @param {string} say.owners
     * @param {readonly string[]} say.most what is worth most to the backer
     * @param {string | null} say.gives what costs the lab's owners most
     * @param {string | null} say.gets what is worth most to them
     */
    heading({ backer, owners, most, gives, gets }) {
      const first =
        most.length === 0
          ? `No clause is worth anything to ${backer}`
          : `${firstUpper(list(most))} ${most.length > 1 ? "are" : "is"} worth most to ${backer}`;
      if (gives !== null && most.length === 1 && most[0] === gives) return `${first}, and costs ${owners} most`;
      const second = gives !== null ? `${owners} give most by ${gives}` : gets !== null ? `${owners} gain most by ${gets}` : "";
      return second === "" ? first : `${first}; ${second}`;
    },
    unit: {
      shapley: "Present value of each clause to each side, bn USD: its fair share, averaged over all orders in which the clauses could be signed",
      removal: "Present value that each side loses if this clause alone goes, bn USD",
    },
    view: "How a clause is priced",
    views: { shapley: "Fair share", removal: "If it alone goes" },
    holds: (/** @type {readonly string[]} */ names) => `${list(names)}`,
    nothing: (/** @type {readonly string[]} */ names) => `Worth nothing to either side here: ${list(names)}.`,
    all: "All clauses together",
    empty: "None of them",
    gain: "What they bring together",
    totals: "Present value, bn USD",
    explain: (/** @type {string} */ clause) => `${clause}: how its price is made`,
    clause: "Clause",
    describe: (/** @type {string} */ items, /** @type {string} */ totals) => `Paired bars, one pair for each clause: ${items}. ${totals}`,
    pair: (/** @type {string} */ label, /** @type {string} */ backer, /** @type {string} */ backerValue, /** @type {string} */ owners, /** @type {string} */ labValue) =>
      `${label}: ${backerValue} to ${backer}, ${labValue} to ${owners}`,
    total: (/** @type {string} */ label, /** @type {string} */ backerValue, /** @type {string} */ labValue) => `${label}: ${backerValue} and ${labValue}.`,
  },

  cards: {
    titles: {
      clauses: "What each clause is worth",
      agi: "When AGI comes",
      outcome: "How it could turn out",
      fan: "How it could go, quarter by quarter",
      tornado: "What matters most",
      solve: "What would it take?",
      compare: "Old terms, new terms",
      payments: "Who pays whom",
      heat: "Two assumptions at once",
      funding: "Who pays for the lab, and who owns it",
      infrastructure: "What has to be built",
    },
    missing: "The part of the calculator that answers this could not be loaded. The rest of the page works without it.",
    failed: "This cannot be calculated under these assumptions.",
    failedStays: "This cannot be calculated under these assumptions. The figure still shows the last ones that could.",
    progress: (/** @type {number} */ done, /** @type {number} */ of) => (of === 0 ? "Calculating …" : `Calculating … ${Math.floor((100 * done) / of)}%`),
    refining: (/** @type {number} */ done, /** @type {number} */ of) => (of === 0 ? "" : `Refining … ${Math.floor((100 * done) / of)}%`),
    stop: "Stop",
    stopped: "Not calculated for what you changed.",
    start: "Calculate",
  },

  save: {
    title: "Save",
    of: (/** @type {string} */ figure) => `Save: ${figure}`,
    figure: { png: "Picture (PNG)", svg: "Drawing (SVG)", csv: "Table (CSV)", share: "Share the picture …" },
    busy: "Preparing …",
    failed: (/** @type {string} */ reason) => `That did not work. ${reason}`,
    money: "bn USD",
  },

  changes: {
    title: "What you changed",
    spread: (/** @type {string} */ label, /** @type {string} */ value, /** @type {string} */ text) => `${label}: ${value}, ${text}`,
    scenario: (/** @type {string} */ title) => `Scenario: ${title}`,
    without: (/** @type {string} */ ids) => `Without: ${ids}`,
    item: (/** @type {string} */ label, /** @type {string} */ value, /** @type {string} */ was) => `${label}: ${value} instead of ${was}`,
  },

  notices: {
    reason: (/** @type {string} */ key, /** @type {string} */ value, /** @type {string} */ reason) =>
      `${key}${value === "" ? "" : `=${value}`}: ${reasons[reason] ?? reason}`,
  },
  footer: { caveat: "Assumptions are not forecasts, and this is not investment advice." },
};

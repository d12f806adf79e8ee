// The words of the cards that ask the engine questions. They are apart from the rest because they are loaded with those cards.

/** @typedef {typeof questions} QuestionStrings */
/** @import { Direction } from "./en.js" */

/** A side with what it has now and what it would have otherwise. @typedef {{ name: string, value: string, other: string, direction: Direction }} Against */
/** Names for a metric within a sentence; the clause is named where the metric is one clause's. @typedef {(backer: string, lab: string, clause: string) => string} MetricName */

/** @type {Record<string, MetricName>} */
const metricNames = {
  "backer.npv": (backer) => `${backer}’s present value`,
  "backer.npv.<clause>": (backer, _lab, clause) => `what ${clause} brings ${backer}`,
  "backer.irr": (backer) => `${backer}’s return a year from signing`,
  "backer.irr_since_inception": (backer) => `${backer}’s return a year, history included`,
  "backer.moic": (backer) => `${backer}’s money back on the investment`,
  "backer.payback": (backer) => `the year in which ${backer} is even`,
  "backer.peak_exposure": (backer) => `${backer}’s deepest outlay`,
  "backer.stake_npv_over_market": () => "the stake’s value over its price",
  "lab.npv": (_backer, lab) => `the present value of ${lab}’s other owners`,
  "lab.implied_return": (_backer, lab) => `the return a year that ${lab}’s price implies`,
  "lab.funding_gap": (_backer, lab) => `what ${lab} still has to raise`,
  "lab.dilution": (_backer, lab) => `the dilution of ${lab}’s other owners`,
  "lab.equity_value": (_backer, lab) => `${lab}’s equity value at the end`,
  "lab.lowest_cash": (_backer, lab) => `${lab}’s lowest cash`,
  "lab.distress_quarters": (_backer, lab) => `the quarters in which ${lab} cannot pay all`,
  "lab.revenue_total": (_backer, lab) => `${lab}’s revenue in all years`,
  "lab.take_rate": (backer, lab) => `the part of ${lab}’s revenue that ${backer} takes`,
  "lab.take_rate_with_compute": (backer, lab) => `the part of ${lab}’s revenue that ${backer} takes, compute included`,
  "commitment.billed": (backer) => `what ${backer} bills under the commitment`,
  "commitment.shortfall": () => "what is paid for compute that is not used",
  "infrastructure.peak_gw": (backer) => `${backer}’s capacity at its peak`,
  "infrastructure.peak_twh": () => "electricity in the peak year",
  "infrastructure.capex": (backer) => `${backer}’s capital cost for the lab`,
  "infrastructure.co2": () => "carbon dioxide in all years",
  surplus: () => "what both gain by the agreement",
};

/** The heads of the paths of quantities. @type {Record<string, string>} */
const quantityGroups = {
  agi: "AGI",
  regulation: "Regulation",
  demand: "Demand",
  devices: "Devices",
  compute: "Compute and energy",
  lab: "The lab’s money",
  discount: "Discount rates",
  tax: "Taxes",
};

/** How many of 100 draws. @typedef {{ kind: "none" | "few" | "some" | "most" | "all", count: number }} OutOf */

/** @param {OutOf} of */
function outOf({ kind, count }) {
  const some = { none: "none", few: "fewer than 1 of 100", some: `${count} of 100`, most: "more than 99 of 100", all: "all" };
  return some[kind];
}

export const questions = {
  outOf,
  metric: metricNames,
  metricGroups: {
    backer: (/** @type {string} */ backer) => backer,
    lab: (/** @type {string} */ lab) => lab,
    both: "Both, and what is built",
    clauses: (/** @type {string} */ backer) => `${backer}, clause by clause`,
  },
  metricUnits: {
    money: "bn USD",
    percent: "%",
    multiple: "×",
    year: "year",
    count: "quarters",
    gigawatts: "GW",
    terawattHours: "TWh",
    megatonnes: "Mt",
  },
  units: {
    points: (/** @type {string} */ number) => `${number}\u00a0points`,
    years: (/** @type {string} */ number) => `${number}\u00a0years`,
    quarters: (/** @type {string} */ number) => `${number} quarters`,
    megatonnes: (/** @type {string} */ number) => `${number}\u00a0Mt`,
  },
  quantityGroups,

  agi: {
    kicker: "When AGI comes",
    /**
     * @param {string} date
     * @param {Against} backer
     * @param {Against} lab
     */
    heading(date, backer, lab) {
      const fates = { up: "lifts", down: "costs", same: "leaves" };
      const part = (/** @type {Against} */ { name, value, other, direction }, /** @type {boolean} */ first) =>
        direction === "same"
          ? `${fates.same} ${name} at ${value}`
          : `${fates[direction]} ${name} (${value} instead of ${other}${first ? " if it never counted for the contract" : ""})`;
      return `AGI in ${date} ${part(backer, true)} and ${part(lab, backer.direction === "same")}`;
    },
    headingNever: (/** @type {string} */ backer, /** @type {string} */ value, /** @type {string} */ owners, /** @type {string} */ labValue) =>
      `Without AGI ${backer} has ${value}, and ${owners} have ${labValue}`,
    unit: "Present value by the date on which AGI counts for the contract, bn USD",
    unitClauses: (/** @type {string} */ backer) => `What each clause brings ${backer} by the date on which AGI counts for the contract, bn USD`,
    note: "Only that date is moved: when the business grows by AGI stays as assumed.",
    view: "What is shown",
    views: { totals: "Both sides", clauses: (/** @type {string} */ backer) => `${backer}, clause by clause` },
    yours: (/** @type {string} */ date) => `Your date: ${date}`,
    yoursNever: "Your assumption",
    never: "Never, for the contract",
    neverShort: "Never",
    neverAt: "If AGI is never verified",
    at: (/** @type {string} */ date) => `If AGI is verified in ${date}`,
    atYours: (/** @type {string} */ date) => `If AGI is verified in ${date}, as you assume`,
    read: "Date of AGI to read",
    date: "AGI verified",
    describe: (/** @type {string} */ backer, /** @type {string} */ owners, /** @type {string} */ items) =>
      `Two lines over the date on which AGI is verified, ${backer}’s present value and that of ${owners}, and a point each for never. ${items}`,
    describeClauses: (/** @type {string} */ items) =>
      `A small chart for each clause, all on one scale, over the date on which AGI is verified, with a point for never. ${items}`,
    item: (/** @type {string} */ date, /** @type {string} */ values) => `${date}: ${values}.`,
  },

  tornado: {
    kicker: "What matters most",
    view: "How assumptions are moved",
    views: { single: "One at a time", joint: "All together" },
    heading: (
      /** @type {string} */ label,
      /** @type {string} */ metric,
      /** @type {string} */ low,
      /** @type {string} */ high,
      /** @type {string} */ from,
      /** @type {string} */ to,
    ) => `“${label}” matters most: between ${low} and ${high} it moves ${metric} from ${from} to ${to}`,
    headingNone: (/** @type {string} */ metric) => `No uncertain assumption moves ${metric}`,
    unit: (/** @type {string} */ metric, /** @type {string} */ unit) =>
      `${metric}, ${unit}, when one assumption alone goes to a low value (P10) or to a high one (P90)`,
    metric: "Outcome",
    low: "Low value (P10)",
    high: "High value (P90)",
    now: "As assumed",
    nowAt: (/** @type {string} */ value) => `As assumed: ${value}`,
    turns: "Turns between the two",
    read: "Assumption to read",
    idle: (/** @type {string} */ count, /** @type {string} */ of) => `${count} of ${of} uncertain assumptions do not move it at all.`,
    less: (/** @type {string} */ count) => `${count} more move it less than these.`,
    fault: (/** @type {string} */ label) => `${label} cannot be calculated at one of its ends.`,
    quantity: "Assumption",
    atLow: "Outcome at the low value",
    atHigh: "Outcome at the high value",
    perUnit: "Slope as assumed",
    slope: (/** @type {string} */ change, /** @type {string} */ unit) => `${change} ${unit}`,
    per: {
      point: "per percentage point",
      year: "per year",
      unit: (/** @type {string} */ unit) => (unit === "" ? "per unit" : `per ${unit}`),
    },
    describe: (/** @type {string} */ metric, /** @type {string} */ now, /** @type {string} */ items) =>
      `Bars from ${metric} as assumed, ${now}, to where one assumption alone takes it. ${items}`,
    item: (/** @type {string} */ label, /** @type {string} */ low, /** @type {string} */ atLow, /** @type {string} */ high, /** @type {string} */ atHigh) =>
      `${label}: ${atLow} at ${low}, ${atHigh} at ${high}.`,
  },

  importance: {
    /** @type {(label: string, metric: string, first: string, total: string) => string} */
    heading: (label, metric, first, total) =>
      `When all assumptions are drawn together, “${label}” alone makes ${first} of the variance of ${metric}, and ${total} with what it does together with others`,
    headingRefused: (/** @type {string} */ metric) => `What makes ${metric} vary cannot be told apart while assumptions are correlated`,
    unit: (/** @type {string} */ metric) => `Part of the variance of ${metric} that comes from each assumption`,
    first: "By itself",
    total: "Together with others, too",
    whisker: "95% interval",
    refused: (/** @type {string} */ pairs) => `Shares exist only for independent assumptions. These move together here: ${pairs}.`,
    pair: (/** @type {string} */ a, /** @type {string} */ b) => `“${a}” with “${b}”`,
    without: "Leave the correlations out",
    independent: "The correlations between assumptions are left out here.",
    note: (/** @type {string} */ paths) => `Sobol indices from ${paths} draws, each with every assumption drawn anew.`,
    motion: (/** @type {string} */ label) => `“${label}” stands for the random motion itself, too.`,
    leftOut: (/** @type {string} */ count) => `${count} draws in which it does not exist are left out.`,
    less: (/** @type {string} */ count) => `${count} more matter less than these; the table has them.`,
    margin: (/** @type {string} */ value, /** @type {string} */ error) => `${value} ± ${error}`,
    describe: (/** @type {string} */ metric, /** @type {string} */ items) =>
      `Two bars for each assumption: what part of the variance of ${metric} it makes by itself, and together with others. ${items}`,
    item: (/** @type {string} */ label, /** @type {string} */ first, /** @type {string} */ total) => `${label}: ${first} by itself, ${total} together with others.`,
  },

  solve: {
    kicker: "What would it take?",
    mode: "Question",
    modes: { target: "Reach a target", chance: "Get a chance", even: "Break even", fair: "Fair terms" },
    metric: "Outcome",
    target: "Target",
    lever: "Lever",
    find: "Find a lever",
    more: "Find a lever, or search elsewhere",
    share: (/** @type {string} */ backer) => `Part of the surplus to ${backer}`,
    from: "Search from",
    to: "to",
    is: {
      /** @type {(values: string, label: string, metric: string, target: string) => string} */
      one: (values, label, metric, target) => `“${label}” at ${values} brings ${metric} to ${target}`,
      /** @type {(count: string, label: string, metric: string, target: string, values: string) => string} */
      several: (count, label, metric, target, values) => `${count} values of “${label}” bring ${metric} to ${target}: ${values}`,
      /** @type {(from: string, to: string, label: string, metric: string, target: string) => string} */
      range: (from, to, label, metric, target) => `“${label}” anywhere from ${from} to ${to} leaves ${metric} at ${target}`,
      /** @type {(label: string, metric: string, target: string, at: string, before: string, after: string) => string} */
      jump: (label, metric, target, at, before, after) =>
        `No “${label}” brings ${metric} to just ${target}: at ${at} it jumps from ${before} to ${after}`,
      /** @type {(label: string, low: string, high: string, metric: string, target: string, most: string, at: string) => string} */
      tooLow: (label, low, high, metric, target, most, at) =>
        `No “${label}” between ${low} and ${high} brings ${metric} to ${target}: it reaches ${most} at most, at ${at}`,
      /** @type {(label: string, low: string, high: string, metric: string, target: string, least: string, at: string) => string} */
      tooHigh: (label, low, high, metric, target, least, at) =>
        `No “${label}” between ${low} and ${high} brings ${metric} to ${target}: it is ${least} at least, at ${at}`,
      /** @type {(label: string, low: string, high: string, metric: string, target: string) => string} */
      none: (label, low, high, metric, target) => `No “${label}” between ${low} and ${high} brings ${metric} to ${target}`,
      /** @type {(label: string, metric: string) => string} */
      nowhere: (label, metric) => `There is no such thing as ${metric}, whatever “${label}” is`,
    },
    fairIs: {
      surplus: "a surplus to share",
      /** @type {(values: string, label: string, backer: string, part: string) => string} */
      one: (values, label, backer, part) => `“${label}” at ${values} gives ${backer} ${part} of the surplus`,
      /** @type {(count: string, label: string, backer: string, part: string, values: string) => string} */
      several: (count, label, backer, part, values) => `${count} values of “${label}” give ${backer} ${part} of the surplus: ${values}`,
      /** @type {(label: string, backer: string, part: string, at: string) => string} */
      jump: (label, backer, part, at) => `No “${label}” gives ${backer} just ${part} of the surplus: at ${at} it jumps past it`,
      /** @type {(label: string, low: string, high: string, backer: string, part: string, least: string, at: string) => string} */
      tooMuch: (label, low, high, backer, part, least, at) =>
        `No “${label}” between ${low} and ${high} brings ${backer} down to ${part} of the surplus: it has ${least} too much at least, at ${at}`,
      /** @type {(label: string, low: string, high: string, backer: string, part: string, least: string, at: string) => string} */
      tooLittle: (label, low, high, backer, part, least, at) =>
        `No “${label}” between ${low} and ${high} brings ${backer} up to ${part} of the surplus: it lacks ${least} at least, at ${at}`,
    },
    also: {
      range: (/** @type {string} */ from, /** @type {string} */ to) => `from ${from} to ${to}`,
      jump: (/** @type {string} */ at, /** @type {string} */ before, /** @type {string} */ after) =>
        `At ${at} it jumps past the target, from ${before} to ${after}.`,
      never: (/** @type {string} */ value) => `With “never” it is ${value}.`,
      refused: (/** @type {string} */ reason) => `A part of the interval is not allowed: ${reason}`,
      /** @type {(backer: string, backerGains: boolean, backerSize: string, owners: string, labGains: boolean, labSize: string, surplus: string) => string} */
      gains: (backer, backerGains, backerSize, owners, labGains, labSize, surplus) =>
        `Against no agreement at all ${backer} ${backerGains ? "gains" : "loses"} ${backerSize} and ${owners} ${labGains ? "gain" : "lose"} ${labSize}: a surplus of ${surplus}.`,
    },
    counts: { 2: "Two", 3: "Three", 4: "Four" },
    unit: (/** @type {string} */ metric, /** @type {string} */ unit, /** @type {string} */ label) => `${metric}, ${unit}, over “${label}”`,
    fairUnit: (/** @type {string} */ backer, /** @type {string} */ part, /** @type {string} */ label) =>
      `By how much ${backer}’s gain exceeds ${part} of the surplus, bn USD, over “${label}”`,
    targetLine: (/** @type {string} */ value) => `Target ${value}`,
    fairLine: "Fair",
    now: "Now",
    nowAt: (/** @type {string} */ at, /** @type {string} */ value) => `Now: ${at}, ${value}`,
    set: (/** @type {string} */ value) => `Set the lever to ${value}`,
    isSet: (/** @type {string} */ value) => `The lever is at ${value}`,
    setFor: (/** @type {string} */ label, /** @type {string} */ value) => `Set ${label} to ${value}`,
    read: (/** @type {string} */ label) => `Value to read: ${label}`,
    readAt: (/** @type {string} */ at, /** @type {string} */ value) => `${at}: ${value}`,
    outcome: "Outcome",
    describe: (/** @type {string} */ heading, /** @type {string} */ label, /** @type {string} */ items) =>
      `${heading}. A line over “${label}”. ${items}`,
    chance: {
      above: "Above",
      chance: "Chance",
      outcome: "Chance",
      error: "Standard error",
      /** @type {(chance: string, metric: string, bound: string) => string} */
      event: (chance, metric, bound) => `${/^(8|1[18](?!\d))/.test(chance) ? "an" : "a"} ${chance} chance that ${metric} is above ${bound}`,
      /** @type {(value: string, label: string, event: string) => string} */
      one: (value, label, event) => `“${label}” at ${value} gives ${event}`,
      /** @type {(count: string, label: string, event: string, values: string) => string} */
      several: (count, label, event, values) => `${count} values of “${label}” give ${event}: ${values}`,
      /** @type {(label: string, event: string, at: string, before: string, after: string) => string} */
      jump: (label, event, at, before, after) => `No “${label}” gives just ${event}: at ${at} the chance jumps from ${before} to ${after}`,
      /** @type {(label: string, low: string, high: string, event: string, most: string, at: string) => string} */
      tooLow: (label, low, high, event, most, at) => `No “${label}” between ${low} and ${high} gives ${event}: it is ${most} at most, at ${at}`,
      /** @type {(label: string, low: string, high: string, event: string, least: string, at: string) => string} */
      tooHigh: (label, low, high, event, least, at) => `No “${label}” between ${low} and ${high} gives ${event}: it is ${least} at least, at ${at}`,
      /** @type {(metric: string, bound: string, label: string) => string} */
      unit: (metric, bound, label) => `Chance that ${metric} is above ${bound}, over “${label}”, with all uncertain assumptions drawn together`,
      note: (/** @type {string} */ paths) => `From ${paths} draws at each value, the same ones everywhere; the band is two standard errors to either side.`,
      now: (/** @type {string} */ chance, /** @type {string} */ error) => `Now the chance is ${chance} ± ${error}.`,
      sure: (/** @type {string} */ error) => `The value found is sure to about ± ${error}.`,
      exists: (/** @type {string} */ metric, /** @type {string} */ part) => `${metric} exists in ${part} of the draws; in the others it counts as not above.`,
    },
    even: {
      metrics: "Both sides in figures",
      heading: (/** @type {string} */ count, /** @type {string} */ of, /** @type {string} */ metric) =>
        `${count} of ${of} uncertain assumptions could bring ${metric} to nothing by themselves`,
      headingOne: (/** @type {string} */ of, /** @type {string} */ metric, /** @type {string} */ label, /** @type {string} */ at) =>
        `Only one of ${of} uncertain assumptions could bring ${metric} to nothing by itself: “${label}”, at ${at}`,
      headingNone: (/** @type {string} */ of, /** @type {string} */ metric) =>
        `None of ${of} uncertain assumptions could bring ${metric} to nothing by itself`,
      unit: (/** @type {string} */ metric) => `Where one assumption alone brings ${metric} to nothing`,
      describe: (/** @type {string} */ items) => `A list of the assumptions that can, from the least to the greatest value searched. ${items}`,
      quantity: "Assumption",
      now: "Now",
      at: "Breaks even at",
      none: "none in range",
      jump: (/** @type {string} */ at) => `passes it at ${at}`,
      low: "Searched from",
      high: "Searched to",
      interval: (/** @type {string} */ low, /** @type {string} */ high) => `${low} to ${high}`,
      others: (/** @type {string} */ count) => `${count} others do not, anywhere in the range that was searched; the table names them.`,
      item: (/** @type {string} */ label, /** @type {string} */ now, /** @type {string} */ at) => `${label}: now ${now}, breaks even at ${at}.`,
    },
  },

  compare: {
    kicker: "Old terms, new terms",
    kickerOf: "Side by side",
    /** The part of a deal's title that tells it from the others: the month in which it was signed, where it ends with one. */
    name: (/** @type {string} */ title) => /\p{L}+ \d{4}$/u.exec(title)?.[0] ?? title,
    /** @param {readonly { name: string, sides: readonly { name: string, size: string, direction: Direction }[] }[]} steps */
    heading(steps) {
      const fates = { up: "brought", down: "cost", same: "left" };
      const said = steps.map(({ name, sides }, i) => {
        const parts = sides.map((side) =>
          side.direction === "same" ? `left ${side.name} where it was` : `${fates[side.direction]} ${side.name} ${side.size}`,
        );
        return `${i === 0 ? "The agreement" : "that"} of ${name} ${parts.join(" and ")}`;
      });
      return said.join("; ");
    },
    /** @param {readonly { name: string, plural: boolean, most: { name: string, text: string }, least: { name: string, text: string } }[]} sides */
    headingOf(sides) {
      const said = sides.map(({ name, plural, most, least }) =>
        most.text === least.text
          ? `For ${name} all are worth the same, ${most.text}`
          : `${name} ${plural ? "have" : "has"} most with “${most.name}”, ${most.text}, and least with “${least.name}”, ${least.text}`,
      );
      return said.join("; ");
    },
    headingOne: "Choose what to compare this deal with",
    now: "As it stands now",
    groups: { deal: "This agreement", own: "Your scenarios", deals: "Other agreements" },
    choose: "What is compared",
    chosen: (/** @type {string} */ count, /** @type {string} */ most) => `Choose what is compared (${count} of up to ${most})`,
    full: "Four is the most. Take one away to add another.",
    room: "Up to four at once.",
    first: "Back to the agreements",
    unitOwn: "Present value to each side, bn USD, each with its own assumptions",
    worlds: "Each has the assumptions that are its own, and changes are given against the one before it.",
    unit: (/** @type {string} */ name) => `Present value of each agreement to each side, bn USD, all in the world of ${name}`,
    unitOne: (/** @type {string} */ name) => `Present value to each side, bn USD, of ${name}`,
    world: (/** @type {string} */ name) => `The world and the changes are those of ${name}; the other agreements have their clauses as they were signed.`,
    worldNow: "this deal as it stands now",
    worldIn: (/** @type {string} */ name) => `this deal, “${name}”`,
    view: "What is compared",
    views: { metrics: "Main figures", spread: "How sure", backer: (/** @type {string} */ name) => `Clauses, for ${name}`, lab: (/** @type {string} */ name) => `Clauses, for ${name}` },
    figure: "Figure",
    clause: (/** @type {string} */ kind) => `Clause: ${kind}, bn USD`,
    difference: (/** @type {string} */ name) => `Change, ${name}`,
    empty: "Without any of them",
    total: "All together",
    of: (/** @type {string} */ side, /** @type {string} */ clause) => `${clause}, for ${side}`,
    region: "The agreements side by side, scrolls sideways",
    spread: {
      title: "What each agreement brought, over draws of all uncertain assumptions, bn USD",
      titleOf: "What each changes against the one before it, over draws of all uncertain assumptions, bn USD",
      step: (/** @type {string} */ name) => `Agreement of ${name}`,
      against: (/** @type {string} */ name, /** @type {string} */ other) => `${name}, against ${other}`,
      interval: "80 of 100 draws, and the median",
      run: "Everything as assumed",
      /** @type {(low: string, median: string, high: string) => string} */
      text: (low, median, high) => `${low} to ${high}, median ${median}`,
      /** @type {(part: OutOf) => string} */
      better: (part) => `better off in ${part.kind === "none" ? "no draw" : part.kind === "all" ? "all draws" : outOf(part)}`,
      note: (/** @type {string} */ paths) => `From ${paths} draws, the same ones for every agreement.`,
      /** @type {(metric: string, step: string) => string} */
      row: (metric, step) => `${metric}, ${step}`,
      head: ["Change", "P10", "Median", "P90", "Mean", "Standard error", "Higher", "Lower"],
    },
    describe: (/** @type {string} */ items) => `A point for each side and agreement, in the order of signing, joined by lines. ${items}`,
    item: (/** @type {string} */ name, /** @type {string} */ backer, /** @type {string} */ backerValue, /** @type {string} */ owners, /** @type {string} */ labValue) =>
      `${name}: ${backerValue} to ${backer}, ${labValue} to ${owners}.`,
  },
};

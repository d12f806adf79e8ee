// The figures that can be embedded, each loaded when it is asked for, and the levers that matter most to it. What the page draws of a
// run alone is a card here, too, that asks nothing more.

/** @import { CardModule, Place } from "../cards/desk.js" */

/**
 * @typedef {object} Embeddable
 * @property {() => Promise<CardModule>} load
 * @property {readonly string[]} levers the paths of those that an embed shows unless others are asked for
 */

const AGI = "agi.year";
const SHARE = "clauses.revenue-share.rate";
const STAKE = "clauses.equity.fraction";
const GROWTH = "demand.lines.chatgpt.growth";
const MULTIPLE = "lab.terminal_pe";
const PRICE = "compute.price";

/** @type {Readonly<Record<string, Embeddable>>} */
export const figures = {
  answer: { load: async () => (await import("./cards/answer.js")).card, levers: [AGI, SHARE, GROWTH] },
  headline: { load: async () => (await import("./cards/headline.js")).card, levers: [AGI, SHARE, GROWTH] },
  clauses: { load: async () => (await import("../cards/clauses.js")).card, levers: [AGI, SHARE, STAKE] },
  payments: { load: async () => (await import("../cards/payments.js")).card, levers: [SHARE, GROWTH, "clauses.hosting.share"] },
  agi: { load: async () => (await import("../cards/agi.js")).card, levers: ["agi.growth_boost", SHARE, GROWTH] },
  outcome: { load: async () => (await import("../cards/outcome.js")).card, levers: [AGI, GROWTH, MULTIPLE] },
  fan: { load: async () => (await import("../cards/fan.js")).card, levers: [AGI, GROWTH, SHARE] },
  tornado: { load: async () => (await import("../cards/tornado.js")).card, levers: [AGI, GROWTH, MULTIPLE] },
  heat: { load: async () => (await import("../cards/heat.js")).card, levers: [AGI, GROWTH, MULTIPLE] },
  solve: { load: async () => (await import("../cards/solve.js")).card, levers: [AGI, GROWTH, MULTIPLE] },
  compare: { load: async () => (await import("../cards/compare.js")).card, levers: [AGI, GROWTH, MULTIPLE] },
  funding: { load: async () => (await import("../cards/funding.js")).card, levers: [GROWTH, PRICE, SHARE] },
  infrastructure: { load: async () => (await import("../cards/infrastructure.js")).card, levers: [GROWTH, PRICE, "compute.capex"] },
  flows: { load: async () => (await import("./cards/flows.js")).card, levers: [AGI, SHARE, GROWTH] },
  lab: { load: async () => (await import("./cards/lab.js")).card, levers: [GROWTH, SHARE, PRICE] },
  ledger: { load: async () => (await import("./cards/ledger.js")).card, levers: [AGI, SHARE, GROWTH] },
};

/** What explains a number asks its questions first while it is open, as on the page. @type {readonly Place[]} */
export const places = [
  { id: "explain", load: async () => (await import("../cards/explain.js")).card },
  { id: "chance", load: async () => (await import("../cards/chance.js")).card },
  ...Object.entries(figures).map(([id, { load }]) => ({ id, load })),
];

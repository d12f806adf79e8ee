// The stops of the tour: which levers matter there, and which figure answers it, with what is picked in it. What a deal does not have is
// left out. Words are in `strings/`.
import { themes } from "../levers.js";

/** @import { CardContext } from "../figures/context.js" */
/** @import { Lever } from "../levers.js" */
/** @import { Picks } from "../cards/desk.js" */
/** @import { StopId } from "../state/tour.js" */

/**
 * @typedef {object} TourStop
 * @property {readonly string[]} [kinds] of the clauses that it is about; where the deal has none of them, the stop says so
 * @property {readonly Lever[]} levers the first three that the deal has are shown
 * @property {string} card
 * @property {(context: CardContext) => Picks} picks
 */

/** So many levers have a stop at most. */
export const MOST_LEVERS = 3;

/**
 * A lever of the page, as it is there.
 * @param {string} path
 */
function lever(path) {
  const found = themes.flatMap(({ levers }) => levers).find((each) => each.path === path);
  if (found === undefined) throw new Error(`There is no lever "${path}".`);
  return found;
}

/**
 * @param {CardContext} context
 * @param {string} path
 */
const valueOf = ({ info }, path) => info.quantities.find((quantity) => quantity.path === path)?.value ?? null;

/** @type {Readonly<Record<StopId, TourStop>>} */
export const stops = {
  stake: {
    kinds: ["equity"],
    levers: [lever("clauses.equity.fraction"), lever("clauses.profit-share.tiers.1.share"), lever("lab.terminal_pe")],
    card: "clauses",
    picks: () => ({ view: "shapley" }),
  },
  share: {
    kinds: ["revenue-share"],
    levers: [
      lever("clauses.revenue-share.rate"),
      lever("clauses.revenue-share.until"),
      { path: "clauses.revenue-share.cap", min: 0, max: 150, step: 1 },
      lever("agi.year"),
    ],
    card: "heat",
    // Where nothing but AGI ends the share, the date of AGI is its end.
    picks: (context) => ({
      metric: "backer.npv.revenue-share",
      x: "clauses.revenue-share.rate",
      y: valueOf(context, "clauses.revenue-share.until") === null ? "agi.year" : "clauses.revenue-share.until",
    }),
  },
  cloud: {
    kinds: ["commitment", "hosting"],
    levers: [
      lever("clauses.commitment.total"),
      lever("clauses.hosting.share"),
      lever("clauses.hosting.share.2"),
      lever("compute.price"),
    ],
    card: "payments",
    picks: () => ({}),
  },
  rights: {
    kinds: ["ip-rights"],
    levers: [
      lever("clauses.ip-rights.until"),
      lever("clauses.ip-rights.product.growth"),
      { path: "clauses.ip-rights.otherwise", min: 0, max: 1, step: 0.01 },
    ],
    card: "clauses",
    picks: () => ({ view: "removal" }),
  },
  agi: {
    levers: [lever("agi.year"), { path: "agi.panel_delay", min: 0, max: 3, step: 0.1 }, lever("agi.growth_boost")],
    card: "agi",
    picks: () => ({ view: "totals" }),
  },
  devices: {
    kinds: ["devices"],
    levers: [lever("devices.market"), lever("clauses.devices.royalty"), lever("devices.service_per_month")],
    card: "heat",
    // Where no royalty can be agreed upon, it is the lab's owners to whom devices matter.
    picks: (context) =>
      valueOf(context, "clauses.devices.royalty") === null
        ? { metric: "lab.npv", x: "devices.market", y: "devices.service_per_month" }
        : { metric: "backer.npv.devices", x: "devices.market", y: "clauses.devices.royalty" },
  },
  power: {
    levers: [lever("compute.build_rate"), lever("compute.capex"), lever("compute.power_price")],
    card: "infrastructure",
    picks: () => ({}),
  },
  regulators: {
    levers: [
      lever("regulation.acts"),
      lever("regulation.year"),
      { path: "regulation.stake_cap", min: 0, max: 0.3, step: 0.01, when: "regulation.acts" },
      { path: "regulation.share_rate_cap", min: 0, max: 0.3, step: 0.01, when: "regulation.acts" },
    ],
    card: "outcome",
    picks: () => ({}),
  },
  next: {
    levers: [lever("demand.lines.chatgpt.growth"), lever("demand.lines.chatgpt.half_life"), lever("agi.year")],
    card: "fan",
    picks: () => ({ series: "cumulative" }),
  },
};

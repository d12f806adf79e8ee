// The levers of the page, by theme: which quantities, and how far each slider runs. Everything else about a quantity (its label,
// unit, source, status, and what values it may have) is the engine's to say. A track is in the unit of the deal file; a lever
// whose path the deal does not have is left out, and a value beyond the track widens it.

/**
 * @typedef {object} Lever
 * @property {string} path
 * @property {number} min
 * @property {number} max
 * @property {number} step
 * @property {"slider" | "switch"} [form]
 * @property {string} [when] the path of the switch without which the quantity moves nothing; the lever comes with it
 */

/** @typedef {{ id: ThemeId, levers: readonly Lever[] }} Theme */
/** @typedef {"demand" | "stake" | "share" | "compute" | "rights" | "agi" | "devices" | "infrastructure" | "regulation"} ThemeId */

/** @type {readonly Theme[]} */
export const themes = [
  {
    id: "agi",
    levers: [
      { path: "agi.year", min: 2026, max: 2036, step: 0.25 },
      { path: "agi.growth_boost", min: 0, max: 0.3, step: 0.01 },
    ],
  },
  {
    id: "demand",
    levers: [
      { path: "demand.lines.chatgpt.growth", min: 0.4, max: 2.4, step: 0.05 },
      { path: "demand.lines.chatgpt.half_life", min: 1, max: 5, step: 0.1 },
    ],
  },
  {
    id: "stake",
    levers: [
      { path: "clauses.equity.fraction", min: 0, max: 0.5, step: 0.01 },
      { path: "clauses.profit-share.tiers.1.share", min: 0, max: 1, step: 0.01 },
      { path: "lab.terminal_pe", min: 5, max: 40, step: 0.5 },
    ],
  },
  {
    id: "share",
    levers: [
      { path: "clauses.revenue-share.rate", min: 0, max: 0.4, step: 0.01 },
      { path: "clauses.revenue-share.until", min: 2026, max: 2036, step: 0.25 },
    ],
  },
  {
    id: "compute",
    levers: [
      { path: "clauses.commitment.total", min: 0, max: 600, step: 10 },
      { path: "clauses.hosting.share", min: 0, max: 1, step: 0.01 },
      { path: "clauses.hosting.share.2", min: 0, max: 1, step: 0.01 },
    ],
  },
  {
    id: "rights",
    levers: [
      { path: "clauses.ip-rights.until", min: 2026, max: 2036, step: 0.25 },
      { path: "clauses.ip-rights.product.growth", min: 0, max: 1.5, step: 0.05 },
    ],
  },
  {
    id: "devices",
    levers: [
      { path: "devices.market", min: 0, max: 600, step: 10 },
      { path: "devices.service_per_month", min: 0, max: 30, step: 1 },
      { path: "clauses.devices.royalty", min: 0, max: 0.3, step: 0.01 },
    ],
  },
  {
    id: "infrastructure",
    levers: [
      { path: "compute.price", min: 6, max: 16, step: 0.25 },
      { path: "compute.capex", min: 20, max: 70, step: 1 },
      { path: "compute.build_rate", min: 0, max: 4, step: 0.1 },
      { path: "compute.power_price", min: 20, max: 200, step: 5 },
    ],
  },
  {
    id: "regulation",
    levers: [
      { path: "regulation.acts", min: 0, max: 1, step: 1, form: "switch" },
      { path: "regulation.year", min: 2026, max: 2036, step: 0.25, when: "regulation.acts" },
    ],
  },
];

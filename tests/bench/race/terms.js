// What the contenders that are written in JavaScript read from the deal before they draw: its numbers and its calendar.

/** @typedef {null | boolean | number | string | Json[] | { [key: string]: Json }} Json */

/**
 * A number of the deal: `value`, and how it is spread.
 * @typedef {{ value: number, dist?: "uniform" | "triangular" | "normal" | "lognormal", low: number, high: number }} Quantity
 */

/** The quantities that are drawn. The model below holds all others for certain. */
export const DRAWN = /** @type {const} */ ([
  "agi.year",
  "agi.panel_delay",
  "demand.lines.app.run_rate",
  "demand.lines.app.growth",
  "demand.lines.app.terminal_growth",
  "demand.lines.app.half_life",
  "demand.lines.app.terminal_inference",
  "demand.lines.api.run_rate",
  "demand.lines.api.growth",
  "demand.lines.api.terminal_growth",
  "demand.lines.api.half_life",
  "demand.lines.api.terminal_inference",
  "compute.margin",
  "compute.training.run_rate",
  "compute.training.growth",
  "lab.terminal_pe",
  "lab.multiple_half_life",
  "lab.opex.terminal_ratio",
  "clauses.revenue-share.rate",
  "clauses.revenue-share.cap",
  "clauses.hosting.share",
]);

/**
 * Where a dotted path leads; things of a list go by their id or kind.
 * @param {Json} tree
 * @param {string} path
 * @returns {Json}
 */
function at(tree, path) {
  let here = tree;
  for (const key of path.split(".")) {
    /** @type {Json | undefined} */
    let next;
    if (Array.isArray(here)) {
      const name = (/** @type {Json} */ each) =>
        each !== null && typeof each === "object" && !Array.isArray(each) ? (each["id"] ?? each["kind"]) : null;
      next = here.find((each) => name(each) === key);
    } else if (here !== null && typeof here === "object") {
      next = here[key];
    }
    if (next === undefined) throw new Error(`The deal has no ${path}.`);
    here = next;
  }
  return here;
}

/**
 * @param {Json} deal
 * @param {string} path
 * @returns {Quantity}
 */
export function quantity(deal, path) {
  const found = at(deal, path);
  if (typeof found === "number") return { value: found, low: found, high: found };
  return /** @type {Quantity} */ (/** @type {unknown} */ (found));
}

const DAY = 86_400_000;

/**
 * The numbers that are certain, and the calendar. The deal begins with a quarter, so every quarter is a fourth of a year.
 * @param {Json} deal
 */
export function readTerms(deal) {
  const certain = (/** @type {string} */ path) => {
    const { value, dist } = quantity(deal, path);
    if (dist !== undefined) throw new Error(`${path} is not to be uncertain here.`);
    return value;
  };
  const effective = Date.parse(String(at(deal, "effective")));
  const horizon = new Date(String(at(deal, "horizon")));
  const first = new Date(effective).getUTCFullYear();
  const count = (horizon.getUTCFullYear() - first) * 4 + Math.floor(horizon.getUTCMonth() / 3) + 1;
  const quarters = Array.from({ length: count }, (_, k) => k);
  const yearFraction = (/** @type {number} */ date) => Math.round((date - effective) / DAY) / 365;
  // Paid on the 15th of the middle month of the quarter.
  const years = quarters.map((k) => yearFraction(Date.UTC(first + Math.floor(k / 4), (k % 4) * 3 + 1, 15)));
  const discounted = (/** @type {string} */ rate, /** @type {number} */ time) => (1 + certain(`discount.${rate}`)) ** -time;

  const capital = quarters.map(() => 0);
  let capitalNpv = 0;
  for (const tranche of /** @type {[string, number][]} */ (at(deal, "clauses.capital.tranches"))) {
    const [date, amount] = [new Date(tranche[0]), tranche[1]];
    const k = (date.getUTCFullYear() - first) * 4 + Math.floor(date.getUTCMonth() / 3);
    capital[k] = (capital[k] ?? 0) + amount;
    capitalNpv -= amount * discounted("contractual", yearFraction(date.getTime()));
  }
  const line = (/** @type {string} */ id) => ({ inference: certain(`demand.lines.${id}.inference`) });
  return {
    first,
    middles: quarters.map((k) => k / 4 + 1 / 8),
    capital,
    capitalNpv,
    operating: years.map((time) => discounted("operating", time)),
    equity: years.map((time) => discounted("equity", time)),
    holders: years.map((time) => discounted("lab", time)),
    app: line("app"),
    api: line("api"),
    inferenceHalfLife: certain("compute.inference_half_life"),
    elsewherePremium: certain("compute.elsewhere_premium"),
    trainingTerminalGrowth: certain("compute.training.terminal_growth"),
    trainingHalfLife: certain("compute.training.half_life"),
    valuation: certain("lab.valuation"),
    cash: certain("lab.cash"),
    cashYield: certain("lab.cash_yield"),
    leastCash: certain("lab.min_cash"),
    targetCash: certain("lab.target_cash"),
    taxLosses: certain("lab.tax_losses"),
    pool: certain("lab.pool"),
    opexFixed: certain("lab.opex.fixed"),
    opexRatio: certain("lab.opex.ratio"),
    opexHalfLife: certain("lab.opex.half_life"),
    backerTax: certain("tax.backer"),
    labTax: certain("tax.lab"),
    lossLimit: certain("tax.loss_limit"),
    gainsTax: certain("tax.capital_gains"),
    fraction: certain("clauses.equity.fraction"),
    exitDiscount: certain("clauses.equity.discount"),
    participation: certain("clauses.equity.participation"),
    paid: certain("clauses.revenue-share.paid"),
    premium: certain("clauses.hosting.premium"),
  };
}

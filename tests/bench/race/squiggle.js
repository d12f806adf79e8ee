// The deal of the race in the Squiggle language: every number is a set of samples, and every operation goes through all of
// them, which spares the interpreter a call for each sample.
import { run } from "@quri/squiggle-lang";
import { DRAWN, quantity, readTerms } from "./terms.js";

/** @import { Json, Quantity } from "./terms.js" */
/** @import { Answer, Question } from "./processes.js" */

const P90 = 1.2815515655446004;

/**
 * How a quantity is written.
 * @param {Quantity} quantity
 * @param {boolean} spread
 */
function written({ value, dist, low, high }, spread) {
  if (!spread || dist === undefined) return `SampleSet.fromNumber(${value})`;
  const middle = (/** @type {number} */ a, /** @type {number} */ b) => `${(a + b) / 2}, ${(b - a) / (2 * P90)}`;
  const symbolic = {
    uniform: () => `Sym.uniform(${low}, ${high})`,
    triangular: () => `Sym.triangular(${low}, ${value}, ${high})`,
    normal: () => `Sym.normal(${middle(low, high)})`,
    lognormal: () => `Sym.lognormal(${middle(Math.log(low), Math.log(high))})`,
  };
  return `SampleSet.fromDist(${symbolic[dist]()})`;
}

/**
 * A line's level or that of training at `q.m` (Model 1.7), from names of its own.
 * @param {string} name
 */
const level = (name) => `${name}_rate * exp(${name}_late * q.m + ${name}_swing * (1 - exp(${name}_decay * (-1 * q.m)))) * 0.25`;

/**
 * The program: both sides' NPV, of each its mean and its standard deviation.
 * @param {Json} deal
 * @param {boolean} spread or as in the base case
 */
export function program(deal, spread) {
  const t = readTerms(deal);
  const h = 0.25;
  const { LN2 } = Math;
  const name = (/** @type {string} */ path) => path.replaceAll(/[.-]/g, "_");
  const drawn = DRAWN.map((path) => `${name(path)} = ${written(quantity(deal, path), spread)}`);
  const quarters = t.middles.map((m, k) => {
    const numbers = {
      m,
      start: k * h,
      capital: t.capital[k],
      fade: 2 ** (-m / t.inferenceHalfLife),
      opexFade: 2 ** (-m / t.opexHalfLife),
      operating: t.operating[k],
      equity: t.equity[k],
      holders: t.holders[k],
    };
    const entries = Object.entries(numbers).map(([key, value]) => `${key}: ${value}`);
    return `{ ${entries.join(", ")} }`;
  });
  const line = (/** @type {"app" | "api"} */ id) => `
${id}_rate = demand_lines_${id}_run_rate
${id}_late = log(1 + demand_lines_${id}_terminal_growth)
${id}_decay = ${LN2} / demand_lines_${id}_half_life
${id}_swing = (log(1 + demand_lines_${id}_growth) - ${id}_late) / ${id}_decay
${id}_inference(fade) = demand_lines_${id}_terminal_inference * (1 - fade) + ${t[id].inference} * fade`;
  const none = "SampleSet.fromNumber(0)";
  const spared = (/** @type {number} */ part) => `SampleSet.max(${part} * profit, 0)`;
  return `
${drawn.join("\n")}
agi = agi_year + agi_panel_delay - ${t.first}
${line("app")}
${line("api")}
training_rate = compute_training_run_rate
training_late = ${Math.log1p(t.trainingTerminalGrowth)}
training_decay = ${LN2 / t.trainingHalfLife}
training_swing = (log(1 + compute_training_growth) - training_late) / training_decay
multiple = ${t.valuation - t.cash} / (app_rate + api_rate)
decay = ${LN2} / lab_multiple_half_life
share = clauses_hosting_share
first = {
  cash: SampleSet.fromNumber(${t.cash}), losses: SampleSet.fromNumber(${t.taxLosses}), owed: clauses_revenue_share_cap - ${t.paid},
  stake: SampleSet.fromNumber(${t.fraction}), others: SampleSet.fromNumber(${1 - t.fraction}), worth: ${none},
  backer: SampleSet.fromNumber(${t.capitalNpv}), lab: ${none}, basis: SampleSet.fromNumber(${t.capital.reduce((a, b) => a + b, 0)})
}
step(s, q) = {
  app = ${level("app")}
  api = ${level("api")}
  training = ${level("training")}
  revenue = app + api
  need = app * app_inference(q.fade) + api * api_inference(q.fade) + training
  served = share * need
  bill = ${1 + t.premium} * served + ${1 + t.elsewherePremium} * (need - served)
  before = SampleSet.min(SampleSet.max((agi - q.start) / ${h}, 0), 1)
  shared = SampleSet.min(clauses_revenue_share_rate * before * revenue, SampleSet.max(s.owed, 0))
  interest = s.cash * ${(1 + t.cashYield) ** h - 1}
  ratio = lab_opex_terminal_ratio * (1 - q.opexFade) + ${t.opexRatio} * q.opexFade
  profit = revenue - bill - ${t.opexFixed * h} - ratio * revenue - shared + interest
  gain = SampleSet.max(profit, 0)
  sheltered = SampleSet.min(s.losses, ${spared(t.lossLimit)})
  losses = s.losses + gain - profit - sheltered
  tax = ${t.labTax} * (gain - sheltered)
  phi = exp(decay * (-1 * q.m))
  later = lab_terminal_pe * ${1 - t.labTax} * SampleSet.max(profit - interest, 0)
  enterprise = (phi * multiple * revenue + (1 - phi) * later) / ${h}
  cash = s.cash + profit - tax + q.capital
  // The deal raises up to the least that the lab is to have, so no step is needed.
  raised = SampleSet.max(${t.targetCash} - cash, 0)
  equity = SampleSet.max(enterprise + cash, 0)
  part = raised / (equity + raised)
  stake = s.stake * ${(1 - t.pool) ** h}
  bought = ${t.participation} * stake
  held = stake * (1 - part) + bought * part
  others = s.others * ${(1 - t.pool) ** h} * (1 - part)
  full = cash + raised
  worth = SampleSet.max(enterprise + full, 0)
  free = SampleSet.min(SampleSet.max(full - ${t.targetCash}, 0), SampleSet.max(profit - tax, 0))
  out = SampleSet.min(free, worth)
  fromEquity = (held * out * ${1 - t.gainsTax} - bought * raised) * q.equity
  fromBusiness = (shared + (compute_margin + ${t.premium}) * served) * (${1 - t.backerTax} * q.operating)
  {
    cash: full - out, losses: losses, owed: s.owed - shared, stake: held, others: others, worth: worth - out,
    backer: s.backer + fromEquity + fromBusiness, lab: s.lab + others * out * q.holders, basis: s.basis + bought * raised
  }
}
end = List.reduce([${quarters.join(",\n")}], first, step)
sale = end.stake * end.worth * ${1 - t.exitDiscount}
backer = end.backer + (sale - ${t.gainsTax} * SampleSet.max(sale - end.basis, 0)) * ${t.equity.at(-1)}
lab = end.lab + end.others * end.worth * ${t.holders.at(-1)}
[mean(backer), stdev(backer), mean(lab), stdev(lab)]
`;
}

/**
 * The language as a contender.
 * @param {Json} deal
 * @returns {(question: Question) => Promise<Answer>}
 */
export const squiggle =
  (deal) =>
  async ({ paths, seed }) => {
    const code = program(deal, seed !== null);
    const start = performance.now();
    const { result } = await run(code, { environment: { sampleCount: paths, xyPointLength: 1_000, seed: `${seed}` } });
    const milliseconds = performance.now() - start;
    if (!result.ok) throw new Error(result.value.toString());
    const found = result.value.result;
    if (found.tag !== "Array") throw new Error("The program gives a list.");
    const [backerMean = NaN, backerSd = NaN, labMean = NaN, labSd = NaN] = found.value
      .getValues()
      .map((each) => (each.tag === "Number" ? each.value : NaN));
    const [backer, lab] = [{ mean: backerMean, sd: backerSd }, { mean: labMean, sd: labSd }];
    return { milliseconds, metrics: { "backer.npv": backer, "lab.npv": lab } };
  };

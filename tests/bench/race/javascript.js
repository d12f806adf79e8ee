// The deal of the race in plain JavaScript: typed arrays, one path after the other, numbers in local variables. It follows
// the specification of the model by itself and shares nothing with the engine.
import { DRAWN, quantity, readTerms } from "./terms.js";

/** @import { Json, Quantity } from "./terms.js" */

/** Paths whose quantities are drawn together. */
const BLOCK = 512;
/** From the mean of a normal to its P90, in standard deviations. */
const P90 = 1.2815515655446004;

/**
 * Small Fast Counting generator, 32 bits: uniform and never 0 or 1.
 * @param {number} seed
 */
function generator(seed) {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return ((sum >>> 0) + 0.5) / 4_294_967_296;
  };
  for (let i = 0; i < 15; i += 1) next();
  return next;
}

/**
 * Wichura's AS 241, to 1e-16.
 * @param {number} p
 */
function normalQuantile(p) {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q *
        (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r +
          13731.693765509461125) *
          r +
          1971.5909503065514427) *
          r +
          133.14166789178437745) *
          r +
          3.387132872796366608)) /
      (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) * r +
        5394.1960214247511077) *
        r +
        687.1870074920579083) *
        r +
        42.313330701600911252) *
        r +
        1)
    );
  }
  let r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  let x;
  if (r <= 5) {
    r -= 1.6;
    x =
      (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r + 1.27045825245236838258) *
        r +
        3.64784832476320460504) *
        r +
        5.7694972214606914055) *
        r +
        4.6303378461565452959) *
        r +
        1.42343711074968357734) /
      (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r +
        0.14810397642748007459) *
        r +
        0.68976733498510000455) *
        r +
        1.6763848301838038494) *
        r +
        2.05319162663775882187) *
        r +
        1);
  } else {
    r -= 5;
    x =
      (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r +
        0.026532189526576123093) *
        r +
        0.29656057182850489123) *
        r +
        1.7848265399172913358) *
        r +
        5.4637849111641143699) *
        r +
        6.6579046435011037772) /
      (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
        7.868691311456132591e-4) *
        r +
        0.0148753612908506148525) *
        r +
        0.13692988092273580531) *
        r +
        0.59983220655588793769) *
        r +
        1);
  }
  return q < 0 ? -x : x;
}

/**
 * Fills a column with draws of a quantity.
 * @param {Quantity} quantity
 * @param {() => number} uniform
 * @param {Float64Array} column
 * @param {number} count
 */
function draw({ value, dist, low, high }, uniform, column, count) {
  switch (dist) {
    case undefined:
      column.fill(value);
      break;
    case "uniform":
      for (let i = 0; i < count; i += 1) column[i] = low + (high - low) * uniform();
      break;
    case "triangular": {
      const [width, below, above] = [high - low, value - low, high - value];
      for (let i = 0; i < count; i += 1) {
        const u = uniform();
        column[i] = u * width < below ? low + Math.sqrt(u * width * below) : high - Math.sqrt((1 - u) * width * above);
      }
      break;
    }
    case "normal": {
      const [mean, sd] = [(low + high) / 2, (high - low) / (2 * P90)];
      for (let i = 0; i < count; i += 1) column[i] = mean + sd * normalQuantile(uniform());
      break;
    }
    case "lognormal": {
      const [mean, sd] = [(Math.log(low) + Math.log(high)) / 2, (Math.log(high) - Math.log(low)) / (2 * P90)];
      for (let i = 0; i < count; i += 1) column[i] = Math.exp(mean + sd * normalQuantile(uniform()));
      break;
    }
    default:
      throw new Error(`${dist} is not drawn here.`);
  }
}

/**
 * Both sides' NPV, path by path.
 * @param {Json} deal
 * @param {number} paths
 * @param {number | null} seed none for the base case, in which nothing is spread
 */
export function npvs(deal, paths, seed) {
  const terms = readTerms(deal);
  const quantities = DRAWN.map((path) => {
    const found = quantity(deal, path);
    if (seed !== null) return found;
    return { value: found.value, low: found.low, high: found.high };
  });
  const uniform = generator(seed ?? 0);
  const columns = quantities.map(() => new Float64Array(BLOCK));
  const [backer, lab] = [new Float64Array(paths), new Float64Array(paths)];
  for (let start = 0; start < paths; start += BLOCK) {
    const count = Math.min(BLOCK, paths - start);
    columns.forEach((column, i) => draw(/** @type {Quantity} */ (quantities[i]), uniform, column, count));
    value(terms, columns, count, backer.subarray(start), lab.subarray(start));
  }
  return { backer, lab };
}

/**
 * @param {ReturnType<typeof readTerms>} terms
 * @param {Float64Array[]} columns in the order of `DRAWN`
 * @param {number} count
 * @param {Float64Array} backer
 * @param {Float64Array} lab
 */
function value(terms, columns, count, backer, lab) {
  const h = 0.25;
  const quarters = terms.middles.length;
  const middles = Float64Array.from(terms.middles);
  const capital = Float64Array.from(terms.capital);
  const [operating, equity, holders] = [terms.operating, terms.equity, terms.holders].map((rates) => Float64Array.from(rates));
  // What depends on time alone and is certain.
  const fading = middles.map((m) => 2 ** (-m / terms.inferenceHalfLife));
  const opexFading = middles.map((m) => 2 ** (-m / terms.opexHalfLife));
  const trainingFading = middles.map((m) => 1 - Math.exp((-Math.LN2 / terms.trainingHalfLife) * m));
  const trainingDecay = Math.LN2 / terms.trainingHalfLife;
  const lateTraining = Math.log1p(terms.trainingTerminalGrowth);
  const { first, valuation, leastCash, targetCash, labTax, lossLimit, premium, elsewherePremium, participation } = terms;
  const interestRate = (1 + terms.cashYield) ** h - 1;
  const kept = (1 - terms.pool) ** h;
  const appInference = terms.app.inference;
  const apiInference = terms.api.inference;
  const afterTax = 1 - terms.backerTax;
  const tranches = terms.capital.reduce((sum, amount) => sum + amount, 0);
  if (operating === undefined || equity === undefined || holders === undefined) throw new Error("A rate is missing.");

  for (let i = 0; i < count; i += 1) {
    const drawn = (/** @type {number} */ which) => /** @type {number} */ (/** @type {Float64Array} */ (columns[which])[i]);
    const agi = drawn(0) + drawn(1) - first;
    const [appRate, appInferenceLate] = [drawn(2), drawn(6)];
    const appLate = Math.log1p(drawn(4));
    const appDecay = Math.LN2 / drawn(5);
    const appSwing = (Math.log1p(drawn(3)) - appLate) / appDecay;
    const [apiRate, apiInferenceLate] = [drawn(7), drawn(11)];
    const apiLate = Math.log1p(drawn(9));
    const apiDecay = Math.LN2 / drawn(10);
    const apiSwing = (Math.log1p(drawn(8)) - apiLate) / apiDecay;
    const margin = drawn(12);
    const trainingRate = drawn(13);
    const trainingSwing = (Math.log1p(drawn(14)) - lateTraining) / trainingDecay;
    const earnings = drawn(15);
    const multipleDecay = Math.LN2 / drawn(16);
    const opexLate = drawn(17);
    const [rate, cap, share] = [drawn(18), drawn(19), drawn(20)];
    // The multiple of revenue that the valuation implies (7.3): the first quarter's revenue is its demand.
    const multiple = (valuation - terms.cash) / (appRate + apiRate);

    let [cash, losses, owed] = [terms.cash, terms.taxLosses, cap - terms.paid];
    let [stake, others, worth] = [terms.fraction, 1 - terms.fraction, 0];
    let [backerNpv, labNpv, basis] = [terms.capitalNpv, 0, tranches];
    for (let k = 0; k < quarters; k += 1) {
      const m = /** @type {number} */ (middles[k]);
      const fade = /** @type {number} */ (fading[k]);
      // Demand, need and compute (4.4, 5.1, 5.2, 5.5, 5.8).
      const app = appRate * Math.exp(appLate * m + appSwing * (1 - Math.exp(-appDecay * m))) * h;
      const api = apiRate * Math.exp(apiLate * m + apiSwing * (1 - Math.exp(-apiDecay * m))) * h;
      const revenue = app + api;
      const training = trainingRate * Math.exp(lateTraining * m + trainingSwing * /** @type {number} */ (trainingFading[k])) * h;
      const appNeed = app * (appInferenceLate + (appInference - appInferenceLate) * fade);
      const apiNeed = api * (apiInferenceLate + (apiInference - apiInferenceLate) * fade);
      const need = appNeed + apiNeed + training;
      const served = share * need;
      const bill = (1 + premium) * served + (1 + elsewherePremium) * (need - served);
      // The share of revenue until AGI (6.0, 6.3).
      const before = Math.min(1, Math.max(0, (agi - k * h) / h));
      const shared = Math.min(rate * before * revenue, Math.max(0, owed));
      owed -= shared;
      // Profit and tax (7.1, 7.2).
      const ratio = opexLate + (terms.opexRatio - opexLate) * /** @type {number} */ (opexFading[k]);
      const interest = cash * interestRate;
      const profit = revenue - bill - terms.opexFixed * h - ratio * revenue - shared + interest;
      let tax = 0;
      if (profit > 0) {
        const sheltered = Math.min(losses, lossLimit * profit);
        losses -= sheltered;
        tax = labTax * (profit - sheltered);
      } else {
        losses -= profit;
      }
      // Enterprise value (7.3).
      const phi = Math.exp(-multipleDecay * m);
      const enterprise = (phi * multiple * revenue + (1 - phi) * earnings * Math.max(0, (profit - interest) * (1 - labTax))) / h;
      // Money raised (7.4, 7.5).
      cash += profit - tax + /** @type {number} */ (capital[k]);
      stake *= kept;
      others *= kept;
      const now = Math.max(0, enterprise + cash);
      worth = now;
      if (cash < leastCash) {
        const raised = targetCash - cash;
        const part = raised / (now + raised);
        const bought = participation * stake;
        stake = stake * (1 - part) + bought * part;
        others *= 1 - part;
        backerNpv -= bought * raised * /** @type {number} */ (equity[k]);
        basis += bought * raised;
        worth = Math.max(0, enterprise + cash + raised);
        cash += raised;
      }
      // Money paid out (7.6), and what both sides make of it (8.1 to 8.4).
      const out = Math.min(Math.max(0, cash - targetCash), Math.max(0, profit - tax), worth);
      cash -= out;
      worth -= out;
      backerNpv += stake * out * (1 - terms.gainsTax) * /** @type {number} */ (equity[k]);
      backerNpv += (shared + (margin + premium) * served) * afterTax * /** @type {number} */ (operating[k]);
      labNpv += others * out * /** @type {number} */ (holders[k]);
    }
    const sale = stake * worth * (1 - terms.exitDiscount);
    const last = quarters - 1;
    backer[i] = backerNpv + (sale - terms.gainsTax * Math.max(0, sale - basis)) * /** @type {number} */ (equity[last]);
    lab[i] = labNpv + others * worth * /** @type {number} */ (holders[last]);
  }
}

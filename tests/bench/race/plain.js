// Plain JavaScript as a contender.
import { npvs } from "./javascript.js";

/** @import { Json } from "./terms.js" */
/** @import { Answer, Question } from "./processes.js" */

/**
 * @param {Json} deal
 * @returns {(question: Question) => Answer}
 */
export const plain =
  (deal) =>
  ({ paths, seed }) => {
    const start = performance.now();
    const { backer, lab } = npvs(deal, paths, seed);
    const metrics = { "backer.npv": spread(backer), "lab.npv": spread(lab) };
    return { milliseconds: performance.now() - start, metrics };
  };

/** @param {Float64Array} values */
function spread(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / values.length) };
}

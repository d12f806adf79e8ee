// The engine as a contender, in a page's worker and in Node: one simulation from its settings to its statistics.

/** @import { Deal as Deals, Tree } from "clauseworth-simulation" */
/** @import { Answer, Question } from "./processes.js" */

/**
 * @param {typeof Deals} Deal
 * @param {Tree} tree
 * @param {Record<string, Tree>} library
 * @returns {(question: Question) => Answer}
 */
export function engine(Deal, tree, library) {
  const deal = Deal.open(tree, library);
  return ({ paths, seed, sampler = "sobol", bands = false }) => {
    const start = performance.now();
    if (seed === null) {
      const { metrics } = deal.run({});
      const mean = (/** @type {string} */ id) => ({ mean: metrics[id] ?? NaN });
      const npvs = { "backer.npv": mean("backer.npv"), "lab.npv": mean("lab.npv") };
      return { milliseconds: performance.now() - start, metrics: npvs };
    }
    const simulation = deal.simulation({}, { paths, seed, sampler, ...(!bands && { series: [] }) });
    for (let number = 0; number < simulation.batches(); number += 1) {
      const batch = simulation.batch(number);
      simulation.add(batch);
    }
    const { metrics } = simulation.result();
    const milliseconds = performance.now() - start;
    simulation.free();
    const spread = (/** @type {string} */ id) => ({ mean: metrics[id]?.mean ?? NaN, sd: metrics[id]?.sd ?? NaN });
    return { milliseconds, metrics: { "backer.npv": spread("backer.npv"), "lab.npv": spread("lab.npv") } };
  };
}

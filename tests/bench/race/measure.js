// What is measured of figures rather than of time: that all contenders come to the same, and how far samplers are off.

/** @import { Answer, Question } from "./processes.js" */

const METRICS = /** @type {const} */ (["backer.npv", "lab.npv"]);

/**
 * Stops where a contender does not come to the first one's figures: those of the base case but for rounding, and means within
 * four standard errors.
 * @param {{ name: string, ask: (question: Question) => Promise<Answer> | Answer }[]} contenders
 */
export async function agree(contenders) {
  const [first, ...others] = contenders;
  if (first === undefined) return;
  const paths = 16_384;
  const base = await first.ask({ paths: 16, seed: null });
  const spread = await first.ask({ paths, seed: 1 });
  for (const { name, ask } of others) {
    const itsBase = await ask({ paths: 16, seed: null });
    const itsSpread = await ask({ paths, seed: 1 });
    for (const id of METRICS) {
      const [a, b] = [base.metrics[id].mean, itsBase.metrics[id].mean];
      const same = Math.abs(a - b) <= 1e-9 * Math.abs(a);
      if (!same) throw new Error(`${name}: ${id} of the base case is ${b}, and should be ${a}.`);
      const [expected, found] = [spread.metrics[id], itsSpread.metrics[id]];
      // As of pseudo-random numbers for either, which is more than a Sobol sequence needs.
      const error = Math.hypot(expected.sd ?? NaN, found.sd ?? NaN) / Math.sqrt(paths);
      const off = Math.abs(found.mean - expected.mean);
      const near = off <= 4 * error;
      if (!near) throw new Error(`${name}: the mean of ${id} is ${found.mean}, and should be ${expected.mean}.`);
    }
  }
  console.log(`All ${contenders.length} contenders agree: NPVs of the base case to 1e-9, means to four standard errors.`);
}

/** Paths of a run whose estimates are compared. */
const SIZES = [1_024, 4_096, 16_384];
const SEEDS = 16;
/** What is taken for the truth: runs of other seeds, together. */
const TRUTH = { paths: 131_072, seeds: 4, from: 1_001 };

/** What is estimated. */
const ESTIMATES = /** @type {const} */ (["mean", "p5", "p50"]);

/**
 * Root mean square errors of both samplers, and how many pseudo-random points the largest Sobol run is worth.
 * @param {{ ask: (question: Question) => Promise<Answer> }} native
 * @param {string} deal
 */
export async function compareSamplers(native, deal) {
  /** @type {Map<string, { label: string, sampler: string, paths: number, error: number }>} */
  const errors = new Map();
  const truths = [];
  for (let i = 0; i < TRUTH.seeds; i += 1) {
    truths.push(await native.ask({ deal, paths: TRUTH.paths, seed: TRUTH.from + i, sampler: "sobol" }));
  }
  const samplers = /** @type {const} */ (["random", "sobol"]);
  for (const sampler of samplers) {
    for (const paths of SIZES) {
      /** @type {Answer[]} */
      const runs = [];
      for (let seed = 1; seed <= SEEDS; seed += 1) runs.push(await native.ask({ deal, paths, seed, sampler }));
      for (const id of METRICS) {
        for (const estimate of ESTIMATES) {
          const value = (/** @type {Answer} */ run) => run.metrics[id][estimate] ?? NaN;
          const truth = truths.reduce((sum, run) => sum + value(run), 0) / truths.length;
          const square = runs.reduce((sum, run) => sum + (value(run) - truth) ** 2, 0) / runs.length;
          const label = `${estimate} of ${id}`;
          errors.set(`${label} ${sampler} ${paths}`, { label, sampler, paths, error: Math.sqrt(square) });
        }
      }
    }
  }
  const error = (/** @type {string} */ label, /** @type {string} */ sampler, /** @type {number} */ paths) =>
    errors.get(`${label} ${sampler} ${paths}`)?.error ?? NaN;
  const most = SIZES.at(-1) ?? NaN;
  console.log(`\n${deal}: root mean square error over ${SEEDS} seeds, bn`);
  const rows = METRICS.flatMap((id) =>
    ESTIMATES.map((estimate) => {
      const label = `${estimate} of ${id}`;
      // That of pseudo-random points falls with the root of their number: what one point alone would have, from all sizes.
      const one = Math.sqrt(SIZES.reduce((sum, paths) => sum + paths * error(label, "random", paths) ** 2, 0) / SIZES.length);
      const worth = Math.round((one / error(label, "sobol", most)) ** 2);
      const cells = SIZES.flatMap((paths) =>
        samplers.map((sampler) => [`${sampler} ${paths}`, error(label, sampler, paths).toPrecision(3)]),
      );
      return { label, worth, row: { ...Object.fromEntries(cells), [`${most} Sobol are worth`]: worth } };
    }),
  );
  console.table(Object.fromEntries(rows.map(({ label, row }) => [label, row])));
  const worth = rows.map(({ label, worth }) => ({ label, worth }));
  return { deal, seeds: SEEDS, truth: TRUTH, errors: [...errors.values()], worth };
}

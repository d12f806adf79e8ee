// What every consumer asks of the package, however it came by it. What comes back is plain, so that it can be printed.

/** @import { Engine, EngineError } from "clauseworth" */

export const DEAL = "microsoft-openai-2025";
export const PATHS = 4096;
export const METRIC = "backer.npv";
export const RATE = "clauses.revenue-share.rate";
export const TARGET = 300;

const OWN = `
format = 1
id = "without-agi"
base = "${DEAL}"
title = "No AGI"

[agi]
year = "never"
`;

/** @param {typeof import("clauseworth")} clauseworth */
export async function ask({ open, EngineError }) {
  const engine = await open({ threads: 2 });
  const deals = await engine.deals();
  const { metrics } = await engine.run({ deal: DEAL });
  const { roots } = await engine.solve({ deal: DEAL }, { vary: RATE, metric: METRIC, target: TARGET });
  const [compared] = (await engine.compare([{ deal: "microsoft-openai-2023" }, { deal: DEAL }])).differences;

  /** @type {[number, number][]} */
  const steps = [];
  const drawn = await engine.simulate({ deal: DEAL }, { paths: PATHS, series: ["lab.revenue"], progress: (done, of) => steps.push([done, of]) });
  const alone = await open({ threads: 0 });
  const drawnAlone = await alone.simulate({ deal: DEAL }, { paths: PATHS, series: ["lab.revenue"] });

  const { id } = await engine.add(OWN);
  const own = await engine.run({ deal: id });
  return {
    version: engine.version,
    deals: deals.map((deal) => deal.id),
    npv: [metrics["backer.npv"], metrics["lab.npv"]],
    roots,
    difference: compared?.metrics[METRIC],
    mean: drawn.metrics[METRIC]?.mean,
    percentile: drawn.metrics[METRIC]?.p90,
    band: drawn.bands["lab.revenue"]?.p10.at(-1),
    steps: steps.at(-1),
    same: JSON.stringify(drawnAlone) === JSON.stringify(drawn),
    own: own.metrics[METRIC],
    ownDrawn: (await engine.simulate({ deal: id }, { paths: 1024 })).paths,
    path: await refusal(EngineError, () => engine.run({ deal: DEAL, set: { "clauses.revenue-share.rat": 0.1 } })),
    file: await refusal(EngineError, () => engine.check("format = 1\nid = \"x\"\n[agi]\nyear = 1\n")),
    aborted: await aborted(engine),
  };
}

/**
 * @param {typeof EngineError} kind
 * @param {() => Promise<unknown>} work
 */
async function refusal(kind, work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof kind)) return { name: String(error), path: null, message: "", line: null };
    const fault = error.errors.find(({ path }) => path === "agi.year") ?? error.errors[0];
    return { name: error.name, path: error.path, message: error.message, line: fault?.line ?? null };
  }
  return null;
}

/** What becomes of a long draw that is stopped when its first batch is there. @param {Engine} engine */
async function aborted(engine) {
  const stopping = new AbortController();
  try {
    await engine.simulate({ deal: DEAL }, { paths: 1 << 18, signal: stopping.signal, progress: () => stopping.abort() });
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
  return "it ended";
}

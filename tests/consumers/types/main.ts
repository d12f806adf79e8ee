// Never run: the compiler says whether the types are those that a program needs, and refuses what is wrong.
import { EngineError, open, type DealRequest, type Engine, type Statistics } from "clauseworth";
import "clauseworth/elements";
import type { ClauseworthChange } from "clauseworth/elements";

const request: DealRequest = {
  deal: "microsoft-openai-2025",
  scenario: "agi-2028",
  set: { "clauses.revenue-share.rate": 0.1, "agi.year": "never" },
  without: ["hosting"],
  spread: { "agi.layer": { kind: "uniform", value: 0.5, low: 0.1, high: 0.9 } },
};

export async function figures(engine: Engine): Promise<(number | null | undefined)[]> {
  const { metrics, series } = await engine.run(request);
  const quarters: Float64Array | null | undefined = series["lab.revenue"];
  const prices = await engine.clauses(request);
  const removal: number | undefined = prices.backer["revenue-share"]?.removal;
  const { status, roots } = await engine.solve(request, { vary: "clauses.revenue-share.rate", metric: "backer.npv", target: 300 });
  const known: "one" | "none" | "several" = status;
  const { deals } = await engine.compare([request, { deal: "microsoft-openai-2023" }], { world: null });
  return [metrics["backer.npv"], quarters?.[0], removal, roots[0], known.length, deals.length];
}

export async function draws(signal: AbortSignal): Promise<Statistics | undefined> {
  const engine = await open({ threads: 2 });
  const { metrics } = await engine.simulate(request, { paths: 4096, seed: 2, sampler: "random", signal, progress: (done, of) => done / of });
  const { inputs } = await engine.importance(request, { metric: "backer.npv", independent: true }, { signal });
  const { differences } = await engine.spread([request, request], { paths: 1024 });
  const { roots } = await engine.chance(request, { vary: "clauses.revenue-share.rate", metric: "backer.npv", above: 250, chance: 0.8 });
  console.log(inputs[0]?.total, differences[0]?.metrics["lab.npv"]?.above_zero, roots);
  engine.close();
  return metrics["backer.npv"];
}

export function fault(error: unknown): string | null {
  return error instanceof EngineError ? (error.errors[0]?.expected ?? error.path) : null;
}

export async function refused(engine: Engine): Promise<void> {
  // @ts-expect-error: a request names its deal
  await engine.run({ set: {} });
  // @ts-expect-error: there is no such sampler
  await engine.simulate(request, { sampler: "halton" });
  // @ts-expect-error: a question backwards has a target
  await engine.solve(request, { vary: "agi.year", metric: "backer.npv" });
}

export async function elements(): Promise<number | null | undefined> {
  const model = document.createElement("clause-model");
  model.deal = "microsoft-openai-2025";
  model.addEventListener("change", (event) => {
    const { paths, byReader } = (event as CustomEvent<ClauseworthChange>).detail;
    console.log(paths.join(), byReader);
  });
  await model.ready;
  await model.set("agi.year", 2029);
  // @ts-expect-error: what a deal comes to is read and not set
  model.metrics = {};
  return model.metrics["backer.npv"];
}

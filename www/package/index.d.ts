/**
 * What each clause of an AI partnership is worth, to each side.
 *
 * ```js
 * import { open } from "clauseworth";
 *
 * const engine = await open();
 * const { metrics } = await engine.run({ deal: "microsoft-openai-2025", set: { "clauses.revenue-share.rate": 0.1 } });
 * console.log(metrics["backer.npv"], metrics["lab.npv"]); // bn of US dollars
 * ```
 *
 * Money is in bn of US dollars, rates are parts of 1, dates decimal years (2030.5 is the middle of 2030) or ISO texts, `null` in a
 * date's place is never. Flows are plus where the backer receives. The same version gives the same bits in every browser, in Node and on
 * the command line.
 *
 * Everything here may reject with an {@link EngineError}.
 *
 * @module
 */
import type {
  AgiCurve,
  Answer,
  ClausePrices,
  ComparisonResult,
  DealInfo,
  DealRequest,
  DealSummary,
  EngineInfo,
  Fault,
  GridQuestion,
  MetricGrid,
  Payments,
  Question,
  RunResult,
  TornadoBar,
  Tree,
} from "../engine/types.d.ts";
import type { ChanceAnswer, ChanceQuestion, DifferencesResult, ImportanceQuestion, ImportanceResult, SimulationResult } from "clauseworth-simulation";

export type {
  AgiCurve,
  Answer,
  ClausePrices,
  ComparisonResult,
  DealFacts,
  DealInfo,
  DealRequest,
  DealSummary,
  EngineInfo,
  Fault,
  GridAxis,
  GridQuestion,
  MetricGrid,
  Party,
  Payments,
  Price,
  Quantity,
  Question,
  RunRequest,
  RunResult,
  Spread,
  Stream,
  TornadoBar,
  Tree,
  TreeValue,
  Word,
} from "../engine/types.d.ts";
export type { Setting, Status, YearFigures } from "clauseworth-wasm";
export type { GridScale, Shares } from "clauseworth-analysis";
export type {
  ChanceAnswer,
  ChanceQuestion,
  DifferenceStatistics,
  DifferencesResult,
  ImportanceQuestion,
  ImportanceResult,
  SimulationResult,
  SobolIndex,
  Statistics,
} from "clauseworth-simulation";

export interface OpenOptions {
  /**
   * How many threads draw, at most: as many as there are cores, less one, and no more than eight, unless given. With 0, or where there
   * can be no workers, the thread that opened the engine draws, in slices. What is drawn is the same.
   */
  threads?: number;
}

/**
 * Loads the engine and the deal library.
 *
 * Rejects where a file of the package cannot be loaded.
 */
export function open(options?: OpenOptions): Promise<Engine>;

/** What is wrong with a deal, a request or a question, or which part of the engine did not arrive. */
export class EngineError extends Error {
  /** The dotted path of the first fault, or null where the error is not about a quantity or clause. */
  readonly path: string | null;
  /** Every fault that was found, with what is allowed and what was found; of a text that is no TOML or JSON, the path is empty. */
  readonly errors: readonly Fault[];
  /** Whether a part of the engine did not arrive, so that asking again may help. */
  readonly missing: boolean;
}

export interface FileOptions {
  /** What the text is; found out where that is not said. */
  format?: "toml" | "json";
}

export interface CompareOptions {
  /**
   * In the world of which deal all are compared, by its place: that of the first unless given. With null each stays in its own.
   */
  world?: number | null;
}

export interface DrawOptions {
  /** How many paths or points are drawn. */
  paths?: number;
  /** Another seed draws other paths; 1 unless given. */
  seed?: number;
  /** Stops it, and rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Told how far it is, in batches. Not called by `chance`, which is not divided. */
  progress?: (done: number, of: number) => void;
}

export interface SamplerOptions {
  /** Scrambled Sobol points unless given. */
  sampler?: "sobol" | "random";
}

export interface SimulateOptions extends DrawOptions, SamplerOptions {
  /** Series whose bands are wanted; none unless given, since they take memory. */
  series?: readonly string[];
}

export interface SpreadOptions extends DrawOptions, SamplerOptions, CompareOptions {}

/**
 * The calculations. All but the draws take place in the thread that opened the engine and take at most some tens of milliseconds; draws
 * take place in workers, one after the other.
 *
 * Wherever a request is asked for, `deal` is the id of a deal of the library or of one that was added; `scenario`, `set`, `without` and
 * `spread` say what is different. Rejects with an {@link EngineError} where one of them names what there is not, or a value is not
 * allowed, with the path at fault.
 */
export interface Engine {
  /** The version of the model: two engines of one version give the same bits. */
  readonly version: string;

  /** The deals of the library, and those that were added. */
  deals(): Promise<DealSummary[]>;

  /** What a deal is: its quantities with limits and sources, clauses, scenarios. */
  describe(deal: string): Promise<DealInfo>;

  /** The file of a deal, and those that it inherits from, nearest first. */
  files(deal: string): Promise<Tree[]>;

  /**
   * What a deal file is, as an object or as text in TOML or JSON.
   *
   * Rejects with all its faults where it has any, with their lines where it is text.
   */
  check(file: string | Tree, options?: FileOptions): Promise<EngineInfo>;

  /**
   * Adds a deal to the library of this engine, or puts it in the place of the one that has its id there. It may name another deal of the
   * library as its `base`.
   *
   * Rejects as `check` does.
   */
  add(file: string | Tree, options?: FileOptions & { id?: string }): Promise<DealInfo>;

  /** Takes a deal out of the library of this engine. */
  remove(deal: string): Promise<void>;

  /** Both sides' figures: metrics by name, series by quarter and by year. */
  run(request: DealRequest): Promise<RunResult>;

  /** What each clause is worth to each side, bn: removal and Shapley values. */
  clauses(request: DealRequest): Promise<ClausePrices>;

  /** Both sides' NPV, and each clause's, by the date on which AGI counts for the contract. */
  agiCurve(request: DealRequest): Promise<AgiCurve>;

  /** Each uncertain quantity at its ends, and what a metric is there; what moves it most comes first. */
  tornado(request: DealRequest, metric: string): Promise<TornadoBar[]>;

  /** The derivative of a metric by every quantity, by path: the metric's unit for one unit of the quantity; null where there is none. */
  gradient(request: DealRequest, metric: string): Promise<Record<string, number | null>>;

  /** Where a quantity brings a metric to a target, or both sides to fair terms. That no value does it is an answer, not an error. */
  solve(request: DealRequest, question: Question): Promise<Answer>;

  /** Where each uncertain quantity brings an NPV, `backer.npv` or `lab.npv`, to nothing; by path. */
  breakEven(request: DealRequest, metric: string): Promise<Record<string, Answer>>;

  /** Several deals side by side in one world, and each less the one before it. */
  compare(requests: readonly DealRequest[], options?: CompareOptions): Promise<ComparisonResult>;

  /** A metric over two quantities at once. */
  grid(request: DealRequest, question: GridQuestion): Promise<MetricGrid>;

  /** Who pays whom in each calendar year, bn, and who owns the lab. */
  payments(request: DealRequest): Promise<Payments>;

  /** Statistics of every metric over draws of all that is uncertain, and bands of series; 16,384 paths unless given. */
  simulate(request: DealRequest, options?: SimulateOptions): Promise<SimulationResult>;

  /**
   * Sobol indices: which quantity a metric's spread is due to; 1,024 points unless given, each of which takes a run for every uncertain
   * quantity and two more. A deal with correlated quantities is refused unless the question is `independent`.
   */
  importance(
    request: DealRequest,
    question: Pick<ImportanceQuestion, "metric" | "independent">,
    options?: DrawOptions,
  ): Promise<ImportanceResult>;

  /** Several deals drawn alike in one world, each less the one before it, path by path; 16,384 paths unless given. */
  spread(requests: readonly DealRequest[], options?: SpreadOptions): Promise<DifferencesResult>;

  /** Which value of a quantity gives a metric a chance to be above a threshold; 4,096 paths unless given. */
  chance(request: DealRequest, question: ChanceQuestion, options?: DrawOptions): Promise<ChanceAnswer>;

  /**
   * Stops what is being drawn, which rejects with an `AbortError`, and ends the threads. They are opened again when something is drawn.
   * A program in Node ends without it: a thread that has nothing to do keeps nothing alive.
   */
  close(): void;
}

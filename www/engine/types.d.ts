// The shapes that cross the border between the page and the engine. What the engine says of itself is taken from the package
// that is generated with it, so that the two cannot drift apart.
import type { ClausePrices, DealError, DealInfo as EngineInfo, RunRequest, RunResult, Tree } from "clauseworth-wasm";
import type { AgiCurve, Answer, ComparisonResult, GridQuestion, MetricGrid, Payments, Question, TornadoBar } from "clauseworth-analysis";

export type { ClausePrices, Price, Quantity, RunRequest, RunResult, Tree, TreeValue } from "clauseworth-wasm";
export type { EngineInfo };
export type { AgiCurve, Answer, ComparisonResult, Question, TornadoBar } from "clauseworth-analysis";
export type { GridAxis, GridQuestion, MetricGrid, Party, Payments, Stream } from "clauseworth-analysis";

/** A deal of the library in a list. */
export interface DealSummary {
  id: string;
  title: string;
  /** The lines of business that its clauses may name. */
  lines?: string[];
}

/** What a quantity is most likely, and how it is uncertain (Model 2.1). Which numbers there are depends on the kind. */
export interface Spread {
  kind: "none" | "uniform" | "triangular" | "pert" | "normal" | "lognormal" | "cumulative" | "bernoulli";
  value: number | "never";
  low?: number;
  high?: number;
  shape?: number;
  min?: number;
  max?: number;
  points?: [number, number][];
  p?: number;
}

/** A term of a deal that is no number: one of some words or, where there are no choices, so or not so. */
export interface Word {
  path: string;
  choices: string[] | null;
  value: string | boolean;
}

export interface DealFacts {
  words: Word[];
  /** The distributions of the deal's file by path. */
  spreads: Record<string, Spread>;
}

export type DealInfo = EngineInfo & DealFacts;

/** A run of a deal of the library, with other distributions where the reader has others in mind. */
export type DealRequest = RunRequest & { deal: string; spread?: Record<string, Spread> };

/** One fault of a deal, as the engine reports it. */
export type Fault = DealError["errors"][number];

/** The questions for which a further part of the engine is loaded. */
export interface Analysis {
  /** Both sides' NPV, and each clause's, by the date on which AGI counts for the contract. */
  agiCurve(request: DealRequest): Promise<AgiCurve>;
  /** Each uncertain quantity at its ends, and what a metric is there. */
  tornado(request: DealRequest, metric: string): Promise<TornadoBar[]>;
  /** The derivative of a metric by every quantity. */
  gradient(request: DealRequest, metric: string): Promise<Record<string, number | null>>;
  /** Where a quantity brings a metric to a target, or both sides to fair terms. */
  solve(request: DealRequest, question: Question): Promise<Answer>;
  /** Where each uncertain quantity brings an NPV to nothing. */
  breakEven(request: DealRequest, metric: string): Promise<Record<string, Answer>>;
  /** Several deals, all in the world of one of them, or each in its own. */
  compare(requests: DealRequest[], world: number | null): Promise<ComparisonResult>;
  /** A metric over two quantities at once. */
  grid(request: DealRequest, question: GridQuestion): Promise<MetricGrid>;
  /** Who pays whom in each calendar year, and who owns the lab. */
  payments(request: DealRequest): Promise<Payments>;
}

/** The calculations, wherever they run. */
export interface Engine extends Analysis {
  /** The version of the model. */
  version(): Promise<string>;
  /** What the deals say of their quantities in words, where the library came without; they are to be described again. */
  words(): Promise<void>;
  deals(): Promise<DealSummary[]>;
  describe(deal: string): Promise<DealInfo>;
  /** The file of a deal, and those that it inherits from, nearest first. */
  files(deal: string): Promise<Tree[]>;
  /** What a deal file is; rejects with all its faults where it has any. */
  check(tree: Tree): Promise<EngineInfo>;
  /** Adds a deal to the library, or replaces one; rejects with all its faults where it has any. */
  adopt(id: string, tree: Tree): Promise<void>;
  abandon(id: string): Promise<void>;
  run(request: DealRequest): Promise<RunResult>;
  /** What each clause is worth to each side. */
  clauses(request: DealRequest): Promise<ClausePrices>;
}

export type Method = keyof Engine;

/** What the page sends to the worker. */
export interface Call {
  id: number;
  method: Method;
  arguments: readonly unknown[];
}

/** An error as a plain object: a cloned `Error` would lose what is not `name` and `message`. */
export interface PlainError {
  message: string;
  path: string | null;
  errors: Fault[];
  /** Whether a part of the engine did not arrive, so that asking again may help. */
  missing: boolean;
}

/** What the worker sends back. `ready` comes first and once. */
export type Reply =
  | { kind: "ready" }
  | { kind: "failed"; error: PlainError }
  | { kind: "value"; id: number; value: unknown }
  | { kind: "error"; id: number; error: PlainError };

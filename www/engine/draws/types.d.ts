// The shapes that cross the borders of what draws: tasks and their answers, and what passes between its threads.
import type {
  ChanceAnswer,
  ChanceQuestion,
  DifferencesResult,
  ImportanceQuestion,
  ImportanceResult,
  RunRequest,
  SimulationResult,
  Tree,
} from "clauseworth-simulation";
import type { DealRequest, Reply } from "../types.d.ts";

export type { ChanceAnswer, ChanceQuestion, DifferencesResult, ImportanceResult, Statistics } from "clauseworth-simulation";

/** What draws answer: something that is divided into batches of paths, or a question that one thread answers alone. */
export type Task = { paths: number; seed?: number; sampler?: Sampler } & (
  | { method: "simulate"; args: readonly [DealRequest, { series: readonly string[] }] }
  | { method: "importance"; args: readonly [DealRequest, ImportanceQuestion] }
  | { method: "spread"; args: readonly [readonly DealRequest[], number | null] }
  | { method: "chance"; args: readonly [DealRequest, ChanceQuestion] }
);

/** How points are chosen: scrambled Sobol points, or pseudo-random ones. */
export type Sampler = "sobol" | "random";

export type DrawMethod = Task["method"];

/** A batch on its way between threads. */
export interface Batch {
  number: number;
}

/** What the engine divides: any thread computes any batch, and one takes them all, in any order. */
export interface Divided<Result> {
  batches(): number;
  batch(number: number): Batch;
  add(batch: Batch): void;
  result(): Result;
  free(): void;
}

/** What many paths say together. */
export type Distribution = SimulationResult;

export interface DrawingSampling {
  paths: number;
  seed: number;
  sampler?: Sampler;
  series?: string[];
}

export interface DrawingDeal {
  simulation(request: RunRequest, sampling: DrawingSampling): Divided<Distribution>;
  importance(request: RunRequest, question: ImportanceQuestion): Divided<ImportanceResult>;
  chance(request: RunRequest, question: ChanceQuestion, sampling: DrawingSampling): ChanceAnswer;
  free(): void;
}

/** The module of the engine that draws. */
export interface DrawingModule {
  Deal: { open(deal: Tree, library: Record<string, Tree>): DrawingDeal };
  Comparison: new () => {
    add(deal: DrawingDeal, request: RunRequest): void;
    simulation(world: number | null, sampling: DrawingSampling): Divided<DifferencesResult>;
    free(): void;
  };
}

/** What a thread that draws can be asked. */
export type DrawerMethod = "adopt" | "begin" | "draw" | "collect" | "answer";

/** What a thread needs to start: the module, compiled or in bytes, which of the two it is, and the deals. */
export interface DrawerParts {
  wasm: WebAssembly.Module | ArrayBuffer;
  vectors: boolean;
  library: Record<string, Tree>;
}

/** What the page sends to a worker that draws. `open` comes first and once. */
export type DrawerCall =
  | ({ kind: "open" } & DrawerParts)
  | { kind: "call"; id: number; method: DrawerMethod; arguments: readonly unknown[] };

/** What it sends back. `listening` comes first; `unreadable` says that what came could not be read. */
export type DrawerReply = { kind: "listening" } | { kind: "unreadable" } | Reply;

/** A thread that draws, wherever it is. */
export interface Thread {
  /** Whether the page waits while it draws. */
  readonly blocking: boolean;
  /** Rejects with a `LostThread` where the thread is gone. */
  call(method: DrawerMethod, ...all: readonly unknown[]): Promise<unknown>;
  /** Stops it in the middle of what it does, where that is possible. */
  close(): void;
}

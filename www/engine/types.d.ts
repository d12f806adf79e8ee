// The shapes that cross the border between the page and the engine. What the engine says of itself is taken from the package
// that is generated with it, so that the two cannot drift apart.
import type { DealError, DealInfo, RunRequest, RunResult } from "clauseworth-wasm";

export type { DealInfo, Quantity, RunRequest, RunResult } from "clauseworth-wasm";

/** A deal of the library in a list. */
export interface DealSummary {
  id: string;
  title: string;
}

/** A run of a deal of the library. */
export type DealRequest = RunRequest & { deal: string };

/** One fault of a deal, as the engine reports it. */
export type Fault = DealError["errors"][number];

/** The calculations, wherever they run. */
export interface Engine {
  /** The version of the model. */
  version(): Promise<string>;
  deals(): Promise<DealSummary[]>;
  describe(deal: string): Promise<DealInfo>;
  run(request: DealRequest): Promise<RunResult>;
}

export type Method = keyof Engine;

/** What the page sends to the worker. */
export interface Call {
  id: number;
  method: Method;
  argument: unknown;
}

/** An error as a plain object: a cloned `Error` would lose what is not `name` and `message`. */
export interface PlainError {
  message: string;
  path: string | null;
  errors: Fault[];
}

/** What the worker sends back. `ready` comes first and once. */
export type Reply =
  | { kind: "ready" }
  | { kind: "failed"; error: PlainError }
  | { kind: "value"; id: number; value: unknown }
  | { kind: "error"; id: number; error: PlainError };

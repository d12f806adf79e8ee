/** Both sides' NPV and each clause's by the date at which AGI counts for the contract. */
export interface AgiCurve {
  /** Every boundary of quarters, then null for never. */
  years: (number | null)[];
  /** `backer.npv`, `lab.npv`, `backer.npv.<clause>`, `backer.npv.market`: a value a date. */
  metrics: Record<string, number[]>;
}

/** Which values of a quantity bring about an outcome: a metric's value, or the backer's share of the surplus. */
export type Question = { vary: string; low?: Setting; high?: Setting } & (
  | { metric: string; target: number }
  | { share: number }
);

export interface Answer {
  path: string;
  metric: string | null;
  target: number | null;
  share: number | null;
  /** The interval searched. */
  low: number;
  high: number;
  /** The quantity as it is; null is never. */
  value: number | null;
  /** The metric as it is; with a share, by how much the backer's gain exceeds it, bn. */
  now: number | null;
  /** What both sides gain by the deal as it is, bn; with a share. */
  gains?: { backer: number; lab: number };
  status: "one" | "none" | "several";
  /** Values at which the target is taken. */
  roots: number[];
  /** Values at which it is passed without being taken: the outcome is `before` below `at`, and `after` there. */
  jumps: { at: number; before: number; after: number }[];
  /** Intervals over which it is taken all along. */
  ranges: { from: number; to: number }[];
  /** What can be reached; null where the outcome exists nowhere. */
  reach: { lowest: { at: number; value: number }; highest: { at: number; value: number } } | null;
  /** The outcome where a date is never. */
  at_never?: number;
  /** Why a part of the interval is not allowed. */
  refused?: string;
  /** The outcome over the interval, as scanned; not in break-evens. */
  curve?: { at: number[]; value: (number | null)[] };
}

/** What an uncertain quantity alone does to a metric. */
export interface TornadoBar {
  path: string;
  /** Its P10 and P90, 0 and 1 of a bernoulli; null is never. */
  low: number | null;
  high: number | null;
  at_low: number | null;
  at_high: number | null;
  /** Whether the metric goes one way only. */
  monotonic: boolean;
  /** Whether the metric moves at all. */
  effect: boolean;
  /** Why one of the values is not allowed. */
  fault?: string;
}

/** Deals side by side, and each less the one before it. */
export interface ComparisonResult {
  deals: {
    id: string;
    title: string;
    scenario: string | null;
    metrics: Record<string, number | null>;
    clauses: ClausePrices;
    warnings: string[];
  }[];
  differences: {
    from: number;
    to: number;
    metrics: Record<string, number | null>;
    clauses: { backer: Record<string, Price>; lab: Record<string, Price> };
  }[];
}

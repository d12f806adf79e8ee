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

/** One of the two quantities of a grid. Without ends it has those in which a goal seek looks, without `steps` 21 values. */
export interface GridAxis {
  path: string;
  low?: Setting;
  high?: Setting;
  /** How many values there are, from 2 to 101. */
  steps?: number;
}

/** A metric asked for over two quantities at once. */
export interface GridQuestion {
  metric: string;
  x: GridAxis;
  y: GridAxis;
}

export interface GridScale {
  path: string;
  /** Values of the quantity, ascending. */
  at: number[];
  /** The quantity as it is; null is never. */
  value: number | null;
}

export interface MetricGrid {
  metric: string;
  x: GridScale;
  y: GridScale;
  /** A row for each value of `y`, in it a cell for each of `x`; null where there is no such metric, or no such deal. */
  values: (number | null)[][];
  /** The metric as it is. */
  now: number | null;
  lowest: { x: number; y: number; value: number } | null;
  highest: { x: number; y: number; value: number } | null;
  /** Why some of the cells are not allowed. */
  refused?: string;
}

/** Who pays or is paid. */
export type Party =
  | "customers"
  | "lab"
  | "backer"
  | "investors"
  | "owners"
  | "clouds"
  | "staff"
  | "suppliers"
  | "state"
  | "bank";

/** A stream of money from one party to another. */
export interface Stream {
  /**
   * What it is paid for: revenue, raised, interest, cash (drawn or kept), compute, compute-elsewhere, goods, opex, tax, paid-out,
   * participation, milestones, stake-sold, or the kind of a clause.
   */
  name: string;
  /** Id of the clause under which it is paid. */
  clause: string | null;
  from: Party;
  to: Party;
  /** By calendar year, bn; never negative. */
  amounts: number[];
}

/** Parts of the lab, 1 together. */
export interface Shares {
  backer: number[];
  /** Of those who held the rest at signing. */
  holders: number[];
  /** Of all who came after them. */
  later: number[];
}

/** Who pays whom, by calendar year. */
export interface Payments {
  years: number[];
  streams: Stream[];
  /** What comes into the lab, drawn cash included, which is what goes out of it, kept cash included. */
  through_lab: number[];
  to_backer: number[];
  from_backer: number[];
  /** What investors and the backer put into the lab: raises, capital, milestones. */
  funded: number[];
  ownership: {
    /** At the signing, then at the end of each quarter. */
    quarters: Shares;
    /** At the end of each calendar year. */
    years: Shares;
    /** Quarters of distress in each calendar year. */
    distress: number[];
  };
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

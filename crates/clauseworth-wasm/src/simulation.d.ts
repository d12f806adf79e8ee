/** How to draw. */
export interface Sampling {
  /** How many paths; 16,384 unless given. */
  paths?: number;
  /** Another seed draws other paths; 1 unless given. */
  seed?: number;
  sampler?: "sobol" | "random";
  /** Series whose bands are wanted; all of them unless given. */
  series?: string[];
}

/** The values of a batch of at most 1,024 paths. */
export interface SimulatedBatch {
  number: number;
  paths: number;
  /** Metric by metric, a value a path; NaN where it does not exist. */
  metrics: Float64Array;
  /** Series by series, quarter by quarter, a value a path; NaN of a series that the deal does not have. */
  series: Float64Array;
}

/** Statistics of a metric over the paths in which it exists; null where it does in none. */
export interface Statistics {
  count: number;
  mean: number | null;
  /** Of the mean. */
  standard_error: number | null;
  sd: number | null;
  p5: number | null;
  p10: number | null;
  p25: number | null;
  p50: number | null;
  p75: number | null;
  p90: number | null;
  p95: number | null;
  /** Part of the paths below 0. */
  below_zero: number | null;
  /** Mean of the worst twentieth. */
  worst_5_percent: number | null;
  /** P1 to P99 of a simulation, where a path has the metric. */
  percentiles?: Float64Array;
}

/** What many paths say together. */
export interface SimulationResult {
  paths: number;
  metrics: Record<string, Statistics>;
  /** By series, a value a quarter; null of a series that the deal does not have. */
  bands: Record<string, { p10: (number | null)[]; p50: (number | null)[]; p90: (number | null)[] }>;
}

/** Statistics of a difference: later less earlier, path by path, on those on which both have the metric. */
export interface DifferenceStatistics extends Statistics {
  /** Part of the paths above 0; the rest of them is 0. */
  above_zero: number | null;
}

/** Each deal of a comparison less the one before it, drawn alike; bands are not drawn. */
export interface DifferencesResult {
  paths: number;
  differences: { from: number; to: number; metrics: Record<string, DifferenceStatistics> }[];
}

/** Which value of a quantity gives a metric a chance to be above a threshold? 4,096 paths unless given. */
export interface ChanceQuestion {
  vary: string;
  metric: string;
  /** In the metric's unit. */
  above: number;
  /** Above 0 and below 1. */
  chance: number;
  low?: number | string | boolean;
  high?: number | string | boolean;
}

export interface ChanceAnswer {
  path: string;
  metric: string;
  above: number;
  chance: number;
  /** The interval searched. */
  low: number;
  high: number;
  /** The base value of the quantity; null is never. */
  value: number | null;
  /** The chance as the deal stands, the quantity drawn if it is uncertain, and its standard error. */
  now: number;
  now_error: number;
  status: "one" | "none" | "several";
  /** Values at which the chance is the one asked for. */
  roots: number[];
  /** Their standard errors, in the unit of the quantity. */
  root_errors: number[];
  /** Values at which it is passed by more than sampling explains. */
  jumps: { at: number; before: number; after: number }[];
  /** Intervals over which it lasts, as far as the scan tells. */
  ranges: { from: number; to: number }[];
  /** The chance over the interval with its standard error; null where a value is not allowed. */
  curve: { at: number[]; value: (number | null)[]; error: (number | null)[] };
  reach: { lowest: { at: number; value: number }; highest: { at: number; value: number } } | null;
  /** The chance where a date is never. */
  at_never?: number;
  /** The part of the paths on which the metric exists, where it was least; absent where it exists on all. On the others
   * it is not above. */
  exists?: number;
  /** Why a part of the interval is not allowed. */
  refused?: string;
  paths: number;
}

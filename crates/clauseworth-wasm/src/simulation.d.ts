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
}

/** What many paths say together. */
export interface SimulationResult {
  paths: number;
  metrics: Record<string, Statistics>;
  /** By series, a value a quarter; null of a series that the deal does not have. */
  bands: Record<string, { p10: (number | null)[]; p50: (number | null)[]; p90: (number | null)[] }>;
}

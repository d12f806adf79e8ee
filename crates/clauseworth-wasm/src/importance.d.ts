/** Which metric's spread is shared out, and how. */
export interface ImportanceQuestion {
  metric: string;
  /** Points N; of k inputs they take N (k + 2) runs; 1,024 unless given. */
  paths?: number;
  /** Another seed draws other points; 1 unless given. */
  seed?: number;
  /** Leaves correlations out; without it a deal with correlated quantities is refused. */
  independent?: boolean;
}

/** The values of a batch of at most 64 points. */
export interface ImportanceBatch {
  number: number;
  /** Run by run, a value a point; NaN where it does not exist. */
  values: Float64Array;
}

/** Sobol indices of an input; null where the metric does not vary, or too few batches are there yet. */
export interface SobolIndex {
  /** Path of the quantity. That of a volatility stands for the random motion too. */
  path: string;
  /** The part of the variance that is due to the input alone. */
  first: number | null;
  /** The part of the variance that it has a part in, alone or with others. */
  total: number | null;
  /** Half width of the 95 % interval of `first`. */
  first_ci: number | null;
  /** The same of `total`. */
  total_ci: number | null;
}

/** Which input a metric's spread is due to. */
export interface ImportanceResult {
  /** Points that were used so far. */
  paths: number;
  /** Points that were left out, since a run of theirs does not have the metric; at most one in fifty. */
  left_out: number;
  metric: string;
  /** The largest total first. */
  inputs: SobolIndex[];
}

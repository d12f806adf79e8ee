/** A value for a path: a number or decimal year, an ISO date, "never", a word, or a flag. */
export type Setting = number | string | boolean;

/** A deal file as plain values. */
export type Tree = { [key: string]: TreeValue };
export type TreeValue = number | string | boolean | TreeValue[] | Tree;

/** Where a figure originated. */
export type Status = "stated" | "filed" | "reported" | "estimated" | "assumed";

/** A number of the deal: its base case, its limits and where it comes from. */
export interface Quantity {
  /** Dotted path, as in `clauses.revenue-share.rate`. */
  path: string;
  kind: "number" | "year";
  /** Base case; null is never. */
  value: number | null;
  unit: string;
  label: string | null;
  note: string | null;
  /** Id in `sources`. */
  source: string | null;
  status: Status | null;
  /** Ends, P10 and P90, or outermost points of its distribution. */
  low: number | null;
  high: number | null;
  dist: "uniform" | "triangular" | "pert" | "normal" | "lognormal" | "cumulative" | "bernoulli" | null;
  /** What it may be. */
  range: { low: number; high: number; low_open: boolean; high_open: boolean; whole: boolean; never: boolean };
}

/** Everything about a deal but its figures. */
export interface DealInfo {
  id: string;
  title: string;
  backer: string;
  lab_name: string;
  /** ISO date. */
  effective: string;
  /** ISO date. */
  horizon: string;
  scenarios: { id: string; title: string; set: Record<string, Setting> }[];
  clauses: { id: string; kind: string; bundle: string | null; enabled: boolean }[];
  /** Ids of the lab's lines of business. */
  lines: string[];
  quantities: Quantity[];
  sources: { id: string; title: string; publisher: string | null; url: string | null; date: string | null }[];
  references: {
    id: string;
    title: string;
    metric: string;
    year: number | null;
    value: number;
    source: string | null;
  }[];
  warnings: string[];
}

/** What to run. */
export interface RunRequest {
  /** Id of a scenario; absent: the base case. */
  scenario?: string;
  /** Values by path, on top of the scenario. */
  set?: Record<string, Setting>;
  /** Clause ids left out. */
  without?: string[];
}

/** Figures of a calendar year. */
export interface YearFigures {
  take_rate: number | null;
  take_rate_with_compute: number | null;
  /** Energy, TWh. */
  twh: number | null;
  /** The lab's revenue, bn. */
  revenue: number;
}

/** Everything that a run gives. Money in bn of US dollars; flows are plus where the backer receives. */
export interface RunResult {
  metrics: Record<string, number | null>;
  /** A number a quarter; null where the deal has no such series. */
  series: Record<string, Float64Array | null>;
  /** Each series by calendar year: amounts summed, levels as at the year's last quarter. */
  annual: Record<string, Float64Array | null>;
  calendar_years: number[];
  years: Record<string, YearFigures>;
  /** Every internal rate of return between -0.99 and 10. */
  irr_roots: { forward: number[]; since_inception: number[] };
  /** Share of each reference figure. */
  references: Record<string, number | null>;
  warnings: string[];
}

/** What a clause or bundle is worth to one side, bn. */
export interface Price {
  /** What is lost if it alone goes. */
  removal: number;
  /** Its average contribution over all orders of signing; null above 12 clauses and bundles. */
  shapley: number | null;
}

/** What each clause and bundle in force is worth, by its name. */
export interface ClausePrices {
  backer: Record<string, Price>;
  lab: Record<string, Price>;
  /** NPV without any clause. */
  empty: { backer: number; lab: number };
  /** NPV with all of them. */
  all: { backer: number; lab: number };
  /** `all` less `empty`, which the Shapley values add up to; not in the prices of a comparison. */
  gain?: { backer: number; lab: number };
  /** Why there are no Shapley values, where there are none. */
  note?: string;
}

/** What is thrown: an `Error` with all faults. */
export interface DealError extends Error {
  /** Dotted path of the first fault. */
  path: string;
  errors: {
    path: string;
    expected: string;
    found: string;
    hint: string | null;
    line: number | null;
    message: string;
  }[];
}

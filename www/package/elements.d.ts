// `import "clauseworth/elements"` defines the elements of which docs/EMBEDDING.md speaks. It exports nothing: they are used by their
// names, in HTML or by `document.createElement`.

/** What a `change` event of an element tells. */
export interface ClauseworthChange {
  /** The paths of the quantities that were changed. */
  paths: string[];
  /** What the deal comes to now, by the names of the metrics; null where the model gives none. */
  metrics: Record<string, number | null>;
  /** Whether the reader did it, rather than a script. */
  byReader: boolean;
  /** All that differs from the deal, in the grammar of links: `v=1&agi.year=2029`. */
  state: string;
}

interface Member extends HTMLElement {
  /** Elements of one group share a state; the empty name is a group, too. */
  group: string;
}

/** The shared state of a group. It shows nothing. */
export interface ClauseModelElement extends Member {
  /** The id of the deal; setting it begins that one as agreed. */
  deal: string;
  /** The id of a scenario of the deal; null for the deal as agreed. */
  scenario: string | null;
  /** All that differs from the deal, in the grammar of links. */
  state: string;
  /** What the deal comes to; empty until it is ready. */
  readonly metrics: Record<string, number | null>;
  /** Resolves when the first figures are there; rejects where they cannot be. */
  readonly ready: Promise<void>;
  /** Sets a quantity; rejects where there is none at that path, or it cannot have the value. */
  set(path: string, value: number | string | boolean): Promise<void>;
  /** Goes back to the deal as its file has it. */
  reset(): Promise<void>;
}

/** One figure. */
export interface ClauseFigureElement extends Member {
  /** Which one: `clauses`, `flows`, `agi`, … */
  figure: string;
}

/** One quantity to be moved. */
export interface ClauseLeverElement extends Member {
  /** The quantity: `agi.year`, … */
  path: string;
}

/** A number in running text. */
export interface ClauseValueElement extends Member {
  /** The metric: `backer.npv`, … */
  metric: string;
  /** A quantity instead of a metric. */
  path: string;
  /** How the number is written; empty for what is usual. */
  format: string;
  /** `base` for the value of the base case. */
  of: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "clause-model": ClauseModelElement;
    "clause-figure": ClauseFigureElement;
    "clause-lever": ClauseLeverElement;
    "clause-value": ClauseValueElement;
  }
}

// What differs between a browser and Node.
import type { Pool } from "../engine/draws/pool.js";
import type { Tree } from "../engine/types.d.ts";

export interface Platform {
  /** Loads the module that answers most questions, once; where that is not done, it loads itself by the browser's `fetch`. */
  loadAnalysis(): Promise<void>;
  /** Opens the threads that draw, which know the deals that they are opened with. */
  openPool(library: Record<string, Tree>): Promise<Pool>;
}

import type { Engine } from "./engine/types.d.ts";
import type { Store } from "./state/store.js";

declare global {
  interface Window {
    /** For the console and for tests: the engine behind its promises, and the state with its history. */
    clauseworth?: { engine: Engine; store: Store };
  }
}

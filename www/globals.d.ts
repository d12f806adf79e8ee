import type { Desk } from "./cards/desk.js";
import type { Engine } from "./engine/types.d.ts";
import type { Store } from "./state/store.js";

declare global {
  interface Window {
    /** For the console and for tests: the engine behind its promises, the state with its history, and what the cards know. */
    clauseworth?: { engine: Engine; store: Store; desk: Desk };
  }
}

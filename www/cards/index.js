// The cards in the order in which they are read. The first is part of the page; the others are loaded when they come near the view.
import { card as clauses } from "./clauses.js";
import { EARLY, card as early } from "./early.js";

/** @import { Place } from "./desk.js" */

/** @type {readonly Place[]} */
export const places = [
  // The first sentence of the page is read before all else.
  { id: EARLY, load: async () => early },
  // What explains a number stands over the page, and is asked first while it is open.
  { id: "explain", load: async () => (await import("./explain.js")).card },
  { id: "chance", load: async () => (await import("./chance.js")).card },
  { id: "clauses", load: async () => clauses },
  { id: "payments", load: async () => (await import("./payments.js")).card },
  { id: "agi", load: async () => (await import("./agi.js")).card },
  { id: "outcome", load: async () => (await import("./outcome.js")).card },
  { id: "fan", load: async () => (await import("./fan.js")).card },
  { id: "tornado", load: async () => (await import("./tornado.js")).card },
  { id: "heat", load: async () => (await import("./heat.js")).card },
  { id: "solve", load: async () => (await import("./solve.js")).card },
  { id: "compare", load: async () => (await import("./compare.js")).card },
  { id: "funding", load: async () => (await import("./funding.js")).card },
  { id: "infrastructure", load: async () => (await import("./infrastructure.js")).card },
];

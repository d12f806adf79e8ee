// All that a link says: the state (`fragment.js`), and beside it what is picked in the cards, the reader's own scenarios that are
// compared, and which answer the page gave.
//
// What is picked in a card has the card's name before a colon, which no path has: `heat:x=agi.year`. A scenario stands behind
// `saved:`. The version of the model and both sides' present values are `model` and `said`. What is picked is held against the card
// when that is loaded; until then it stays in the address as it came.
import { pairsOf, parse, write } from "./fragment.js";
import { isVersion, readSaid } from "./said.js";
import { isSavedKey, pairOf, readSaved } from "./saved.js";

/** @import { Migration, Pair, Problem } from "./fragment.js" */
/** @import { Said } from "./said.js" */
/** @import { Saved } from "./saved.js" */
/** @import { State } from "./state.js" */

/**
 * @typedef {object} Link
 * @property {Pair[]} all the pairs as they came, in the present version
 * @property {Pair[]} pairs those of the state
 * @property {Pair[]} picks what is picked in the cards
 * @property {Saved[]} saved
 * @property {Pair[]} strange what was meant for a scenario and is none: it stays in the address
 * @property {string | null} model
 * @property {Said | null} said
 * @property {Problem[]} problems
 */
/**
 * What is said beside a state.
 * @typedef {object} Beside
 * @property {readonly Pair[]} [picks]
 * @property {readonly Saved[]} [saved]
 * @property {{ model: string, said: string } | null} [answer]
 * @property {boolean} [always] whether the answer is said where there is nothing else to say
 */

/**
 * @param {string} fragment with or without the `#`
 * @param {readonly Migration[]} [migrations]
 * @returns {Link}
 */
export function readLink(fragment, migrations) {
  const { pairs, problems } = parse(fragment, migrations);
  return sorted(pairs, problems);
}

/**
 * The pairs of a link by what they are about.
 * @param {readonly Pair[]} all
 * @param {readonly Problem[]} [found]
 * @returns {Link}
 */
export function sorted(all, found = []) {
  /** @type {Link} */
  const link = { all: [...all], pairs: [], picks: [], saved: [], strange: [], model: null, said: null, problems: [...found] };
  for (const pair of all) {
    const [key, value] = pair;
    if (isSavedKey(key)) {
      const saved = readSaved(pair);
      if (saved !== null) link.saved.push(saved);
      else {
        link.strange.push(pair);
        link.problems.push({ key, value, reason: "saved" });
      }
    } else if (key === "model") {
      if (isVersion(value)) link.model = value;
      else link.problems.push({ key, value, reason: "model" });
    } else if (key === "said") {
      link.said = readSaid(value);
      if (link.said === null) link.problems.push({ key, value, reason: "said" });
    } else if (key.includes(":")) {
      link.picks.push(pair);
    } else {
      link.pairs.push(pair);
    }
  }
  return link;
}

/**
 * @param {State} state
 * @param {string} defaultDeal the deal of an empty fragment
 * @param {Beside} [beside]
 * @returns {string} without the `#`; empty where there is nothing to say
 */
export function writeLink(state, defaultDeal, { picks = [], saved = [], answer = null, always = false } = {}) {
  /** @type {Pair[]} */
  const pairs = [...pairsOf(state, defaultDeal), ...picks, ...saved.map(pairOf)];
  const says = new Set(pairs.map(([key]) => key));
  if (answer !== null && (always || pairs.length > 0) && !says.has("said")) pairs.push(["model", answer.model], ["said", answer.said]);
  return write(pairs);
}

// What there is to compare, and what of it is asked of the engine: the reader's state, the deal as agreed, its scenarios, the reader's
// own, and the other agreements, up to four at once.
import { MOST_COMPARED, readToken, readTokens, tokenOf, writeTokens } from "../state/compared.js";
import { isOwn } from "../state/own.js";
import { stateOf } from "../state/saved.js";
import { requestOf } from "../state/state.js";

/** @import { DealRequest } from "../engine/types.d.ts" */
/** @import { QuestionStrings } from "../strings/en-questions.js" */
/** @import { Compared } from "../state/compared.js" */
/** @import { CardContext } from "./context.js" */
/** @import { Field } from "./picks.js" */

/** @typedef {Pick<CardContext, "library" | "info" | "saved">} Around */
/** @typedef {{ label: string, options: { id: string, title: string, picked: boolean, disabled: boolean }[] }} ChoiceGroup */
/** @typedef {{ legend: string, summary: string, hint: string, groups: ChoiceGroup[], full: boolean, toggle: (id: string) => string[] | undefined, reset: string | null }} Choice */

/**
 * The agreements that can stand in the world of this one, in the order in which they were signed. In the world of a file of the
 * reader's own stand those whose clauses find there the lines of business that they name.
 * @param {Around} around
 */
export function possibleDeals({ library, info }) {
  const possible = library.filter(
    ({ id, lines = [] }) => id === info.id || (!isOwn(id) && (!isOwn(info.id) || lines.every((line) => info.lines.includes(line)))),
  );
  // The ids of the library end in the year of signing.
  return possible.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * What is compared where the reader picked nothing: the agreements as they follow one another.
 * @param {Around} around
 */
export function firstCompared({ library, info }) {
  const deals = possibleDeals({ library: [...library], info });
  const tokens = deals.map(({ id }) => (id === info.id ? "now" : `deal:${id}`));
  const at = tokens.indexOf("now");
  const from = Math.max(0, Math.min(at, tokens.length - MOST_COMPARED));
  return tokens.slice(from, from + MOST_COMPARED);
}

/**
 * @param {Compared | null} compared
 * @param {Around} around
 */
function exists(compared, { library, info, saved = [] }) {
  if (compared === null) return false;
  const { kind, id } = compared;
  if (kind === "scenario") return info.scenarios.some((each) => each.id === id);
  if (kind === "saved") return saved.some(({ name }) => name === id);
  if (kind === "deal") return id !== info.id && possibleDeals({ library: [...library], info }).some((each) => each.id === id);
  return true;
}

/**
 * What is compared: what the reader picked, as far as it is there.
 * @param {Around} around
 * @param {{ with?: readonly string[] }} picks
 * @returns {Compared[]}
 */
export function comparedOf(around, { with: picked }) {
  const here = (picked ?? []).map(readToken).filter((each) => exists(each, around));
  const compared = here.length > 0 ? here : firstCompared(around).map(readToken);
  return compared.filter((each) => each !== null).slice(0, MOST_COMPARED);
}

/** @type {Field} */
export const withField = {
  read: (text, context) => {
    const tokens = readTokens(text);
    return tokens !== null && tokens.every((token) => exists(readToken(token), context)) ? tokens : undefined;
  },
  // One that was taken away since is no longer said.
  write: (tokens, context) => writeTokens(comparedOf(context, { with: tokens }).map(tokenOf)),
  initial: firstCompared,
};

/** Whether only agreements are compared, each with the one before it in one world. @param {readonly Compared[]} compared */
export const onlyDeals = (compared) => compared.every(({ kind }) => kind === "deal" || kind === "now");

/**
 * What is asked: where the agreements are compared, all stand in the world of the chosen one, which alone has the reader's scenario
 * and changes; where several states of it are, each has the world that is its own.
 * @param {Around} around
 * @param {DealRequest} chosen
 * @param {{ with?: readonly string[] }} [picks]
 * @returns {[requests: DealRequest[], world: number | null]}
 */
export function comparisonOf(around, chosen, picks = {}) {
  const { info, saved = [] } = around;
  const compared = comparedOf(around, picks);
  const requests = compared.map(({ kind, id }) => {
    if (kind === "now") return chosen;
    if (kind === "deal") return { deal: id };
    if (kind === "agreed") return { deal: info.id };
    if (kind === "scenario") return { deal: info.id, scenario: id };
    const found = saved.find(({ name }) => name === id);
    return found === undefined ? { deal: info.id } : requestOf(stateOf(found, info).state);
  });
  const own = compared.flatMap(({ kind }, i) => (kind === "deal" ? [] : [i]));
  return [requests, own.length === 1 ? (own[0] ?? null) : null];
}

/**
 * How each is called: an agreement by when it was signed, the reader's state by that too where it is compared with agreements alone.
 * @param {CardContext} context
 * @param {readonly Compared[]} compared
 * @param {QuestionStrings} questions
 */
export function namesOf({ info, library, strings }, compared, { compare: words }) {
  const alone = onlyDeals(compared) && compared.length > 1;
  return compared.map(({ kind, id }) => {
    if (kind === "now" && !alone) return words.now;
    if (kind === "agreed") return strings.picker.asAgreed;
    if (kind === "scenario") return info.scenarios.find((each) => each.id === id)?.title ?? id;
    if (kind === "saved") return id;
    const deal = kind === "now" ? info.id : id;
    return words.name(library.find((each) => each.id === deal)?.title ?? deal);
  });
}

/**
 * What the reader can pick, in groups, and what picking or taking away comes to.
 * @param {CardContext} context
 * @param {{ with?: readonly string[] }} picks
 * @param {QuestionStrings} questions
 * @returns {Choice}
 */
export function choiceOf(context, picks, { compare: words }) {
  const { info, library, saved = [], strings } = context;
  const tokens = comparedOf(context, picks).map(tokenOf);
  const full = tokens.length >= MOST_COMPARED;
  const option = (/** @type {string} */ id, /** @type {string} */ title) => {
    const picked = tokens.includes(id);
    return { id, title, picked, disabled: picked ? tokens.length === 1 : full };
  };
  const same = info.scenarios.filter(({ set }) => Object.keys(set).length > 0);
  const groups = [
    { label: words.groups.deal, options: [option("now", words.now), option("agreed", strings.picker.asAgreed), ...same.map(({ id, title }) => option(`scenario:${id}`, title))] },
    { label: words.groups.own, options: saved.map(({ name }) => option(`saved:${name}`, name)) },
    {
      label: words.groups.deals,
      options: possibleDeals({ library: [...library], info })
        .filter(({ id }) => id !== info.id)
        .map(({ id, title }) => option(`deal:${id}`, words.name(title))),
    },
  ].filter(({ options }) => options.length > 0);
  const order = groups.flatMap(({ options }) => options.map(({ id }) => id));
  const first = firstCompared(context);
  const unchanged = (/** @type {readonly string[]} */ all) => writeTokens(all) === writeTokens(first);
  return {
    legend: words.choose,
    summary: words.chosen(String(tokens.length), String(MOST_COMPARED)),
    hint: full ? words.full : words.room,
    groups,
    full,
    toggle: (id) => {
      if (tokens.includes(id)) return tokens.filter((token) => token !== id);
      const next = [...tokens, id];
      // Agreements stay in the order of signing, all else in the order in which it is listed.
      const deals = next.every((token) => token === "now" || token.startsWith("deal:"));
      const rank = (/** @type {string} */ token) => (token === "now" ? info.id : token.slice("deal:".length));
      return deals ? next.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)) : next.sort((a, b) => order.indexOf(a) - order.indexOf(b));
    },
    reset: unchanged(tokens) ? null : words.first,
  };
}

// The scenarios that a reader can apply: the agreement's, and the reader's own.
import { LONGEST_NAME, differencesOf, stateOf, tidyName } from "../state/saved.js";
import { isUntouched, sameState, untouched } from "../state/state.js";
import { changeTexts } from "./changes.js";

/** @import { DealInfo } from "../engine/types.d.ts" */
/** @import { Format } from "../format/format.js" */
/** @import { Listed } from "../own/scenarios.js" */
/** @import { State } from "../state/state.js" */
/** @import { Strings } from "../strings/en.js" */
/** @import { PageStrings } from "../strings/en-page.js" */

/** The entry that stands for the deal as agreed. */
export const AS_AGREED = "";
const OWN = "saved:";

/** @param {string} name */
export const ownScenario = (name) => OWN + name;

/**
 * The name of the reader's own scenario that an entry stands for, if it does.
 * @param {string} id
 */
export const nameOfOwn = (id) => (id.startsWith(OWN) ? id.slice(OWN.length) : null);

/**
 * The scenarios, the deal as agreed before them, unless one of them is just that; then the reader's own.
 * @param {DealInfo} info
 * @param {State} state
 * @param {readonly Listed[]} saved
 * @param {Strings} strings
 * @param {PageStrings["scenarios"]} words
 */
export function scenarioChoice(info, state, saved, strings, words) {
  const { scenarios } = info;
  const plain = scenarios.find(({ set }) => Object.keys(set).length === 0);
  const bare = { ...state, unknown: [] };
  const mine = isUntouched(state) ? undefined : saved.find((each) => sameState(stateOf(each, info).state, bare));
  const value = mine ? ownScenario(mine.name) : (state.scenario ?? AS_AGREED);
  const given = [{ id: AS_AGREED, title: plain?.title ?? strings.picker.asAgreed }, ...scenarios.filter((each) => each !== plain)];
  const own = saved.map(({ name }) => ({ id: ownScenario(name), title: name }));
  // A scenario is on screen where nothing else is changed; the deal as agreed with changes is no longer that.
  const pressed = (/** @type {string} */ id) =>
    id === value && (mine !== undefined || sameState(bare, { ...untouched(state.deal), scenario: id === AS_AGREED ? null : id }));
  const buttons = (/** @type {readonly { id: string, title: string }[]} */ all) => all.map(({ id, title }) => ({ id, title, pressed: pressed(id) }));
  return {
    value,
    options: [...given.map(({ id, title }) => ({ id, title })), ...own.map(({ id, title }) => ({ id, title: words.mine(title) }))],
    given: buttons(given),
    own: buttons(own),
  };
}

/**
 * What the dialog of the reader's own scenarios shows.
 * @param {{ info: DealInfo, state: State, saved: readonly Listed[], format: Format, strings: Strings }} about
 */
export function savedScenarios({ info, state, saved, format, strings }) {
  const say = (/** @type {State} */ of) => changeTexts(info, of, format, strings).join("; ");
  const now = differencesOf(state);
  return {
    deal: info.title,
    differences: say(state),
    tidy: tidyName,
    longest: LONGEST_NAME,
    rows: saved.map(({ name, fragment, kept }) => {
      const { state: of } = stateOf({ name, fragment }, info);
      return { name, kept, differences: say(of), shown: now !== "" && sameState(of, { ...state, unknown: [] }) };
    }),
  };
}

// Links in an author's prose that set something: `<a href="…" data-clause-set="agi.year=2029">`. They stay links, which a keyboard
// reaches and which lead somewhere without this script; where the state has all that one says, it is the current one.
import { groupOf, watch } from "./group.js";
import { matches, withText } from "./pairs.js";

/** @import { Group } from "./group.js" */

const SELECTOR = "a[data-clause-set]";

/** @param {HTMLElement} link */
const groupName = (link) => link.dataset["clauseGroup"] ?? "";

/** @param {Group} group */
function mark(group) {
  const shown = group.session?.shown;
  for (const link of document.querySelectorAll(SELECTOR)) {
    if (!(link instanceof HTMLElement) || groupName(link) !== group.name) continue;
    if (shown && matches(shown.state, shown.info, link.dataset["clauseSet"] ?? "")) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/** @param {MouseEvent} event */
function follow(event) {
  // Whoever opens it in another tab wants to go where it leads.
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.composedPath().find((target) => target instanceof HTMLElement && target.matches(SELECTOR));
  if (!(link instanceof HTMLElement)) return;
  const group = groupOf(groupName(link));
  // Before there are figures, and where there can be none, it is a link like any other.
  const { session } = group;
  if (!session?.shown) return;
  event.preventDefault();
  group.follow(withText(session.store.state, session.info, link.dataset["clauseSet"] ?? ""));
}

export function startLinks() {
  document.addEventListener("click", follow);
  watch(mark);
}

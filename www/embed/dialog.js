// The embed dialog: opened where a reader wants to take the page along into one of their own. It is about the state that the figures
// show.
import { choose, read } from "./request.js";
import { figures } from "./figures.js";
import { UNDRAWN } from "./undrawn.js";
import { EmbeddingDialog } from "../elements/embedding/embedding.js";
import { SANDBOX, embedAddress, placesOf, snippet } from "../export/snippets.js";
import { leverGroups } from "../figures/levers.js";
import { encode } from "../state/fragment.js";
import { isOwn } from "../state/own.js";
import { strings } from "../strings/embedding.js";

/** @import { Choice } from "../elements/embedding/embedding.js" */
/** @import { CardContext } from "../figures/context.js" */

/** @param {EventTarget | null} asker what the reader used: a figure, or the toolbar */
function figureOf(asker) {
  if (!(asker instanceof HTMLElement)) return "clauses";
  const place = asker.closest("cw-place");
  const id = (place instanceof HTMLElement ? place.dataset["card"] : undefined) ?? (asker.id || asker.localName.replace("cw-", ""));
  return Object.hasOwn(figures, id) ? id : "clauses";
}

/**
 * The digests of the scripts. Where there are none there is no pinned version either.
 * @param {string} site
 * @returns {Promise<Record<string, string> | null>}
 */
async function integrityOf(site) {
  try {
    const response = await fetch(`${site}integrity.json`);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/**
 * @param {EventTarget | null} asker
 * @param {CardContext} shown
 * @param {string} version
 */
export async function embed(asker, shown, version) {
  const { info, state, format, strings: words, library } = shown;
  const page = location.href;
  const reason = isOwn(info.id) ? strings.ownDeal : import.meta.env.MODE !== "single" && /^https?:$/.test(location.protocol) ? null : strings.disk;
  const { live } = placesOf(page, version);
  const integrity = reason === null ? await integrityOf(live) : null;
  const deal = state.deal;
  const said = encode(state, deal);
  const titles = { ...strings.names, ...words.cards.titles };
  const named = (/** @type {string} */ id) => titles[/** @type {keyof typeof titles} */ (id)] ?? id;
  const title = library.find(({ id }) => id === deal)?.title ?? info.title;
  const wishOf = (/** @type {Choice} */ choice) => ({ ...choice, deal, state: said, drawn: !UNDRAWN.includes(choice.figures[0] ?? "") });
  const dialog = new EmbeddingDialog();
  dialog.choice = { ...dialog.choice, figures: [figureOf(asker)] };
  dialog.data = {
    title,
    // As they are read on the page.
    figures: ["answer", "headline", ...Object.keys(words.cards.titles), "flows", "lab", "ledger"].filter((id) => Object.hasOwn(figures, id)).map((id) => ({ id, title: named(id) })),
    levers: leverGroups({ info, state, format, strings: words, fault: null }).map((group) => ({
      title: group.title,
      levers: group.levers.map(({ path, data }) => ({ path, label: data().label })),
    })),
    version: integrity === null ? null : version,
    reason,
    sandbox: SANDBOX,
    code: (choice) =>
      snippet(wishOf(choice), {
        page,
        version,
        integrity: integrity ?? {},
        recommended: choose(read(`figure=${choice.figures.join(",")}`), info),
        title: strings.titleOf(named(choice.figures[0] ?? ""), title),
      }),
    address: (choice) => embedAddress(new URL("./", page).href, wishOf(choice)),
  };
  // Where the reader came from has the keyboard again when it is closed.
  document.body.append(dialog);
}

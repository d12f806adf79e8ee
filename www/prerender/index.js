// The base case of every embed as markup, for the build: what stands in an embed until the calculator has started, and where it cannot.
// It is made by the same engine, figures and templates as what takes its place.
import { html } from "lit";
import { choose, read } from "../embed/request.js";
import { figures } from "../embed/figures.js";
import { UNDRAWN } from "../embed/undrawn.js";
import { leverOf } from "../figures/lever.js";
import "../elements/lever/lever.js";
import { createFormat } from "../format/format.js";
import { requestOf, untouched } from "../state/state.js";
import { strings as words } from "../strings/embed.js";
import { strings } from "../strings/index.js";
import { openHere, shownBy } from "./engine.js";
import { markupOf, memberOf } from "./markup.js";

/** @import { CardContext } from "../figures/context.js" */

/** The language in which numbers are written here, since nobody who reads them is known yet. */
const LOCALE = "en";

/** @param {string} packages the folder in which the engine lies */
export async function openPrerender(packages) {
  const here = await openHere(packages);
  const { host } = here;
  const library = host.deals();
  const format = createFormat(LOCALE, strings);

  /** @param {string} deal @returns {CardContext} */
  function contextOf(deal) {
    const state = untouched(deal);
    const request = requestOf(state);
    const [info, result] = [host.describe(deal), host.run(request)];
    return { info, result, base: null, state, request, asAgreed: request, library, format, strings };
  }

  /**
   * @param {CardContext} context
   * @param {string} id
   */
  const figureOf = async (context, id) => {
    const { load } = /** @type {typeof figures[string]} */ (figures[id]);
    return memberOf("clause-figure", await shownBy(here, await load(), context));
  };

  return {
    version: host.version(),
    deals: library.map(({ id }) => id),
    figures: Object.keys(figures).filter((id) => !UNDRAWN.includes(id)),
    /**
     * @param {string} deal
     * @param {string} figure
     */
    async baseCase(deal, figure) {
      const context = contextOf(deal);
      const { info } = context;
      const paths = choose(read(`figure=${figure}`), info);
      const levers = paths.flatMap((path) => leverOf(path, { ...context, fault: null }) ?? []);
      return markupOf(html`
        ${figure === "answer" ? "" : html`<div class="sentence">${await figureOf(context, "answer")}</div>`}
        <section class="levers" inert>
          ${levers.map(({ data }) => memberOf("clause-lever", html`<div part="lever"><cw-lever .data=${data()}></cw-lever></div>`))}
        </section>
        ${await figureOf(context, figure)}
        <p class="stated unscripted">${words.noScript(info.title)}</p>
        <p class="stated unstarted">${words.unstarted(info.title)}</p>
      `);
    },
    /** Below every base case. */
    footer: `${strings.footer.caveat} ${words.source(host.version())}`,
    open: words.open,
    newTab: words.newTab,
  };
}

// Both sides in figures, of a run alone.
import { html } from "lit";
import "../../elements/side/side.js";
import { headline } from "../../figures/headline.js";
import { strings } from "../../strings/run.js";

/** @import { CardModule } from "../../cards/desk.js" */

/** @type {CardModule} */
export const card = {
  questions: () => [],
  show: ({ context }) => html`
    <section class="sides" aria-label=${strings.headline.title}>
      ${headline(context, strings.headline).map((data) => html`<cw-side .data=${data}></cw-side>`)}
    </section>
  `,
};

// The answer in a sentence, of a run alone.
import { html } from "lit";
import { answer } from "../../figures/answer.js";

/** @import { CardModule } from "../../cards/desk.js" */

/** @type {CardModule} */
export const card = {
  questions: () => [],
  show: ({ context }) => {
    const { sentence, verdict } = answer(context);
    return html`
      <p class="answer">
        ${sentence.map((piece) => (typeof piece === "string" ? piece : html`<b class=${piece.side}>${piece.text}</b>`))}
      </p>
      <p class="verdict">${verdict}</p>
    `;
  },
};

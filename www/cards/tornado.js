// The card of which assumptions matter most.
import { html } from "lit";
import "../elements/tornado/tornado.js";
import { pickedMetric, tornado } from "../figures/tornado.js";
import { strings } from "../strings/questions.js";

/** @import { TornadoBar } from "../engine/types.d.ts" */
/** @import { CardModule } from "./desk.js" */

/** @type {CardModule} */
export const card = {
  questions: (context, picks) => {
    const metric = pickedMetric(context, picks);
    return [
      { name: "bars", method: "tornado", args: [context.request, metric] },
      ...(context.base === null ? [] : /** @type {const} */ ([{ name: "base", method: "tornado", args: [context.asAgreed, metric] }])),
      ...(picks["table"] === true ? /** @type {const} */ ([{ name: "slopes", method: "gradient", args: [context.request, metric] }]) : []),
    ];
  },
  show: ({ context, picks, answers }) => html`
    <cw-tornado
      .data=${tornado(
        context,
        /** @type {{ bars: TornadoBar[], base?: TornadoBar[], slopes?: Record<string, number | null> }} */ (answers),
        picks,
        strings,
      )}
    ></cw-tornado>
  `,
};

// The reader's own deal.
import { html } from "lit";
import "../elements/own/own.js";
import { Workshop } from "../own/workshop.js";

/** @import { OwnAct } from "../elements/own/own.js" */
/** @import { PartModule } from "./index.js" */

/** @type {Workshop | null} */
let workshop = null;

/** @type {PartModule} */
export const part = {
  start: (services) => {
    workshop = new Workshop(services);
  },
  receive: (file) => void workshop?.open(file),
  show: ({ library, state }) => html`
    <cw-own
      id="own"
      .data=${{ ...workshop?.desktop, library, chosen: state.deal }}
      @own-act=${(/** @type {OwnAct} */ { detail }) => act(detail)}
    ></cw-own>
  `,
};

/** @param {OwnAct["detail"]} detail */
function act(detail) {
  if (workshop === null) return;
  switch (detail.act) {
    case "open":
      return void workshop.open(detail.file);
    case "blank":
      return workshop.blank();
    case "copy":
      return void workshop.copy();
    case "pick":
      return workshop.pick(detail.id);
    case "abandon":
      return void workshop.abandon(detail.id);
    case "edit":
      return workshop.edit(detail.text);
    case "use":
      return void workshop.use();
    case "save":
      return void workshop.save(detail.format);
    case "close":
      return workshop.close();
  }
}

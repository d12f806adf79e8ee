// The dialog of the reader's own scenarios.
import { html } from "lit";
import "../elements/saved/saved.js";
import { savedScenarios } from "../figures/scenarios.js";
import { strings as words } from "../strings/scenarios.js";

/** @import { ScenarioAct } from "../elements/saved/saved.js" */
/** @import { PartModule } from "./index.js" */

/** @type {PartModule} */
export const part = {
  show: ({ info, state, saved, managing }, handlers, { format, strings }) => html`
    <cw-saved
      .data=${managing ? savedScenarios({ info, state, saved, format, strings }) : null}
      @scenario-act=${async (/** @type {ScenarioAct} */ { detail }) => {
        const { act, name, tell } = detail;
        const outcome = await handlers.scenario(act, name, act === "rename" ? detail.wanted : name);
        switch (act) {
          case "save":
          case "keep":
          case "restore":
            return tell((outcome ? words.saved : words.savedLoosely)(name));
          case "apply":
            return tell(words.applied(name));
          case "rename":
            return tell(words.renamed(name, detail.wanted));
          case "remove":
            return tell(words.removed(name));
          case "link":
            return tell(typeof outcome === "string" ? words.notCopied(outcome) : words.copied(name));
        }
      }}
      @scenarios-close=${() => handlers.manageScenarios(false)}
    ></cw-saved>
  `,
};

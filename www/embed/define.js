// The public elements by their names. The model comes first, so that it has joined its group before those who look for it.
import { leadTo } from "./engine.js";
import { FigureMember } from "./figure.js";
import { LeverMember } from "./lever.js";
import { startLinks } from "./links.js";
import { ModelMember } from "./model.js";
import { ValueMember } from "./value.js";

/** @param {string} page where the whole page is */
export function define(page) {
  leadTo(page);
  customElements.get("clause-model") ?? customElements.define("clause-model", ModelMember);
  customElements.get("clause-figure") ?? customElements.define("clause-figure", FigureMember);
  customElements.get("clause-lever") ?? customElements.define("clause-lever", LeverMember);
  customElements.get("clause-value") ?? customElements.define("clause-value", ValueMember);
  startLinks();
}

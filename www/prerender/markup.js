// Templates as markup that needs no script. What an element draws in a tree of its own is written into a box that bears the element's
// name as its class, and the element's style sheet is nested into that class: the same rules for the same boxes.
import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { LitElementRenderer } from "@lit-labs/ssr/lib/lit-element-renderer.js";
import { LitElement, html } from "lit";
import { FigureElement } from "../elements/figure/figure.js";
import { PlaceElement } from "../elements/place/place.js";
import { FigureMember } from "../embed/figure.js";
import { LeverMember } from "../embed/lever.js";
import own from "./base.css?inline";
import { tidied } from "./tidy.js";

/** @import { TemplateResult } from "lit" */

/**
 * A picture is drawn for the width that it has, so that its letters keep their size. Here nobody knows that width: it is drawn for
 * several, of which the style sheet shows one.
 */
const WIDTHS = [320, 400, 560, 640];

/** The elements of which something is in the present markup. @type {Set<string>} */
let used = new Set();

class StillRenderer extends LitElementRenderer {
  /** @param {ConstructorParameters<typeof LitElementRenderer>} all */
  constructor(...all) {
    super(...all);
    used.add(this.tagName);
  }

  /** @param {Parameters<LitElementRenderer["renderShadow"]>[0]} info */
  renderShadow(info) {
    const { element } = this;
    if (element instanceof FigureElement) {
      const picture = element.picture.bind(element);
      // The picture is asked for where there is a width, and the table where it is open.
      Object.assign(element, {
        width: Math.max(...WIDTHS),
        open: true,
        picture: (/** @type {never} */ data) => html`${WIDTHS.map((width) => html`<div class="at at-${String(width)}">${picture(data, width)}</div>`)}`,
      });
    }
    return super.renderShadow(info);
  }
}

/** The public elements, which are not drawn here themselves: they join groups. */
const MEMBERS = { "clause-figure": FigureMember, "clause-lever": LeverMember };

/**
 * What a public element has in its tree when its group has answered.
 * @param {keyof typeof MEMBERS} name
 * @param {TemplateResult} content
 */
export function memberOf(name, content) {
  used.add(name);
  if (name === "clause-lever") return html`<div class="clause-lever">${content}</div>`;
  used.add("cw-place");
  return html`<div class="clause-figure"><div class="figure"><div class="cw-place"><div class="card">${content}</div></div></div></div>`;
}

/**
 * @param {TemplateResult} template
 * @returns {Promise<{ markup: string, styles: string }>}
 */
export async function markupOf(template) {
  const result = await collectResult(render(template, { elementRenderers: [StillRenderer] }));
  const names = [...used].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  used = new Set();
  return { markup: tidied(result), styles: [...names.map(nested), own].join("\n") };
}

/** What lies within others has the last word. @param {string} name */
const rank = (name) => (name in MEMBERS ? 0 : name === "cw-place" ? 1 : 2);

/** The style sheet of an element, within the class that bears its name. @param {string} name */
function nested(name) {
  const found = MEMBERS[/** @type {keyof typeof MEMBERS} */ (name)] ?? (name === "cw-place" ? PlaceElement : customElements.get(name));
  const element = /** @type {typeof LitElement} */ (/** @type {unknown} */ (found));
  // Asking for these completes the class, its style sheets with it.
  void element.observedAttributes;
  const sheets = element.elementStyles ?? [];
  const text = sheets.map((sheet) => ("cssText" in sheet ? sheet.cssText : "")).join("\n");
  const within = text.replace(/:host\(((?:[^()]|\([^()]*\))*)\)/g, "&$1").replaceAll(":host", "&").replace(/(^|[\s>+~,(){}])(?=cw-[a-z]+\b)/g, "$1.");
  return `.${name}{${within}}`;
}


// Style properties of an element, set one by one through its style object. Lit's own `styleMap` writes the style attribute the first
// time, which a strict content security policy blocks.
import { noChange } from "lit";
import { Directive, directive } from "lit/directive.js";

/** @import { ElementPart } from "lit/directive.js" */

class Properties extends Directive {
  /** @param {Record<string, string>} _properties */
  render(_properties) {
    return noChange;
  }

  /**
   * @param {ElementPart} part
   * @param {[Record<string, string>]} properties names as in CSS
   */
  update(part, [properties]) {
    const { style } = /** @type {HTMLElement} */ (part.element);
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
    return noChange;
  }
}

/** Stands where an attribute would: `<span ${properties({ "--at": "0.5" })}></span>`. */
export const properties = directive(Properties);

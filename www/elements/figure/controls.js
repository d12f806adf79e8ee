// What is chosen inside a figure: one of a few in a row, one of many in a list, a number. All of them are native, so that a
// keyboard and a screen reader know them.
import { html, noChange, nothing } from "lit";
import { Directive, directive } from "lit/directive.js";
import { live } from "lit/directives/live.js";

/** @import { ElementPart } from "lit/directive.js" */
/** @typedef {{ id: string, title: string }} Option */
/** @typedef {{ label: string, options: readonly Option[] }} Group */
/** @typedef {Event & { target: HTMLInputElement }} InputChange */
/** @typedef {Event & { target: HTMLSelectElement }} SelectChange */

/**
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.legend what is chosen, for those who do not see it
 * @param {readonly (Option & { disabled?: boolean })[]} options.options
 * @param {string} options.value
 * @param {(id: string) => void} options.pick
 */
export const segments = ({ name, legend, options, value, pick }) => html`
  <fieldset class="segments">
    <legend class="visually-hidden">${legend}</legend>
    ${options.map(
      ({ id, title, disabled = false }) => html`
        <label>
          <input
            type="radio"
            name=${name}
            value=${id}
            .checked=${live(id === value)}
            ?disabled=${disabled}
            @change=${() => pick(id)}
          /><span>${title}</span>
        </label>
      `,
    )}
  </fieldset>
`;

/**
 * The views of a figure, of which one is shown.
 * @param {object} data
 * @param {readonly (Option & { disabled?: boolean })[]} data.views
 * @param {string} data.view
 * @param {string} data.legend
 * @param {(id: string) => void} pick
 */
export const viewSwitch = ({ views, view, legend }, pick) => html`
  <div class="controls">${segments({ name: "view", legend, options: views, value: view, pick })}</div>
`;

/**
 * @param {object} options
 * @param {string} options.id by which the label finds the list
 * @param {string} options.label
 * @param {readonly Group[]} options.groups
 * @param {string} options.value
 * @param {(id: string) => void} options.pick
 */
export const selection = ({ id: name, label, groups, value, pick }) => html`
  <div class="field">
    <label for=${name}>${label}</label>
    <select id=${name} @change=${(/** @type {SelectChange} */ event) => pick(event.target.value)}>
      ${groups.map(
        (group) => html`
          <optgroup label=${group.label}>
            ${group.options.map(
              ({ id, title }) => html`<option value=${id} .selected=${live(id === value)}>${title}</option>`,
            )}
          </optgroup>
        `,
      )}
    </select>
  </div>
`;

/**
 * Writes the value of a field, but not while someone types in it: an answer to the first digits would take away the next ones.
 */
const unlessTyping = directive(
  class extends Directive {
    /** @param {string} value */
    render(value) {
      return value;
    }

    /**
     * @param {ElementPart} part
     * @param {[string]} values
     */
    update({ element }, [value]) {
      const field = /** @type {HTMLInputElement} */ (element);
      const { activeElement } = /** @type {ShadowRoot} */ (field.getRootNode());
      if (activeElement !== field && field.value !== value) field.value = value;
      return noChange;
    }
  },
);

/**
 * @param {object} options
 * @param {string} options.id by which the label finds the field
 * @param {string} options.label
 * @param {number} options.value
 * @param {string} options.sign beside the number
 * @param {(value: number) => void} options.pick
 */
export const numberField = ({ id, label, value, sign, pick }) => html`
  <div class="field number">
    <label for=${id}>${label}</label>
    <span class="box">
      <input
        id=${id}
        type="number"
        inputmode="decimal"
        step="any"
        aria-describedby=${sign === "" ? nothing : `${id}-unit`}
        ${unlessTyping(String(value))}
        @input=${(/** @type {InputChange} */ { target }) => Number.isNaN(target.valueAsNumber) || pick(target.valueAsNumber)}
        @blur=${(/** @type {InputChange} */ { target }) => {
          if (Number.isNaN(target.valueAsNumber)) target.value = String(value);
        }}
      />
      ${sign === "" ? nothing : html`<span class="sign" id="${id}-unit">${sign}</span>`}
    </span>
  </div>
`;

/**
 * @param {object} options
 * @param {string} options.id by which the label finds the field
 * @param {string} options.label
 * @param {string} options.value
 * @param {(text: string) => void} options.pick
 */
export const searchField = ({ id, label, value, pick }) => html`
  <div class="field find">
    <label for=${id}>${label}</label>
    <input id=${id} type="search" .value=${live(value)} @input=${(/** @type {InputChange} */ { target }) => pick(target.value)} />
  </div>
`;

// The fields of a distribution. What is typed is taken as soon as it can be: all numbers are there, each is one that the quantity may
// have, and low is below high; the rest is the engine's to say.
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { fromDisplay, toDisplay } from "../../format/format.js";
import { strings } from "../../strings/assumptions.js";
import { strings as page } from "../../strings/index.js";

/** @import { Spread } from "../../engine/types.d.ts" */
/** @import { AssumptionData } from "../../figures/assumptions.js" */
/** @typedef {Event & { target: HTMLInputElement }} InputChange */
/** @typedef {Event & { target: HTMLSelectElement }} SelectChange */

/** Ends are those of the support, or P10 and P90. */
const TAILED = ["normal", "lognormal"];
const OPTIONAL = ["shape", "min", "max"];
const CHANCE = 100;

/**
 * @param {AssumptionData} data
 * @param {Spread} spread as far as it is typed
 * @param {{ draft: (spread: Spread) => void, change: (spread: Spread) => void }} tell
 */
export function spreadEditor(data, spread, { draft, change }) {
  const words = strings.editor;
  const complaint = faultOf(data, spread);
  /** @param {Spread} next */
  const take = (next) => (faultOf(data, next) === null ? change(next) : draft(next));
  return html`
    <div class="fields">
      <div class="part">
        <label for="kind">${words.kind}</label>
        <select
          id="kind"
          @change=${(/** @type {SelectChange} */ { target }) => take(data.proposed(spread, /** @type {Spread["kind"]} */ (target.value)))}
        >
          ${data.kinds.map(({ id, title }) => html`<option value=${id} .selected=${live(id === spread.kind)}>${title}</option>`)}
        </select>
      </div>
      ${data.parts(spread.kind).map((part) => (part === "points" ? nothing : number(data, spread, part, take)))}
    </div>
    ${spread.kind === "cumulative" ? points(data, spread, take) : nothing}
    ${complaint === null ? nothing : html`<p class="fault" role="status">${complaint}</p>`}
  `;
}

/**
 * @param {AssumptionData} data
 * @param {Spread} spread
 * @param {keyof Spread} part
 * @param {(spread: Spread) => void} take
 */
function number(data, spread, part, take) {
  // The base case of a flag is the box of its row.
  if (part === "value" && data.form === "flag") return nothing;
  const factor = part === "p" ? CHANCE : part === "shape" ? 1 : data.factor;
  const value = spread[part];
  const label = labelOf(spread, part);
  const never = value === "never";
  return html`
    <div class="part">
      <label for=${part}>${label}${OPTIONAL.includes(part) ? html` <span class="soft">${strings.editor.optional}</span>` : nothing}</label>
      <span class="box">
        <input
          id=${part}
          type="number"
          inputmode="decimal"
          step="any"
          ?disabled=${never}
          .value=${live(typeof value === "number" ? String(toDisplay(value, factor)) : "")}
          @change=${(/** @type {InputChange} */ { target }) => {
            const given = target.valueAsNumber;
            const { [part]: _old, ...rest } = spread;
            take(/** @type {Spread} */ (Number.isNaN(given) ? { ...rest, kind: spread.kind } : { ...spread, [part]: fromDisplay(given, factor) }));
          }}
        />
        ${part === "p" || part === "shape" || data.sign === "" ? nothing : html`<span class="sign" aria-hidden="true">${data.sign}</span>`}
      </span>
      ${part === "value" && data.never && spread.kind === "cumulative"
        ? html`<label class="check"
            ><input
              type="checkbox"
              aria-label=${strings.never(data.label)}
              .checked=${live(never)}
              @change=${(/** @type {InputChange} */ { target }) =>
                take({ ...spread, value: target.checked ? "never" : (spread.points?.at(-1)?.[0] ?? 0) })}
            />${page.levers.never}</label
          >`
        : nothing}
    </div>
  `;
}

/**
 * @param {AssumptionData} data
 * @param {Spread} spread
 * @param {(spread: Spread) => void} take
 */
function points(data, spread, take) {
  const words = strings.editor;
  const all = spread.points ?? [];
  /** @param {number} i @param {0 | 1} at @param {number} value */
  const changed = (i, at, value) =>
    all.map((point, k) => /** @type {[number, number]} */ (k === i ? (at === 0 ? [value, point[1]] : [point[0], value]) : point));
  /** @param {number} i @param {0 | 1} at @param {string} label @param {number} factor */
  const box = (i, at, label, factor) => html`<input
    type="number"
    inputmode="decimal"
    step="any"
    aria-label=${label}
    .value=${live(Number.isNaN(all[i]?.[at]) ? "" : String(toDisplay(all[i]?.[at] ?? 0, factor)))}
    @change=${(/** @type {InputChange} */ { target }) => take({ ...spread, points: changed(i, at, fromDisplay(target.valueAsNumber, factor)) })}
  />`;
  return html`
    <fieldset class="points">
      <legend>${words.points}</legend>
      <ol>
        ${all.map(
          (_, i) => html`<li>
            ${box(i, 0, words.x(i + 1), data.factor)}<span class="sign" aria-hidden="true">${data.sign}</span>
            ${box(i, 1, words.chance(i + 1), CHANCE)}<span class="sign" aria-hidden="true">%</span>
            <button
              type="button"
              class="link"
              aria-label=${words.remove(i + 1)}
              ?disabled=${all.length <= 2}
              @click=${() => take({ ...spread, points: all.filter((__, k) => k !== i) })}
            >
              ✕
            </button>
          </li>`,
        )}
      </ol>
      <button
        type="button"
        class="link"
        @click=${() => {
          const [x, p] = all.at(-1) ?? [0, 1];
          take({ ...spread, points: [...all, [x + 1, p]] });
        }}
      >
        ${words.add}
      </button>
    </fieldset>
  `;
}

/**
 * @param {Spread} spread
 * @param {keyof Spread} part
 */
function labelOf({ kind }, part) {
  const words = strings.editor;
  const tailed = TAILED.includes(kind);
  switch (part) {
    case "low":
      return tailed ? words.p10 : words.low;
    case "high":
      return tailed ? words.p90 : words.high;
    case "value":
      return kind === "triangular" || kind === "pert" ? words.mode : words.base;
    case "shape":
      return words.shape;
    case "min":
      return words.min;
    case "max":
      return words.max;
    default:
      return words.p;
  }
}

/**
 * Why what is typed is no distribution yet, or null.
 * @param {AssumptionData} data
 * @param {Spread} spread
 */
function faultOf(data, spread) {
  const words = strings.editor;
  for (const part of data.parts(spread.kind)) {
    const value = spread[part];
    const label = labelOf(spread, part);
    if (value === undefined) {
      if (!OPTIONAL.includes(part)) return words.missing(label);
    } else if (typeof value === "number") {
      if (part === "p" ? value < 0 || value > 1 : part !== "shape" && !data.allows(value)) return words.outside(label, data.bounds);
    }
  }
  if (spread.points?.some(([x, p]) => Number.isNaN(x) || Number.isNaN(p))) return words.missing(words.x(spread.points.length));
  if (spread.low !== undefined && spread.high !== undefined && spread.low >= spread.high) return words.order;
  return null;
}

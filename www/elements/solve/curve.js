// The curve of an outcome over a lever, the target as a line across it, and what happens where the two meet.
import { html, nothing, svg } from "lit";
import { curveScales, stretches } from "../../charts/curve.js";
import { linePath } from "../../charts/lines.js";
import { bandPath } from "../../charts/fan.js";
import { nearest } from "../../charts/dates.js";
import { strings } from "../../strings/index.js";
import { readingSlider } from "../figure/reading.js";

/** @import { Jump, Scanned } from "../../charts/curve.js" */
/** @import { SolveData } from "../../figures/solve.js" */

const LEFT = 48;
const TOP = 24;
const LABELS = 42;
/** How many steps the reading slider has. */
const STEPS = 64;

/**
 * @param {SolveData} data
 * @param {number} width
 * @param {{ reading: number | null, read: (index: number | null) => void }} reader the index that is read; null is what there is now
 */
export function curvePicture(data, width, { reading, read }) {
  const { curve, baseCurve, errors, jumps, baseJumps, roots, ranges, target, ends, now, tone, at, atTick, tick } = data;
  if (curve.at.length === 0) return nothing;
  const narrow = width < 480;
  const box = { left: LEFT, right: width - 16, top: TOP, bottom: TOP + (narrow ? 180 : 230) };
  const height = box.bottom + LABELS;
  const { x, y, xTicks, yTicks } = curveScales({
    interval: ends,
    values: [...curve.value, ...(baseCurve?.value ?? []), target, now?.value ?? null],
    box,
    ticks: { x: narrow ? 4 : 8, y: narrow ? 4 : 6 },
  });
  const paths = (/** @type {Scanned} */ scanned, /** @type {readonly Jump[]} */ breaks) =>
    stretches(scanned, breaks).map((points) => linePath(points.map(([px, py]) => [x(px), y(py)])));
  const nowIndex = now === null ? curve.at.length >> 1 : nearest(curve.at, place, x(now.at));
  const index = Math.min(reading ?? nowIndex, curve.at.length - 1);
  const readsNow = now !== null && index === nowIndex;
  const readAt = readsNow ? now.at : (curve.at[index] ?? 0);
  const targetY = y(target);
  const labelsLeft = away(curve, target, y);

  /**
   * The edge of the band in which the curve lies, two standard errors from it.
   * @param {1 | -1} way
   */
  function edge(way) {
    return curve.value.map((value, i) => (value === null ? null : value + way * 2 * (errors?.[i] ?? 0)));
  }

  /** @param {number | null} value */
  function place(value) {
    return x(value ?? 0);
  }

  return html`
    <div class="plot">
      <svg
        class=${tone}
        viewBox="0 0 ${width} ${height}"
        width=${width}
        height=${height}
        role="img"
        aria-labelledby="heading"
        aria-describedby="description"
        @pointermove=${(/** @type {PointerEvent & { currentTarget: SVGElement }} */ event) => {
          const { left } = event.currentTarget.getBoundingClientRect();
          read(nearest(curve.at, place, event.clientX - left));
        }}
        @pointerleave=${() => read(null)}
      >
        <clipPath id="inside"><path d=${`M${box.left},${box.top}H${box.right}V${box.bottom}H${box.left}Z`} /></clipPath>
        ${yTicks.map(
          ({ value, at: place }) => svg`
            <line class="grid" x1=${box.left} x2=${box.right} y1=${place} y2=${place} />
            <text x=${box.left - 6} y=${place + 4} text-anchor="end">${tick(value)}</text>`,
        )}
        ${xTicks.map(
          ({ value, at: place }) => svg`
            <line class="grid" x1=${place} x2=${place} y1=${box.bottom} y2=${box.bottom + 4} />
            <text x=${place} y=${box.bottom + 17} text-anchor="middle">${atTick(value)}</text>`,
        )}
        <line class="zero" x1=${box.left} x2=${box.right} y1=${box.bottom} y2=${box.bottom} />
        <text x=${box.right} y=${height - 5} text-anchor="end">${data.axis}</text>
        <line class="reading" x1=${x(readAt)} x2=${x(readAt)} y1=${box.top} y2=${box.bottom} />
        ${now === null
          ? nothing
          : svg`
            <line class="now" x1=${x(now.at)} x2=${x(now.at)} y1=${box.top - 6} y2=${box.bottom} />
            <text class="strong halo" x=${x(now.at)} y=${box.top - 11} text-anchor=${anchor(x(now.at), width)}>${now.text}</text>`}
        <g clip-path="url(#inside)">
          ${errors === null ? nothing : svg`<path class="sure" d=${bandPath(curve.at, edge(-1), edge(1), x, y)} />`}
          ${baseCurve === null ? nothing : paths(baseCurve, baseJumps).map((d) => svg`<path class="ghost" d=${d} />`)}
          ${paths(curve, jumps).map((d) => svg`<path class="line" d=${d} />`)}
        </g>
        <line class="target" x1=${box.left} x2=${box.right} y1=${targetY} y2=${targetY} />
        <text class="target-name halo" x=${labelsLeft ? box.left + 6 : box.right - 4} y=${targetY - 7} text-anchor=${labelsLeft ? "start" : "end"}>${data.targetText}</text>
        ${ranges.map(({ from, to }) => svg`<line class="range" x1=${x(from)} x2=${x(to)} y1=${targetY} y2=${targetY} />`)}
        ${jumps.map(
          (jump) => svg`
            <line class="jump" x1=${x(jump.at)} x2=${x(jump.at)} y1=${y(jump.before)} y2=${y(jump.after)} />
            <circle class="open" cx=${x(jump.at)} cy=${y(jump.before)} r="4" />
            <circle class="dot" cx=${x(jump.at)} cy=${y(jump.after)} r="4" />`,
        )}
        ${now === null ? nothing : svg`<circle class="dot" cx=${x(now.at)} cy=${y(now.value)} r="4.5" />`}
        ${roots.map((root, i) => {
          const side = besideRoot(roots.map(x), i, width);
          return svg`
            <line class="drop" x1=${x(root)} x2=${x(root)} y1=${targetY} y2=${box.bottom} />
            <circle class="root" cx=${x(root)} cy=${targetY} r="6" />
            ${side === null
              ? nothing
              : svg`<text class="strong halo" x=${x(root)} y=${box.bottom - 6} text-anchor=${side} dx=${side === "end" ? -6 : 6}>${at(root)}</text>`}`;
        })}
      </svg>
      ${readingSlider({
        max: STEPS,
        value: Math.round(((readAt - ends[0]) / (ends[1] - ends[0])) * STEPS),
        left: box.left,
        width: box.right - box.left,
        label: data.read.label,
        text: said(data, index, readsNow),
        read: (position) => read(nearest(curve.at, place, box.left + ((box.right - box.left) * position) / STEPS)),
      })}
      <div class="readout ${tone}">
        <h3>${said(data, index, readsNow)}</h3>
        ${baseCurve === null
          ? nothing
          : html`<ul>
              <li><span class="swatch dashed"></span><span class="name">${strings.figures.baseLegend}</span></li>
            </ul>`}
      </div>
    </div>
  `;
}

/** The width of the value of a root, about. */
const VALUE = 90;

/**
 * On which side of a root its value is written: where there is room, or nowhere.
 * @param {readonly number[]} places of all roots, ascending
 * @param {number} index
 * @param {number} width
 * @returns {"start" | "end" | null}
 */
function besideRoot(places, index, width) {
  const [before, here, after] = [places[index - 1] ?? -VALUE, places[index] ?? 0, places[index + 1] ?? width + VALUE / 2];
  if (after - here > VALUE) return "start";
  return here - before > VALUE && here > VALUE ? "end" : null;
}

/**
 * Whether the curve is further from the target at its left end than at its right one, so that there is room for words.
 * @param {Scanned} curve
 * @param {number} target
 * @param {(value: number) => number} y
 */
function away({ value }, target, y) {
  const [first, last] = [value[0] ?? target, value.at(-1) ?? target];
  return Math.abs(y(first) - y(target)) >= Math.abs(y(last) - y(target));
}

/**
 * @param {SolveData} data
 * @param {number} index
 * @param {boolean} readsNow
 */
function said({ curve, now, at, show, read }, index, readsNow) {
  if (readsNow && now !== null) return now.text;
  return read.text(at(curve.at[index] ?? 0), show(curve.value[index]));
}

/**
 * @param {number} x
 * @param {number} width
 */
const anchor = (x, width) => (x < width * 0.25 ? "start" : x > width * 0.75 ? "end" : "middle");

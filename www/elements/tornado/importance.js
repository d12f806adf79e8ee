// How much of a metric's variance comes from each assumption: two bars, a solid one for what it does by itself and a hatched one for
// what it does together with others as well, each with a whisker for how sure that is.
import { html, nothing, svg } from "lit";
import { partBars } from "../../charts/parts.js";
import { strings as page } from "../../strings/index.js";
import { strings } from "../../strings/questions.js";
import { ghost } from "../figure/ghost.js";
import { LINE, namedRows } from "../figure/rows.js";

/** @import { PartBar } from "../../charts/parts.js" */
/** @import { ImportanceData } from "../../figures/importance.js" */

const BAR = 10;
const AXIS = 26;
/** Room for the figure at the end of a bar. */
const END = 46;

/**
 * @param {ImportanceData} data
 * @param {number} width
 */
export function importancePicture({ rows, tone, tick, changed }, width) {
  if (rows.length === 0) return nothing;
  const narrow = width < 620;
  const names = narrow ? 0 : 250;
  const { bars, ticks, zero } = partBars({
    rows: rows.map(({ first, total }) => [first, total]),
    left: names + 1,
    right: width - END,
    ticks: narrow ? 4 : 6,
  });
  const layout = namedRows(rows.map(({ label }) => label), { width: narrow ? width - 4 : names - 16, narrow, bar: 2 * BAR });
  const height = AXIS + layout.height;
  const words = strings.importance;
  return html`
    <ul class="legend ${tone}">
      <li><span class="swatch high"></span>${words.first}</li>
      <li><span class="swatch low"></span>${words.total}</li>
      <li><svg class="key" viewBox="0 0 18 10" aria-hidden="true"><path class="whisker" d="M2,1V9M16,1V9M2,5H16" /></svg>${words.whisker}</li>
      ${changed ? html`<li><span class="swatch dashed"></span>${page.figures.baseLegend}</li>` : nothing}
    </ul>
    <div class="plot">
      <svg class=${tone} viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-labelledby="heading" aria-describedby="description">
        <defs>
          <pattern id="low" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="low-ground" width="5" height="5" />
            <line class="low-line" x1="0" y1="0" x2="0" y2="5" />
          </pattern>
        </defs>
        ${ticks.map(
          ({ value, at }) => svg`
            <line class="grid" x1=${at} x2=${at} y1=${AXIS - 8} y2=${height} />
            <text x=${at} y="12" text-anchor=${at < 16 ? "start" : "middle"}>${tick(value)}</text>`,
        )}
        ${rows.map(({ first, total }, i) => {
          const { first: baseline, lines, bar } = layout.rows[i] ?? { first: 0, lines: [], bar: 0 };
          const [solid, hatched] = bars[i] ?? [];
          const y = AXIS + bar;
          return svg`
            ${lines.map((line, k) => svg`<text class="name halo" x="0" y=${AXIS + baseline + k * LINE}>${line}</text>`)}
            ${solid ? one(solid, "high", y, first.text) : nothing}
            ${hatched ? one(hatched, "low", y + BAR, total.text) : nothing}`;
        })}
        <line class="zero" x1=${zero} x2=${zero} y1=${AXIS - 8} y2=${height} />
      </svg>
    </div>
  `;
}

/**
 * A bar with its whisker and its figure.
 * @param {PartBar} bar
 * @param {"low" | "high"} kind
 * @param {number} y
 * @param {string} text
 */
const one = ({ x, width, from, to, was }, kind, y, text) => svg`
  <rect class="bar ${kind}" x=${x} y=${y + 1} width=${Math.max(width, 1)} height=${BAR - 2} />
  <path class="whisker-ground" d=${`M${from},${y + BAR / 2}H${to}`} />
  <path class="whisker" d=${`M${from},${y + 2}V${y + BAR - 2}M${to},${y + 2}V${y + BAR - 2}M${from},${y + BAR / 2}H${to}`} />
  ${was === null ? nothing : ghost(was, y, was, y + BAR)}
  <text class="end halo" x=${Math.max(to, x + width) + 6} y=${y + BAR - 1}>${text}</text>`;

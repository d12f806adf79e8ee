// Where assumptions alone bring a present value to nothing: a scale for each, from the least to the greatest value that was searched,
// with a mark where it stands now and one where it breaks even.
import { html, nothing, svg } from "lit";
import { scaleOver } from "../../charts/track.js";
import { wrapped } from "../../charts/wrap.js";
import { strings as page } from "../../strings/index.js";
import { strings } from "../../strings/questions.js";
import { ghost } from "../figure/ghost.js";

/** @import { EvenData, EvenRow } from "../../figures/even.js" */

const LINE = 16;
const TRACK = 40;

/**
 * @param {EvenData} data
 * @param {number} width
 */
export function evenPicture({ rows, tone, changed }, width) {
  if (rows.length === 0) return nothing;
  const narrow = width < 560;
  const names = narrow ? 0 : 250;
  const track = { left: names, right: width - 1 };
  let height = 0;
  const placed = rows.map((row) => {
    const lines = wrapped(row.name, { width: narrow ? width : names - 16, size: 13, lines: 2 });
    const top = height;
    height += (narrow ? lines.length * LINE + TRACK + 4 : Math.max(lines.length * LINE, TRACK)) + 18;
    return { row, lines, top, y: top + (narrow ? lines.length * LINE + 8 : 0) + 16 };
  });
  const words = strings.solve.even;
  return html`
    <ul class="legend ${tone}">
      <li><svg class="key" viewBox="0 0 10 10" aria-hidden="true"><circle class="now" cx="5" cy="5" r="4" /></svg>${words.now}</li>
      <li><svg class="key" viewBox="0 0 10 10" aria-hidden="true"><circle class="root" cx="5" cy="5" r="3.5" /></svg>${words.at}</li>
      ${changed ? html`<li><span class="swatch dashed"></span>${page.figures.baseLegend}</li>` : nothing}
    </ul>
    <div class="plot">
      <svg class=${tone} viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-labelledby="heading" aria-describedby="description">
        ${placed.map(
          ({ row, lines, top, y }) => svg`
            ${lines.map((line, k) => svg`<text class="name" x="0" y=${top + (narrow ? 14 : 20) + k * LINE}>${line}</text>`)}
            ${scale(row, y, track)}`,
        )}
      </svg>
    </div>
  `;
}

/**
 * @param {EvenRow} row
 * @param {number} y
 * @param {{ left: number, right: number }} track
 */
function scale({ low, high, lowText, highText, now, nowText, atText, roots, jumps, ranges, was }, y, { left, right }) {
  const x = scaleOver({ low, high, left: left + 6, right: right - 6 });
  const marks = [...roots, ...jumps, ...ranges.map(({ from }) => from)];
  const mark = x(marks[0] ?? low);
  const here = now === null ? null : x(now);
  // The two texts stand on either side of each other, outwards.
  const markLeft = here === null ? mark > (left + right) / 2 : mark < here;
  return svg`
    <line class="track" x1=${left} x2=${right} y1=${y} y2=${y} />
    <text x=${left} y=${y + 20}>${lowText}</text>
    <text x=${right} y=${y + 20} text-anchor="end">${highText}</text>
    ${ranges.map(({ from, to }) => svg`<line class="range" x1=${x(from)} x2=${x(to)} y1=${y} y2=${y} />`)}
    ${was.map((each) => ghost(x(each), y - 8, x(each), y + 8))}
    ${here === null ? nothing : svg`<circle class="now" cx=${here} cy=${y} r="5" />`}
    ${marks.map((each) => svg`<circle class="root" cx=${x(each)} cy=${y} r="5" />`)}
    <text class="strong halo" x=${mark} y=${y - 9} text-anchor=${side(mark, markLeft, left, right)}>${atText}</text>
    ${here === null ? nothing : svg`<text class="halo" x=${here} y=${y + 20} text-anchor=${side(here, !markLeft, left, right)}>${nowText}</text>`}`;
}

/**
 * @param {number} x
 * @param {boolean} leftwards
 * @param {number} left
 * @param {number} right
 */
function side(x, leftwards, left, right) {
  if (x < left + 70) return "start";
  if (x > right - 70) return "end";
  return leftwards ? "end" : "start";
}

// Round values along a scale: 1, 2 or 5 with noughts, about as many as are asked for. The rule is that of d3-array's `ticks`, of which
// this is the part for scales that ascend; a test holds the two together. That module comes as one file of nine kilobytes.

/** Where a step of 10, 5 or 2 is nearer than the next smaller one: the geometric means between them. */
const STEPS = /** @type {const} */ ([
  [7.0710678118654755, 10],
  [3.1622776601683795, 5],
  [1.4142135623730951, 2],
]);

/**
 * @param {number} low
 * @param {number} high
 * @param {number} count
 * @returns {number[]}
 */
export function ticks(low, high, count) {
  if (!(count > 0) || !(high >= low)) return [];
  if (low === high) return [low];
  const rough = (high - low) / count;
  const power = Number(rough.toExponential().split("e")[1]);
  const error = rough / Number(`1e${power}`);
  const factor = STEPS.find(([from]) => error >= from)?.[1] ?? 1;
  // Steps below one are divided by, so that 0.3 is 3 / 10 and not 3 times a tenth.
  const whole = power >= 0;
  const unit = whole ? factor * Number(`1e${power}`) : Number(`1e${-power}`) / factor;
  const at = (/** @type {number} */ i) => (whole ? i * unit : i / unit);
  let first = Math.round(whole ? low / unit : low * unit);
  let last = Math.round(whole ? high / unit : high * unit);
  if (at(first) < low) first += 1;
  if (at(last) > high) last -= 1;
  if (last < first && count >= 0.5 && count < 2) return ticks(low, high, count * 2);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => at(first + i));
}

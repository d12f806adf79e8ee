// Labels that stand beside what they name, moved as little as it takes to keep them apart.

/**
 * Places on a line, at least `apart` from each other, in the order of where they belong.
 * @param {readonly number[]} wanted
 * @param {object} options
 * @param {number} options.apart
 * @param {number} options.low the first place there is
 * @param {number} options.high the last
 * @returns {number[]} in the order of `wanted`
 */
export function spread(wanted, { apart, low, high }) {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const places = [...wanted];
  let least = low;
  for (const i of order) {
    places[i] = Math.max(places[i] ?? 0, least);
    least = (places[i] ?? 0) + apart;
  }
  let most = high;
  for (const i of order.toReversed()) {
    places[i] = Math.min(places[i] ?? 0, most);
    most = (places[i] ?? 0) - apart;
  }
  return places;
}

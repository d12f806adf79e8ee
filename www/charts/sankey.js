// Streams between parties, from left to right: d3's layout, in an order that stays as it is given, so that nothing changes places
// while a lever moves. A node keeps room for what it was in the base case, so that both can be drawn to one scale.
import { sankey, sankeyLinkHorizontal } from "d3-sankey";

/** @import { Box } from "./plot.js" */

/**
 * @typedef {object} Node
 * @property {string} id
 * @property {number} column from the left
 * @property {number} value
 * @property {number | null} base what it was
 */
/** @typedef {{ from: string, to: string, value: number }} Link */
/** @typedef {{ x: number, y: number, width: number, height: number, middle: number, baseHeight: number | null }} PlacedNode */
/** @typedef {{ d: string, width: number }} PlacedLink */

/** How often d3 moves the nodes towards what they are joined with. */
const ROUNDS = 24;

/**
 * @param {object} options
 * @param {readonly Node[]} options.nodes from above
 * @param {readonly Link[]} options.links
 * @param {Box} options.box
 * @param {number} options.thickness of a node
 * @param {number} options.apart what keeps nodes of a column apart
 * @returns {{ nodes: PlacedNode[], links: PlacedLink[] }} in the order in which they were given
 */
export function streams({ nodes, links, box, thickness, apart }) {
  if (links.length === 0) return { nodes: [], links: [] };
  const layout = /** @type {typeof sankey<Node, {}>} */ (sankey)()
    .nodeId(({ id }) => id)
    .nodeAlign((node) => /** @type {Node} */ (/** @type {unknown} */ (node)).column)
    .nodeSort(null)
    .linkSort(null)
    .nodeWidth(thickness)
    .nodePadding(apart)
    .iterations(ROUNDS)
    .extent([
      [box.left, box.top],
      [box.right, box.bottom],
    ]);
  const drawn = layout({
    nodes: nodes.map((node) => ({ ...node, fixedValue: Math.max(node.value, node.base ?? 0) })),
    links: links.map(({ from, to, value }) => ({ source: from, target: to, value })),
  });
  const path = sankeyLinkHorizontal();
  return {
    nodes: drawn.nodes.map((placed, i) => {
      const { x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = placed;
      const { value = 0, base = null } = nodes[i] ?? {};
      const most = Math.max(value, base ?? 0);
      const scale = most > 0 ? (y1 - y0) / most : 0;
      const height = value * scale;
      return { x: x0, y: y0, width: x1 - x0, height, middle: y0 + height / 2, baseHeight: base === null ? null : base * scale };
    }),
    links: drawn.links.map((link) => ({ d: path(link) ?? "", width: link.width ?? 0 })),
  };
}

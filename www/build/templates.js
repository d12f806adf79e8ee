// The templates of the elements without their indentation, which a browser does not show and a reader downloads. Between two words, or
// two elements, one space is left, as it is shown.

const TAGS = ["html", "svg"];

/**
 * A node of a syntax tree, as far as it is looked at here.
 * @typedef {{ type: string, start: number, end: number, tag?: { name?: string }, quasi?: { quasis: { start: number, end: number }[] } }} Node
 */

/** @returns {import("vite").Plugin} */
export const shortTemplates = () => ({
  name: "clauseworth:short-templates",
  apply: "build",
  transform(code, id) {
    if (id.includes("node_modules") || !/\.js$/.test(id) || !TAGS.some((tag) => code.includes(`${tag}\``))) return null;
    /** @type {{ start: number, end: number }[]} */
    const texts = [];
    const visit = (/** @type {unknown} */ node) => {
      if (node === null || typeof node !== "object") return;
      const { type, tag, quasi } = /** @type {Node} */ (node);
      if (type === "TaggedTemplateExpression" && TAGS.includes(tag?.name ?? "")) texts.push(...(quasi?.quasis ?? []));
      for (const child of Object.values(node)) visit(child);
    };
    visit(this.parse(code));
    let short = code;
    for (const { start, end } of texts.sort((a, b) => b.start - a.start)) {
      short = short.slice(0, start) + short.slice(start, end).replaceAll(/\s*\n\s*/g, " ") + short.slice(end);
    }
    return { code: short, map: null };
  },
});

// What an author's page loads: `<script type="module" src="…/elements.js">`. Its name stays; what it loads has names that change with
// every version. Where the script is on a page twice, also in two versions, the first defines the elements and the others do nothing
// but say so: a page has one engine, and elements of one kind know each other.

const CLAIM = Symbol.for("clauseworth.elements");
const page = /** @type {Record<symbol, string | undefined>} */ (/** @type {unknown} */ (globalThis));
const first = page[CLAIM];
if (first === undefined) {
  page[CLAIM] = import.meta.url;
  const { define } = await import("./define.js");
  define(new URL("./", import.meta.url).href);
} else if (first !== import.meta.url) {
  console.info(`Clauseworth: the elements of this page come from ${first}; ${import.meta.url} is not used.`);
}

// Dynamic imports as they are written. Vite wraps each in a helper that adds links to the head of the document, so that what a part
// imports is fetched along with it; in an author's page that would be a change to someone else's document, and the helper with its
// lists is a kilobyte of every embed. The parts have no style sheets of their own, which is the other thing that it sees to, and
// import what is loaded already.

const HELPER = "native:import-analysis-build";

/** @returns {import("vite").Plugin} */
export const plainImports = () => ({
  name: "clauseworth:plain-imports",
  apply: "build",
  configResolved({ plugins }) {
    const list = /** @type {import("vite").Plugin[]} */ (plugins);
    const at = list.findIndex(({ name }) => name === HELPER);
    if (at < 0) throw new Error(`Vite has no plugin "${HELPER}" any more.`);
    list.splice(at, 1);
  },
});

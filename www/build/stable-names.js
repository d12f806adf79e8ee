// The scripts that other pages name lie at the top of the built site. While the page is developed they lie beside their parts, and the
// article, which names them as an author's page does, finds them there.

/**
 * @param {Readonly<Record<string, string>>} names what a script is called, and where it lies
 * @returns {import("vite").Plugin}
 */
export const stableNames = (names) => ({
  name: "clauseworth:stable-names",
  apply: "serve",
  configureServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      const name = /^\/([\w-]+\.js)(?:\?|$)/.exec(request.url ?? "")?.[1] ?? "";
      if (Object.hasOwn(names, name)) request.url = names[name];
      next();
    });
  },
});

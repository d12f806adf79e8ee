// The words of the figures of money, infrastructure and two assumptions at once, in the language of `index.js`.
export { figureStrings as strings } from "./en-figures.js";

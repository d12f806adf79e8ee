// The words of the cards that explain numbers, in the language of `index.js`.
export { explain as strings } from "./en-explain.js";

// The words of the cards that show draws, in the language of `index.js`.
export { draws as strings } from "./en-draws.js";

// The words of the cards that are loaded when they come near the view, in the language of `index.js`.
export { questions as strings } from "./en-questions.js";

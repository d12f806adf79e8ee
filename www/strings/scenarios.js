// The words of the reader's own scenarios, in the language of `index.js`.
export { scenarios as strings } from "./en-scenarios.js";

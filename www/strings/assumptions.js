// The words of the table of all assumptions, in the language of `index.js`.
export { assumptions as strings } from "./en-assumptions.js";

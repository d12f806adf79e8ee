// The words of what leaves the page, in the language of `index.js`.
export { exporting as strings } from "./en-export.js";

// The words of the page alone, in its language.
export { page as strings } from "./en-page.js";

// The words of the reader's own deal, in the language of `index.js`.
export { own as strings } from "./en-own.js";

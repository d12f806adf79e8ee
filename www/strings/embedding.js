// The words of the embed dialog. Another language is another file beside this one.
export { en as strings } from "./en-embedding.js";

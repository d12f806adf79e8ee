// The page speaks the language of this file's choice. Another language is another file beside `en.js` with the same keys.
export { en as strings } from "./en.js";

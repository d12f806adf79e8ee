// The words of the embeds in the language of the page.
export { en as strings } from "./en-embed.js";

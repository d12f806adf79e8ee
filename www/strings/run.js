// The words of the other figures of a run in the language of `index.js`.
export { run as strings } from "./en-run.js";

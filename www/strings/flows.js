// The words of the backer's flows in the language of `index.js`.
export { flows as strings } from "./en-flows.js";

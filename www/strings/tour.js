// See `index.js`.
export { en as strings } from "./en-tour.js";

// The package comes from another origin, as from a network of servers for packages: the same machine by its other name.
import { show } from "../show.js";

await show(await import(`http://localhost:${location.port}/page/node_modules/clauseworth/index.js`));

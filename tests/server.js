// Serves the built page to the tests, from a folder within a folder, as a static host would: the page must not care where it lies.
import { fileURLToPath } from "node:url";
import { FOLDER, PORT } from "./address.js";
import { serve } from "./static.js";

/** It listens from the moment that this module is loaded. */
export const server = serve(fileURLToPath(new URL("../target/site/", import.meta.url)), FOLDER, PORT);

// A worker of a page.
import { serve } from "./draws.js";

self.addEventListener("message", async ({ data: { script, library }, ports: [port] }) => {
  /** @type {typeof import("clauseworth-simulation")} */
  const { default: init, Deal } = await import(script);
  await init();
  if (port !== undefined) serve(port, Deal, library);
});

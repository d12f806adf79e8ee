// The module of the engine that draws, in the thread that loads it: the one with vector instructions, or the one without.

/** @import { DrawerParts, DrawingModule } from "./types.d.ts" */

/**
 * @param {Omit<DrawerParts, "library">} parts
 * @returns {Promise<DrawingModule>}
 */
export async function openModule({ wasm, vectors }) {
  const glue = vectors ? await import("clauseworth-simulation") : await import("clauseworth-simulation-plain");
  await glue.default({ module_or_path: wasm });
  return glue;
}

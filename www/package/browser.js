// The package in a browser, as a plain page or a bundler loads it.
import { part } from "../engine/assets.js";
import { threadsFor } from "../engine/draws/open.js";
import { fromAddress } from "../engine/workers.js";
import coreUrl from "../../target/pkg/clauseworth_wasm_bg.wasm?url";
import { use } from "./assets.js";
import { ProgramEngine } from "./engine.js";

/** @import { OpenOptions } from "./index.d.ts" */

export { EngineError } from "../engine/errors.js";

use({
  part,
  workers: () => [
    // Bundlers find a worker by these very words.
    () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
    // Where Trusted Types refuse that, or the package comes from another origin. The address is made by way of another file's, or a
    // bundler would take the worker for a file to be copied; there is none where it has bundled it.
    ...fromAddress(new URL("worker.js", coreUrl).href),
  ],
});

/** @param {OpenOptions} [options] */
export const open = ({ threads = threadsFor(navigator.hardwareConcurrency || 2) } = {}) => ProgramEngine.open(threads);

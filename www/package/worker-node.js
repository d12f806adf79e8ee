// The entry of a thread in Node: the port to the other side has the face of a browser's worker, under the name that it has there.
import { parentPort } from "node:worker_threads";

Object.assign(globalThis, { self: parentPort });
await import("../engine/draws/worker.js");

// The worker's side of the engine: a call comes in, its value or its error goes back. A question that waits for its module to be
// loaded keeps no other call waiting. What is to be fetched at once is said by the name of the worker, since it begins before any call.
import { toPlain } from "./errors.js";
import { Host } from "./host.js";

/** @import { Call, Reply } from "./types.d.ts" */

/** @param {Reply} reply */
const post = (reply) => self.postMessage(reply);

async function open() {
  const host = await Host.open({ bare: self.name === "bare" });
  self.addEventListener("message", async (/** @type {MessageEvent<Call>} */ { data: call }) => {
    try {
      const method = /** @type {(...all: unknown[]) => unknown} */ (host[call.method]);
      post({ kind: "value", id: call.id, value: await method.apply(host, [...call.arguments]) });
    } catch (error) {
      post({ kind: "error", id: call.id, error: toPlain(error) });
    }
  });
  post({ kind: "ready" });
}

// A classic script, which this becomes in the page that is one file, cannot wait at its top.
open().catch((error) => post({ kind: "failed", error: toPlain(error) }));

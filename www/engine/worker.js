// The worker's side of the engine: a call comes in, its value or its error goes back.
import { toPlain } from "./errors.js";
import { Host } from "./host.js";

/** @import { Call, DealRequest, Reply } from "./types.d.ts" */

/** @param {Reply} reply */
const post = (reply) => self.postMessage(reply);

/**
 * @param {Host} host
 * @param {Call} call
 */
function answer(host, { method, argument }) {
  switch (method) {
    case "version":
      return host.version();
    case "deals":
      return host.deals();
    case "describe":
      return host.describe(/** @type {string} */ (argument));
    case "run":
      return host.run(/** @type {DealRequest} */ (argument));
  }
}

try {
  const host = await Host.open();
  self.addEventListener("message", (/** @type {MessageEvent<Call>} */ { data: call }) => {
    try {
      post({ kind: "value", id: call.id, value: answer(host, call) });
    } catch (error) {
      post({ kind: "error", id: call.id, error: toPlain(error) });
    }
  });
  post({ kind: "ready" });
} catch (error) {
  post({ kind: "failed", error: toPlain(error) });
}

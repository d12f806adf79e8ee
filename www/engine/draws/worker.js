// The worker's side of a thread that draws. It says that it listens, since what is sent to a worker whose script is still being
// loaded may be lost; then it is given all that it needs, and fetches nothing.
import { toPlain } from "../errors.js";
import { Drawer } from "./drawer.js";
import { openModule } from "./module.js";
import { buffersOf } from "./thread.js";

/** @import { DrawerCall, DrawerReply } from "./types.d.ts" */

/**
 * @param {DrawerReply} reply
 * @param {ArrayBuffer[]} [handed]
 */
const post = (reply, handed = []) => self.postMessage(reply, { transfer: handed });

/** @type {Drawer | null} */
let drawer = null;

self.addEventListener("message", async (/** @type {MessageEvent<DrawerCall>} */ { data: call }) => {
  if (call.kind === "open") {
    try {
      const opened = new Drawer(await openModule(call), call.library);
      opened.warm();
      drawer = opened;
      post({ kind: "ready" });
    } catch (error) {
      post({ kind: "failed", error: toPlain(error) });
    }
    return;
  }
  try {
    const method = /** @type {(...all: unknown[]) => unknown} */ (drawer?.[call.method]);
    const value = method.apply(drawer, [...call.arguments]);
    post({ kind: "value", id: call.id, value }, call.method === "draw" ? buffersOf(value) : []);
  } catch (error) {
    post({ kind: "error", id: call.id, error: toPlain(error) });
  }
});
self.addEventListener("messageerror", () => post({ kind: "unreadable" }));
post({ kind: "listening" });

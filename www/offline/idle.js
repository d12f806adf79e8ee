// When the site is put on the device: after everything that the reader waits for. In a frame of another site neither storage nor a
// worker is the reader's to give, so only a page by itself does so; and none that saves data, since the whole site is a megabyte.

/** @import { Told } from "./register.js" */

/** How long after the page has begun, in milliseconds. */
const AFTER = 4000;

/** @param {Told} told */
export function keepWhenIdle(told) {
  if (!mayKeep(window)) return;
  setTimeout(async () => {
    try {
      const { keepOffline } = await import("./register.js");
      await keepOffline(navigator, "sw.js", () => location.reload(), told);
    } catch {
      // Without storage, or without the file beside the page, it works as long as there is a network.
    }
  }, AFTER);
}

/** @typedef {Pick<Window, "top" | "self" | "isSecureContext" | "navigator">} Place */

/**
 * Whether this page may keep itself on the device.
 * @param {Place} window
 */
export function mayKeep({ top, self, isSecureContext, navigator }) {
  try {
    const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
    return top === self && isSecureContext && "serviceWorker" in navigator && !connection?.saveData;
  } catch {
    return false;
  }
}

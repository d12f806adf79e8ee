// The page without a network: the service worker is registered, and what becomes of it is told.
import { trustedScript } from "../trusted.js";

/**
 * @typedef {object} Told
 * @property {() => void} ready called when the site is on the device
 * @property {(take: () => void) => void} newer called when a newer build waits; `take` opens it in the place of this one
 */

/**
 * @param {{ serviceWorker: Pick<ServiceWorkerContainer, "register" | "addEventListener" | "controller"> }} navigator
 * @param {string} address of the worker
 * @param {() => void} reload
 * @param {Told} told
 */
export async function keepOffline({ serviceWorker }, address, reload, { ready, newer }) {
  const registration = await serviceWorker.register(trustedScript(address));
  let taken = false;
  // Where another page took it, this one goes on with what it began with.
  const follows = () => {
    if (!taken) return;
    taken = false;
    reload();
  };
  /** @param {ServiceWorker} waiting */
  const offer = (waiting) =>
    newer(() => {
      taken = true;
      // A page that was opened past its worker has no controller that could change.
      waiting.addEventListener("statechange", () => {
        if (waiting.state === "activated") follows();
      });
      waiting.postMessage("use this build");
    });
  serviceWorker.addEventListener("controllerchange", follows);
  /** @param {ServiceWorker} worker */
  const watch = (worker) => {
    // Without one before it there is nothing to replace: it starts by itself.
    if (worker.state === "installed" && registration.active) offer(worker);
    else if (worker.state === "activated") ready();
  };
  const follow = () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => watch(installing));
  };
  registration.addEventListener("updatefound", follow);
  follow();
  if (registration.active) ready();
  if (registration.waiting) offer(registration.waiting);
}

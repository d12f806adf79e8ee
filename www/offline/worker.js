// The service worker: it keeps one build of the site on the device, whole, and answers from it, with or without a network.
//
// One build's files never mix with another's. The list of files comes with the worker, each with its digest, so that a host that is
// being updated cannot hand over half of each build: then nothing is installed, and the browser tries again another time. A newer
// build waits until the reader takes it, or until no page of the older one is open. Pages that were open then go on with what
// they began with: its files bear their digests in their names, and the build before is kept.
//
// The build writes `clauseworth` before this text: what the build is called, and its files. It is a classic script, for the
// browsers whose service workers cannot be modules.

/** @import { ServiceWorkerThread } from "./types.d.ts" */

/** @typedef {{ build: string, files: Record<string, string>, pinned: string }} Build files by their addresses, with their digests; where pinned versions lie */

const worker = /** @type {ServiceWorkerThread} */ (/** @type {unknown} */ (self));
const { build, files, pinned } = /** @type {{ clauseworth: Build }} */ (/** @type {unknown} */ (self)).clauseworth;

const { scope } = worker.registration;
/** Storage is the whole origin's, and there may be more than one copy of this site on it. */
const prefix = `clauseworth ${scope} `;
const current = prefix + build;

/** The file that an address of the site means; some hosts leave the ending of a page away. @param {string} address */
const fileOf = (address) => {
  const { origin, pathname } = new URL(address);
  const url = origin + pathname;
  if (!url.startsWith(scope)) return null;
  const path = url.slice(scope.length);
  if (path === "" || path.endsWith("/")) return `${path}index.html`;
  return !(path in files) && `${path}.html` in files ? `${path}.html` : path;
};

/**
 * What can be kept: a browser takes nothing that was redirected for the answer to a navigation, and some hosts redirect `index.html` to
 * its folder.
 * @param {Response} response
 */
const plain = async (response) => (response.redirected ? new Response(await response.blob(), { headers: response.headers }) : response);

async function install() {
  const cache = await caches.open(current);
  try {
    await Promise.all(
      Object.entries(files).map(async ([file, integrity]) => {
        const response = await fetch(new URL(file, scope), { integrity, cache: "no-cache" });
        if (!response.ok) throw new Error(`${file}: ${response.status}`);
        await cache.put(new URL(file, scope), await plain(response));
      }),
    );
  } catch (error) {
    await caches.delete(current);
    throw error;
  }
}

/** Of the builds before, only the last is kept: a page that was open during the update may still need it. */
async function tidyUp() {
  const before = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== current);
  await Promise.all(before.slice(0, -1).map((name) => caches.delete(name)));
}

/** @param {string} file */
async function kept(file) {
  const address = new URL(file, scope);
  const found = await (await caches.open(current)).match(address);
  if (found) return found;
  for (const name of await caches.keys()) {
    const older = name.startsWith(prefix) ? await (await caches.open(name)).match(address) : undefined;
    if (older) return older;
  }
  return undefined;
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(tidyUp()));

worker.addEventListener("message", ({ data }) => {
  if (data === "use this build") void worker.skipWaiting();
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const file = fileOf(request.url);
  if (file === null || file.startsWith(pinned)) return;
  // Where the storage cannot be read there may still be a network.
  const found = kept(file).catch(() => undefined);
  event.respondWith(found.then((response) => response ?? fetch(request)));
});

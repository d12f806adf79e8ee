import assert from "node:assert/strict";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { finish, filesOf } from "../build/finish.js";
import { oembed, oembedOf } from "../build/oembed.js";
import { mayKeep } from "../offline/idle.js";
import { keepOffline } from "../offline/register.js";

/** A worker or a registration as far as the page uses it. */
class Fake extends EventTarget {
  /** @param {object} more */
  constructor(more) {
    super();
    Object.assign(this, more);
  }
}

/** @param {{ active?: unknown, waiting?: unknown, installing?: unknown }} state */
function browser(state) {
  const registration = /** @type {any} */ (new Fake({ active: null, waiting: null, installing: null, ...state }));
  const serviceWorker = /** @type {any} */ (new Fake({ register: async () => registration }));
  /** @type {string[]} */
  const told = [];
  /** @type {(() => void)[]} */
  const takes = [];
  const start = () =>
    keepOffline({ serviceWorker }, "sw.js", () => told.push("reload"), {
      ready: () => told.push("ready"),
      newer: (take) => {
        told.push("newer");
        takes.push(take);
      },
    });
  return { registration, serviceWorker, told, takes, start };
}

/** @param {string} state */
const workerIn = (state) => {
  /** @type {unknown[]} */
  const messages = [];
  return /** @type {any} */ (new Fake({ state, messages, postMessage: (/** @type {unknown} */ message) => messages.push(message) }));
};

describe("keeping the site on the device", () => {
  it("says when it is there, the first time and later", async () => {
    const installing = workerIn("installing");
    const first = browser({ installing });
    await first.start();
    assert.deepEqual(first.told, []);
    for (const state of ["installed", "activated"]) {
      installing.state = state;
      installing.dispatchEvent(new Event("statechange"));
    }
    assert.deepEqual(first.told, ["ready"]);

    const later = browser({ active: workerIn("activated") });
    await later.start();
    assert.deepEqual(later.told, ["ready"]);
  });

  it("offers a newer build and never forces it", async () => {
    const { registration, serviceWorker, told, takes, start } = browser({ active: workerIn("activated") });
    await start();
    const installing = workerIn("installing");
    registration.installing = installing;
    registration.dispatchEvent(new Event("updatefound"));
    installing.state = "installed";
    installing.dispatchEvent(new Event("statechange"));
    assert.deepEqual(told, ["ready", "newer"]);
    assert.deepEqual(installing.messages, []);
    // Another page of the site took it: this one goes on.
    serviceWorker.dispatchEvent(new Event("controllerchange"));
    assert.deepEqual(told, ["ready", "newer"]);
    takes[0]?.();
    assert.deepEqual(installing.messages, ["use this build"]);
    serviceWorker.dispatchEvent(new Event("controllerchange"));
    assert.deepEqual(told, ["ready", "newer", "reload"]);
  });

  it("offers one that has been waiting", async () => {
    const { told, start } = browser({ active: workerIn("activated"), waiting: workerIn("installed") });
    await start();
    assert.deepEqual(told, ["ready", "newer"]);
  });

  it("reloads a page that was opened past its worker, once the newer build is there, and once only", async () => {
    const waiting = workerIn("installed");
    const { told, takes, serviceWorker, start } = browser({ active: workerIn("activated"), waiting });
    await start();
    takes[0]?.();
    waiting.state = "activating";
    waiting.dispatchEvent(new Event("statechange"));
    assert.deepEqual(told, ["ready", "newer"]);
    waiting.state = "activated";
    waiting.dispatchEvent(new Event("statechange"));
    serviceWorker.dispatchEvent(new Event("controllerchange"));
    assert.deepEqual(told, ["ready", "newer", "reload"]);
  });

  it("is for a page by itself, with a worker to have, that is not asked to save data", () => {
    const self = /** @type {any} */ ({});
    const navigator = /** @type {any} */ ({ serviceWorker: {} });
    const page = { self, top: self, isSecureContext: true, navigator };
    assert.ok(mayKeep(page));
    assert.ok(!mayKeep({ ...page, top: /** @type {any} */ ({}) }));
    assert.ok(!mayKeep({ ...page, isSecureContext: false }));
    assert.ok(!mayKeep({ ...page, navigator: /** @type {any} */ ({}) }));
    assert.ok(!mayKeep({ ...page, navigator: /** @type {any} */ ({ serviceWorker: {}, connection: { saveData: true } }) }));
  });
});

describe("the last step of the build", () => {
  /** @param {(site: string) => Promise<void>} use */
  async function withSite(use) {
    const site = await mkdtemp(join(tmpdir(), "clauseworth-site-"));
    try {
      await mkdir(join(site, "assets"));
      await writeFile(join(site, "index.html"), "<html><head></head></html>");
      await writeFile(join(site, "elements.js"), "elements");
      await writeFile(join(site, "clauseworth.html"), "one file");
      await writeFile(join(site, "assets", "a-123.js"), "a");
      await use(site);
    } finally {
      await rm(site, { recursive: true, force: true });
    }
  }

  it("lists every file of the site with its digest, and gives another build another name", () =>
    withSite(async (site) => {
      const about = { version: "1.2.3", address: null };
      /** @returns {Promise<{ build: string, files: Record<string, string> }>} */
      const listed = async () => {
        const [first = ""] = (await readFile(join(site, "sw.js"), "utf8")).split("\n");
        return JSON.parse(first.slice("self.clauseworth = ".length, -1));
      };
      await finish(site, about);
      const { build, files } = await listed();
      assert.deepEqual(Object.keys(files), ["assets/a-123.js", "elements.js", "index.html"]);
      const digest = `sha384-${createHash("sha384").update("elements").digest("base64")}`;
      assert.equal(files["elements.js"], digest);
      assert.match(build, /^1\.2\.3 [0-9a-f]{12}$/);
      assert.deepEqual(JSON.parse(await readFile(join(site, "integrity.json"), "utf8")), { "elements.js": digest });
      await finish(site, about);
      assert.equal((await listed()).build, build);
      await writeFile(join(site, "elements.js"), "others");
      await finish(site, about);
      assert.notEqual((await listed()).build, build);
    }));

  it("writes the build once more under its version, whole", () =>
    withSite(async (site) => {
      await finish(site, { version: "1.2.3", address: null });
      const top = (await filesOf(site)).filter((file) => !["_headers", "versions.json"].includes(file));
      assert.deepEqual(await filesOf(join(site, "v", "1.2.3")), top);
      assert.ok(top.includes("clauseworth.html") && top.includes("sw.js"));
      assert.equal(await readFile(join(site, "v", "1.2.3", "elements.js"), "utf8"), "elements");
    }));

  it("writes oEmbed documents where it is told the address, with whole addresses", () =>
    withSite(async (site) => {
      await finish(site, { version: "1.2.3", address: null });
      assert.ok(!(await filesOf(site)).some((file) => file.startsWith("oembed/")));
      await oembed(site, "https://example.org/tools/clauseworth");
      const text = await readFile(join(site, "oembed", "microsoft-openai-2025.json"), "utf8");
      const document = /** @type {ReturnType<typeof oembedOf>} */ (JSON.parse(text));
      assert.equal(document.version, "1.0");
      assert.equal(document.type, "rich");
      assert.match(document.html, /src="https:\/\/example\.org\/tools\/clauseworth\/embed\/microsoft-openai-2025\/clauses\.html"/);
      assert.match(await readFile(join(site, "index.html"), "utf8"), /json\+oembed" href="https:\/\/example\.org\/tools\/clauseworth\/oembed\//);
      for (const wrong of ["file:///tmp/", "https://example.org/?a=b"]) await assert.rejects(oembed(site, wrong), /like https:/);
    }));

  it("lets no title end an attribute", () => {
    const { html } = oembedOf({ id: "a", title: `A "deal" <script>` }, "https://example.org/");
    assert.match(html, /title="A &quot;deal&quot; &lt;script>"/);
  });
});

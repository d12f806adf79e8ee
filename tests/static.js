// A static host for the tests: it serves the files of a folder, and knows nothing but their types.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

/** @type {Record<string, string>} */
const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * @param {string} root the folder on the disk
 * @param {string} folder the folder on the host, with slashes around it
 * @param {number} port 0 for any that is free
 * @param {{ endings?: boolean }} [options] without endings, pages are at addresses that do not end in `.html`, as some hosts have it
 */
export const serve = (root, folder, port, { endings = true } = {}) =>
  createServer(async (request, response) => {
    try {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      const path = normalize(decodeURIComponent(pathname));
      const plain = path.replace(/(index)?\.html$/, "");
      if (!endings && plain !== path) {
        response.writeHead(308, { location: plain }).end();
        return;
      }
      if (!path.startsWith(folder)) throw new Error("outside the folder");
      const named = path.slice(folder.length);
      const whole = named === "" || named.endsWith("/") ? `${named}index.html` : named;
      const file = endings || extname(whole) !== "" ? whole : `${whole}.html`;
      const content = await readFile(join(root, file));
      // Frames in a sandbox have no origin: they may load scripts only where any origin may.
      response.writeHead(200, {
        "content-type": types[extname(file)] ?? "application/octet-stream",
        "access-control-allow-origin": "*",
      });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  }).listen(port, "127.0.0.1");

// Serves the built page to the tests, from a folder within a folder, as a static host would: the page must not care where it lies.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { AUTHOR, FOLDER, PORT } from "./address.js";

const site = fileURLToPath(new URL("../target/site/", import.meta.url));

/** @type {Record<string, string>} */
const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** What other pages embed is readable from everywhere, as good static hosts have it: a sandboxed frame has an origin of its own. */
const SHARED = { "access-control-allow-origin": "*" };

/** It listens from the moment that this module is loaded. */
export const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const path = normalize(decodeURIComponent(pathname));
  try {
    if (!path.startsWith(FOLDER)) throw new Error("outside the folder");
    const file = join(site, path === FOLDER ? "index.html" : path.slice(FOLDER.length));
    const content = await readFile(file);
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", ...SHARED });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}).listen(PORT, "127.0.0.1");

/** Pages of authors who embed something: `?html=…` is the document, `&policy=…` the content security policy that comes with it. */
createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "/", AUTHOR);
  const policy = searchParams.get("policy");
  response.writeHead(200, { "content-type": types[".html"], ...(policy && { "content-security-policy": policy }) });
  response.end(searchParams.get("html") ?? "");
}).listen(Number(new URL(AUTHOR).port), "127.0.0.1");

// Serves the built page to the tests, from a folder within a folder, as a static host would: the page must not care where it lies.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { AUTHOR, FOLDER, PORT } from "./address.js";
import { serve } from "./static.js";

/** It listens from the moment that this module is loaded. */
export const server = serve(fileURLToPath(new URL("../target/site/", import.meta.url)), FOLDER, PORT);

/** Pages of authors who embed something: `?html=…` is the document, `&policy=…` the content security policy that comes with it. */
createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "/", AUTHOR);
  const policy = searchParams.get("policy");
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...(policy && { "content-security-policy": policy }) });
  response.end(searchParams.get("html") ?? "");
}).listen(Number(new URL(AUTHOR).port), "127.0.0.1");

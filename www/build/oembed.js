// oEmbed documents (oembed.com, version 1.0), one for each deal of the library, for programs that make an embed of a link. They name
// whole addresses, so they are written only where the build is told the site's.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HEIGHT, SANDBOX, escaped } from "../export/snippets.js";

/** What an embed asks for: it grows with its content where the browser allows that. */
const WIDTH = 640;

/**
 * @param {{ id: string, title: string }} deal
 * @param {string} address of the site, with a slash at its end
 */
export function oembedOf({ id, title }, address) {
  const source = `${address}embed/${encodeURIComponent(id)}/clauses.html`;
  return {
    version: "1.0",
    type: "rich",
    provider_name: "Clauseworth",
    provider_url: address,
    title,
    width: WIDTH,
    height: HEIGHT,
    html: `<iframe src="${escaped(source)}" title="${escaped(title)}" width="100%" style="border:0;width:100%;min-height:${HEIGHT}px;frame-sizing:content-height" loading="lazy" sandbox="${SANDBOX}"></iframe>`,
  };
}

/**
 * @param {string} site
 * @param {string} address
 */
export async function oembed(site, address) {
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") {
    throw new Error(`The site's address is to be like https://example.org/folder/, not ${address}.`);
  }
  const base = url.href.endsWith("/") ? url.href : `${url.href}/`;
  const file = fileURLToPath(new URL("../../target/pkg/library.json", import.meta.url));
  const library = /** @type {Record<string, { title?: string }>} */ (JSON.parse(await readFile(file, "utf8")));
  await mkdir(join(site, "oembed"), { recursive: true });
  for (const [id, { title = id }] of Object.entries(library)) {
    await writeFile(join(site, "oembed", `${id}.json`), `${JSON.stringify(oembedOf({ id, title }, base), null, 2)}\n`);
  }
  // Whoever looks at the page finds the document of the deal with which it opens.
  const [first] = Object.keys(library);
  const page = join(site, "index.html");
  const link = `<link rel="alternate" type="application/json+oembed" href="${escaped(`${base}oembed/${first}.json`)}">`;
  await writeFile(page, (await readFile(page, "utf8")).replace("</head>", `${link}\n  </head>`));
}

// What the package takes from the built site: the elements with everything that they load, and the calculator in one file.
import { copyFile, mkdir, readFile, readdir } from "node:fs/promises";
import { basename, dirname } from "node:path";

/**
 * @param {string} site built before: what is not there cannot be packed
 * @param {string} out
 */
export async function copySite(site, out) {
  for (const file of await loadedBy("elements.js", site)) {
    await mkdir(dirname(`${out}elements/${file}`), { recursive: true });
    await copyFile(`${site}${file}`, `${out}elements/${file}`);
  }
  await copyFile(`${site}clauseworth.html`, `${out}single.html`);
}

/**
 * A file of the site and all that it loads, at once or later. Built files are named with a hash, so a name in a text is that file.
 * @param {string} first
 * @param {string} site
 */
async function loadedBy(first, site) {
  const assets = (await readdir(`${site}assets`)).map((name) => `assets/${name}`);
  const loaded = new Set([first]);
  for (const file of loaded) {
    if (!/\.(js|css)$/.test(file)) continue;
    const text = await readFile(`${site}${file}`, "utf8");
    for (const asset of assets) if (text.includes(basename(asset))) loaded.add(asset);
  }
  return loaded;
}

// The licenses of the packages that are bundled into ours: of all that the lock file has for more than development.
import { readFile, readdir } from "node:fs/promises";

/**
 * @param {string} www the folder with the lock file and the installed packages
 * @returns {Promise<string>}
 */
export async function licenses(www) {
  const { packages } = JSON.parse(await readFile(`${www}package-lock.json`, "utf8"));
  const bundled = Object.entries(/** @type {Record<string, { version: string, license?: string, dev?: boolean }>} */ (packages))
    .filter(([path, { dev }]) => path.startsWith("node_modules/") && dev !== true)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = bundled.map(async ([path, { version, license }]) => {
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    const file = (await readdir(`${www}${path}`)).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
    const text = file === undefined ? "" : `\n\n${(await readFile(`${www}${path}/${file}`, "utf8")).trim()}`;
    return `${name} ${version} (${license ?? "see below"})${text}\n`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}

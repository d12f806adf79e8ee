// The licenses of what is bundled into the page and the package: of all packages that the lock file has for more than development, and
// of the crates that are compiled into the modules, which `cargo xtask` lists.
import { readFile, readdir } from "node:fs/promises";

const RULE = `\n${"-".repeat(80)}\n\n`;

/**
 * @param {string} www the folder with the lock file and the installed packages
 * @param {string} engine the folder with the modules
 * @returns {Promise<string>}
 */
export async function licenses(www, engine) {
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
  return [...(await Promise.all(texts)), await readFile(`${engine}licenses.txt`, "utf8")].join(RULE);
}

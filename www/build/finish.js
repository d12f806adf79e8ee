// The last step of the build, when all files of the site are there: what is made of all of them. It is a program:
// `node build/finish.js [--address URL]`, where the address is the one at which the site will be found.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parse } from "smol-toml";
import { headers } from "./headers.js";
import { licenses } from "./licenses.js";
import { oembed } from "./oembed.js";

/** Where pinned versions lie. */
export const PINNED = "v/";
/** What Vite leaves for `cargo xtask`, which takes it away. */
const NOTES = ".vite/";
/** The scripts that other people's pages name. */
const SNIPPETS = ["elements.js", "frame.js"];
/** What is on a host and not on a device: settings, the file that is a site of its own, what few read, and what pages of other sites ask for. */
const NOT_KEPT = [/^_headers$/, /^clauseworth\.html$/, /^licenses\.txt$/, /^oembed\//, /^embed\//, /^(integrity|versions)\.json$/, /\.wasm\.gz$/];
/** What only the top of a site has. */
const OF_THE_TOP = /^(_headers|versions\.json|oembed\/.*)$/;
/** The module for browsers without vector instructions, which are older than what else the page needs of a browser. */
const RARE = /simulation_plain/;

/** @param {string} path */
const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The files of a folder, by their addresses within it.
 * @param {string} folder
 */
export async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  const files = paths.map((path) => path.split(sep).join("/"));
  return files.filter((file) => !file.startsWith(PINNED) && !file.startsWith(NOTES)).sort();
}

/**
 * @param {string} folder
 * @param {string} file
 */
const digest = async (folder, file) => `sha384-${createHash("sha384").update(await readFile(join(folder, file))).digest("base64")}`;

/**
 * The service worker of a site, with the list of what it keeps.
 * @param {string} site
 * @param {string} version
 */
export async function serviceWorker(site, version) {
  const files = (await filesOf(site)).filter((file) => file !== "sw.js" && !RARE.test(file) && !NOT_KEPT.some((pattern) => pattern.test(file)));
  const list = Object.fromEntries(await Promise.all(files.map(async (file) => [file, await digest(site, file)])));
  const text = await readFile(fromHere("../offline/worker.js"), "utf8");
  const build = `${version} ${createHash("sha256").update(JSON.stringify(list)).update(text).digest("hex").slice(0, 12)}`;
  return `self.clauseworth = ${JSON.stringify({ build, files: list, pinned: PINNED })};\n${text}`;
}

/**
 * @param {string} site
 * @param {{ version: string, address: string | null }} about
 */
export async function finish(site, { version, address }) {
  await rm(join(site, PINNED), { recursive: true, force: true });
  await writeFile(join(site, "_headers"), headers());
  const present = new Set(await filesOf(site));
  const hashes = SNIPPETS.filter((file) => present.has(file)).map(async (file) => [file, await digest(site, file)]);
  await writeFile(join(site, "integrity.json"), `${JSON.stringify(Object.fromEntries(await Promise.all(hashes)), null, 2)}\n`);
  if (address !== null) await oembed(site, address);
  await writeFile(join(site, "versions.json"), `${JSON.stringify({ versions: [version] })}\n`);
  await writeFile(join(site, "sw.js"), await serviceWorker(site, version));
  await pin(site, version);
}

/**
 * The same build once more, under its version. It is made beside the site first: a folder cannot be copied into itself.
 * @param {string} site
 * @param {string} version
 */
async function pin(site, version) {
  const beside = `${site.replace(/[\\/]$/, "")}.pinned`;
  await rm(beside, { recursive: true, force: true });
  for (const file of await filesOf(site)) {
    if (OF_THE_TOP.test(file)) continue;
    await mkdir(dirname(join(beside, file)), { recursive: true });
    await cp(join(site, file), join(beside, file));
  }
  await mkdir(join(site, PINNED), { recursive: true });
  await rename(beside, join(site, PINNED, version));
}

/** The version of the workspace, which is that of the model. */
export async function versionHere() {
  const manifest = parse(await readFile(fromHere("../../Cargo.toml"), "utf8"));
  const { package: about } = /** @type {{ package: { version: string } }} */ (manifest["workspace"]);
  return about.version;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { address: { type: "string" }, site: { type: "string" } } });
  const address = values.address ?? null;
  const site = values.site ?? fromHere("../../target/site");
  await writeFile(join(site, "licenses.txt"), await licenses(fromHere("../"), fromHere("../../target/pkg/")));
  await finish(site, { version: await versionHere(), address });
}

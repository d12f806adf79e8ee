// The custom elements manifest, `custom-elements.json`, as @custom-elements-manifest/analyzer makes it, without what only the elements
// themselves use:
//
//   npx --package @custom-elements-manifest/analyzer cem analyze --litelement --globs "embed/{model,figure,lever,value,member}.js" --outdir .
//   node build/manifest.js
//
// A test holds it to the code.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../custom-elements.json", import.meta.url));

/** What an author's script may use. */
const PUBLIC = ["group", "deal", "scenario", "state", "theme", "figure", "loading", "path", "metric", "format", "of", "metrics", "ready", "set", "reset"];

/** @typedef {{ name: string, privacy?: string, inheritedFrom?: unknown, fieldName?: string }} Named */
/** @typedef {{ kind: string, tagName?: string, members?: Named[], attributes?: Named[], superclass?: unknown }} Declaration */
const manifest = /** @type {{ modules: { path: string, declarations: Declaration[], exports?: unknown[] }[] }} */ (JSON.parse(readFileSync(file, "utf8")));

for (const module of manifest.modules) {
  module.declarations = module.declarations.filter(({ tagName }) => tagName !== undefined);
  // The site's one script is what authors import.
  module.path = "elements.js";
  delete module.exports;
  for (const declaration of module.declarations) {
    delete declaration.superclass;
    declaration.members = (declaration.members ?? []).filter(({ name, privacy }) => PUBLIC.includes(name) && privacy === undefined);
    for (const named of [...declaration.members, ...(declaration.attributes ?? [])]) delete named.inheritedFrom;
    // An attribute that is described by the class is not described once more by its property.
    const seen = new Map();
    for (const attribute of declaration.attributes ?? []) seen.set(attribute.name, { ...attribute, ...seen.get(attribute.name) });
    declaration.attributes = [...seen.values()];
  }
}
manifest.modules = manifest.modules.filter(({ declarations }) => declarations.length > 0);
writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);

// The builds of other versions that the site keeps, each in a folder of its own, so that an old link can be seen as it was.

/** The list of those that are there, beside the page. A site that keeps none has none. */
export const VERSIONS = "versions.json";

/**
 * The versions in such a list.
 * @param {any} list
 * @returns {string[]}
 */
export const versionsIn = (list) => (Array.isArray(list?.versions) ? list.versions.filter((/** @type {unknown} */ each) => typeof each === "string") : []);

/**
 * The address of a state in the build of a version, relative to the page; null where it is not known to be there.
 * @param {string | null} version
 * @param {string} fragment without the `#`
 * @param {readonly string[]} kept
 */
export const pinned = (version, fragment, kept) =>
  version !== null && kept.includes(version) ? `v/${version}/#${fragment}` : null;

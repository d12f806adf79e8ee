// The builds of other versions that the site keeps, each in a folder of its own, so that an old link can be seen as it was.

/**
 * The versions whose builds stand beside this one, in `v/VERSION/`. Those that come later than this build are not known to it.
 * @type {readonly string[]}
 */
export const KEPT = [];

/**
 * The address of a state in the build of a version, relative to the page; null where it is not known to be there.
 * @param {string | null} version
 * @param {string} fragment without the `#`
 * @param {readonly string[]} [kept]
 */
export const pinned = (version, fragment, kept = KEPT) =>
  version !== null && kept.includes(version) ? `v/${version}/#${fragment}` : null;

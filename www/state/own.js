// The deals of the reader's own files. They are in the library under a name that none of its deals has, and a link that speaks of
// one says so: the file itself is not in it.

const PREFIX = "own-";

/** @param {string} id */
export const isOwn = (id) => id.startsWith(PREFIX);

/**
 * The id in the library of a file that calls itself something.
 * @param {string} id
 */
export const ownId = (id) => (isOwn(id) ? id : PREFIX + id);

/**
 * What the file calls itself.
 * @param {string} id
 */
export const fileId = (id) => (isOwn(id) ? id.slice(PREFIX.length) : id);

// The address of a state, as it leaves the page.

/**
 * A page that was opened from a disk has an address that means nothing elsewhere, and may have the reader's name in it: of such a
 * one, only the state is said.
 * @param {string} address of the page, with or without a fragment
 * @param {string} fragment the state, without the `#`; empty for the page as it opens
 */
export function linkTo(address, fragment) {
  const { protocol, origin, pathname, search } = new URL(address);
  const state = fragment === "" ? "" : `#${fragment}`;
  return /^https?:$/.test(protocol) ? `${origin}${pathname}${search}${state}` : state;
}

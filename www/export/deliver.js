// How something leaves the page: onto the disk, to the clipboard, or to another program of the device. Nothing of it goes over the
// network.

/** The time that a browser may take to begin with a download. */
const KEPT = 60_000;

/**
 * @param {Blob} content
 * @param {string} name
 */
export function download(content, name) {
  const address = URL.createObjectURL(content);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT);
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} false where the clipboard is closed to the page, as in some frames
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {ShareData} data
 * @returns {Promise<boolean>} false where the reader thought better of it
 */
export async function share(data) {
  try {
    await navigator.share(data);
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return false;
    throw error;
  }
}

// Which versions of the page the site keeps. It is asked only where an old link has another answer now.
import { VERSIONS, versionsIn } from "../state/pinned.js";

/** @returns {Promise<string[]>} none where the site says nothing, or cannot be reached */
export async function keptVersions() {
  try {
    const response = await fetch(VERSIONS);
    return response.ok ? versionsIn(await response.json()) : [];
  } catch {
    return [];
  }
}

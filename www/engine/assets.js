// Where the engine's parts come from: files beside the page, by the addresses that the build gave them. The page that is one file puts
// `single/` in the place of this module, which gives the same from within the file.
import { fromAddress } from "./workers.js";

/**
 * A part of the engine, as it arrives.
 * @param {string} address
 * @returns {Promise<Response>}
 */
export async function part(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`A part of the engine could not be loaded (${response.status}).`);
  return response;
}

/** The ways in which a worker can be made of a script, to be tried in this order. */
export const workersOf = fromAddress;

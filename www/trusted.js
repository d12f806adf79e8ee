// Under Trusted Types, the address of a script that is started by its address (a worker, the service worker) must be vouched for.
// This is the only place that does so.

/** Made when it is first needed; null where there are no Trusted Types, or they do not know us. @type {Pick<TrustedTypePolicy, "createScriptURL"> | null | undefined} */
let policy;

function createPolicy() {
  const { trustedTypes } = /** @type {{ trustedTypes?: TrustedTypePolicyFactory }} */ (globalThis);
  try {
    return trustedTypes?.createPolicy("clauseworth", { createScriptURL: checked }) ?? null;
  } catch {
    // The page of another site may allow no policy of ours; what it allows then is its own affair.
    return null;
  }
}

/**
 * An address from where this script comes from, or of what the page itself has made.
 * @param {string} address
 */
function checked(address) {
  const { protocol, origin } = new URL(address, location.href);
  if (protocol === "blob:" || (origin !== "null" && origin === new URL(import.meta.url).origin)) return address;
  throw new TypeError(`${address} is no script of Clauseworth.`);
}

/**
 * @param {string} address
 * @returns {string} which is one that the browser trusts
 */
export function trustedScript(address) {
  if (policy === undefined) policy = createPolicy();
  // The types know the sinks with a text alone.
  return /** @type {string} */ (/** @type {unknown} */ (policy?.createScriptURL(address) ?? address));
}

// Workers are made here and nowhere else: of their address where the origin allows it, of a blob where it has none (a sandboxed frame,
// a file). Under Trusted Types a worker's address must be vouched for; the policy that does so stays in this module, and accepts
// nothing but what was registered here.

/** @typedef {() => Worker | Promise<Worker>} MakeWorker */

/** The addresses of scripts that may become workers. @type {Set<string>} */
const known = new Set();

/** Made when it is first needed; null where there are no Trusted Types, or they do not know us. @type {Pick<TrustedTypePolicy, "createScriptURL"> | null | undefined} */
let policy;

function createPolicy() {
  try {
    return (
      window.trustedTypes?.createPolicy("clauseworth", {
        createScriptURL: (address) => {
          if (!known.has(address)) throw new TypeError(`${address} is no worker of Clauseworth.`);
          return address;
        },
      }) ?? null
    );
  } catch {
    return null;
  }
}

/**
 * @param {string} address one that is known
 * @param {WorkerOptions} [options]
 */
function make(address, options) {
  if (policy === undefined) policy = createPolicy();
  // The types know `Worker` with a text alone.
  return new Worker(/** @type {string} */ (/** @type {unknown} */ (policy?.createScriptURL(address) ?? address)), options);
}

/**
 * A worker of a classic script.
 * @param {() => string | Promise<string>} script
 * @returns {MakeWorker}
 */
export function fromText(script) {
  /** @type {string | null} */
  let address = null;
  return async () => {
    address ??= URL.createObjectURL(new Blob([await script()], { type: "text/javascript" }));
    known.add(address);
    return make(address);
  };
}

/**
 * A worker of a module: as it is, or else loaded by a classic script in a blob, since a blob cannot be a module there.
 * @param {string} module its address
 * @returns {MakeWorker[]}
 */
export function fromAddress(module) {
  const { href } = new URL(module, location.href);
  known.add(href);
  const failed = `(error) => postMessage({ kind: "failed", error: { message: String(error), path: null, errors: [], missing: true } })`;
  return [() => make(href, { type: "module" }), fromText(() => `import(${JSON.stringify(href)}).catch(${failed});`)];
}

/**
 * Starts a worker in the first way that works here.
 * @template T
 * @param {readonly MakeWorker[]} ways
 * @param {(worker: Worker) => Promise<T>} open resolves when the worker has said that it is ready
 * @returns {Promise<{ first: T, another: () => Promise<T> } | null>} null where no worker is possible
 */
export async function startWorker(ways, open) {
  for (const way of ways) {
    const another = async () => {
      const worker = await way();
      try {
        return await open(worker);
      } catch (error) {
        worker.terminate();
        throw error;
      }
    };
    try {
      return { first: await another(), another };
    } catch {
      // The next way may work.
    }
  }
  return null;
}

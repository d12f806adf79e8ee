// Runs a deal over and over in a worker, as the page does, with the page's own engine.

/** Where the measurement has laid the package's script. */
const script = new URL("./pkg/clauseworth_wasm.js", import.meta.url).href;

const ROUNDS = 15;
/** Long enough a round that the coarse clock of a browser does not matter. */
const RUNS = 2_000;

self.addEventListener("message", async (/** @type {MessageEvent<{ wasm: string, library: string, deal: string }>} */ { data }) => {
  /** @type {typeof import("clauseworth-wasm")} */
  const { default: init, Deal } = await import(script);
  const [library] = await Promise.all([fetch(data.library).then((response) => response.json()), init({ module_or_path: data.wasm })]);
  const deal = Deal.open(library[data.deal], library);
  /** @type {number[]} */
  const rounds = [];
  // The first round compiles, and does not count.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const start = performance.now();
    for (let i = 0; i < RUNS; i += 1) deal.run({});
    if (round > 0) rounds.push(((performance.now() - start) * 1_000) / RUNS);
  }
  self.postMessage(rounds);
});

// Asks each question over and over in a worker, as the page does.

const script = new URL("./pkg/clauseworth_analysis.js", import.meta.url).href;

const ROUNDS = 9;
/** Milliseconds a round lasts at least, so that the coarse clock of a browser does not matter. */
const LENGTH = 100;

self.addEventListener("message", async (/** @type {MessageEvent<string>} */ { data: id }) => {
  /** @type {typeof import("clauseworth-analysis")} */
  const { default: init, Comparison, Deal } = await import(script);
  const library = await (await fetch(new URL("./pkg/library.json", import.meta.url))).json();
  await init();
  const deals = Object.keys(library).map((key) => Deal.open(library[key], library));
  const deal = Deal.open(library[id], library);
  const lever = "clauses.revenue-share.rate";
  /** @type {Record<string, () => unknown>} */
  const questions = {
    "clauses: all coalitions": () => deal.clauses({}),
    "AGI curve": () => deal.agiCurve({}),
    "solve: an NPV": () => deal.solve({}, { vary: lever, metric: "backer.npv", target: 300 }),
    "solve: fair terms": () => deal.solve({}, { vary: lever, share: 0.9 }),
    "tornado: backer.npv": () => deal.tornado({}, "backer.npv"),
    "gradient: backer.npv": () => deal.gradient({}, "backer.npv"),
    "break-even of every uncertain quantity": () => deal.breakEven({}, "backer.npv"),
    "compare: three agreements": () => {
      const comparison = new Comparison();
      for (const other of deals) comparison.add(other, {});
      const answer = comparison.answer(0);
      comparison.free();
      return answer;
    },
  };
  /** @type {Record<string, number[]>} */
  const rounds = {};
  for (const [name, ask] of Object.entries(questions)) {
    rounds[name] = [];
    // The first round compiles, and does not count.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const start = performance.now();
      let asked = 0;
      while (performance.now() - start < LENGTH || asked === 0) {
        ask();
        asked += 1;
      }
      if (round > 0) rounds[name].push((performance.now() - start) / asked);
    }
  }
  self.postMessage(rounds);
});

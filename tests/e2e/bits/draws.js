// Draws a deal with any number of workers, in a page and in Node alike: what differs between the two is in the files beside this.

/** @import { Deal as Deals, Sampling, SimulatedBatch, Simulation, Tree } from "clauseworth-simulation" */

/**
 * How a simulation is divided: its batches are put in an order, and whichever worker is free takes the next few of them.
 * @typedef {object} Division
 * @property {string} deal
 * @property {Sampling} sampling
 * @property {number} workers
 * @property {number} turn how many batches a worker takes at a time
 * @property {"forwards" | "backwards" | "outside in"} order
 */
/** @typedef {{ open: { deal: string, sampling: Sampling } } | { batches: number[] }} Question */
/** @typedef {{ batches: SimulatedBatch[] } | { fault: string }} Answer */
/** @typedef {Record<string, Tree>} Library */

/**
 * The worker's side: computes the batches that it is asked for.
 * @param {MessagePort} port
 * @param {typeof Deals} Deal
 * @param {Library} library
 */
export function serve(port, Deal, library) {
  /** @type {Simulation | undefined} */
  let simulation;
  /** @param {Question} question */
  const compute = (question) => {
    if ("open" in question) {
      simulation = open(Deal, library, question.open.deal, question.open.sampling);
      return [];
    }
    return question.batches.map((number) => {
      if (simulation === undefined) throw new Error("No deal is open.");
      return simulation.batch(number);
    });
  };
  port.onmessage = ({ data }) => {
    /** @type {Answer} */
    let answer;
    try {
      answer = { batches: compute(data) };
    } catch (error) {
      answer = { fault: String(error) };
    }
    port.postMessage(answer);
  };
}

/**
 * Draws a deal: the ports lead to the workers, and the batches are collected here.
 * @param {MessagePort[]} ports
 * @param {typeof Deals} Deal
 * @param {Library} library
 * @param {Division} division
 * @returns {Promise<{ json: string, turns: number[] }>} the result with all its digits, and how often each worker had a turn
 */
export async function draw(ports, Deal, library, { deal, sampling, workers, turn, order }) {
  const collector = open(Deal, library, deal, sampling);
  const batches = inOrder(collector.batches(), order);
  const turns = await Promise.all(
    ports.slice(0, workers).map(async (port) => {
      let taken = 0;
      // The first turn is taken before anything has been computed, so that every worker has one where there are enough.
      let next = batches.splice(0, turn);
      await ask(port, { open: { deal, sampling } });
      for (; next.length > 0; next = batches.splice(0, turn)) {
        for (const batch of await ask(port, { batches: next })) collector.add(batch);
        taken += 1;
      }
      return taken;
    }),
  );
  // What carries a value from a page would lose the sign of a zero. The command line has some of the percentiles only.
  const exact = (/** @type {string} */ key, /** @type {unknown} */ value) => {
    if (key === "percentiles") return undefined;
    return Object.is(value, -0) ? "-0" : value;
  };
  const json = JSON.stringify(collector.result(), exact);
  collector.free();
  return { json, turns };
}

/**
 * @param {typeof Deals} Deal
 * @param {Library} library
 * @param {string} id
 * @param {Sampling} sampling
 */
function open(Deal, library, id, sampling) {
  const tree = library[id];
  if (tree === undefined) throw new Error(`The library has no ${id}.`);
  const deal = Deal.open(tree, library);
  const simulation = deal.simulation({}, sampling);
  deal.free();
  return simulation;
}

/**
 * @param {number} count
 * @param {Division["order"]} order
 */
function inOrder(count, order) {
  const numbers = Array.from({ length: count }, (_, i) => i);
  if (order === "backwards") return numbers.reverse();
  // First, last, second, last but one, …
  if (order === "outside in") return numbers.map((i) => (i % 2 === 0 ? i / 2 : count - (i + 1) / 2));
  return numbers;
}

/**
 * @param {MessagePort} port
 * @param {Question} question
 * @returns {Promise<SimulatedBatch[]>}
 */
const ask = (port, question) =>
  new Promise((resolve, reject) => {
    port.onmessage = ({ data }) => {
      const answer = /** @type {Answer} */ (data);
      if ("fault" in answer) reject(new Error(answer.fault));
      else resolve(answer.batches);
    };
    port.postMessage(question);
  });

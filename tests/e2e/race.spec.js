// The contender of the benchmarks that is plain JavaScript follows the model by itself. Where both come to the same, neither
// can have made a mistake that the other has not made as well.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { npvs } from "../bench/race/javascript.js";
import { plain } from "../bench/race/plain.js";
import { DRAWN, quantity } from "../bench/race/terms.js";
import { load, packages } from "./bits/node-module.js";
import { parseExact, printed } from "./terminal.js";

/** @import { Tree } from "clauseworth-simulation" */
/** @import { Json } from "../bench/race/terms.js" */

const file = new URL("../bench/race/deal.json", import.meta.url);

/** @returns {Promise<Json>} */
const readDeal = async () => JSON.parse(await readFile(file, "utf8"));

/**
 * Relative to the greater.
 * @param {unknown} a
 * @param {unknown} b
 */
function difference(a, b) {
  if (typeof a !== "number" || typeof b !== "number") return Infinity;
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

test("plain JavaScript and the command line agree on the base case", async () => {
  const { backer, lab } = npvs(await readDeal(), 1, null);
  const { metrics } = parseExact(await printed("run", fileURLToPath(file), "--json"));
  const found = /** @type {Record<string, number>} */ (metrics);
  expect(difference(backer[0], found["backer.npv"])).toBeLessThan(1e-9);
  expect(difference(lab[0], found["lab.npv"])).toBeLessThan(1e-9);
});

test("they agree wherever a quantity may lie, and on average", async () => {
  const { Deal } = await load("clauseworth_simulation");
  /** @type {Record<string, Tree>} */
  const library = JSON.parse(await readFile(new URL("library.json", packages), "utf8"));
  const deal = await readDeal();
  const opened = Deal.open(/** @type {Tree} */ (deal), library);
  for (const path of DRAWN) {
    const { low, high } = quantity(deal, path);
    expect(high, path).toBeGreaterThan(low);
    for (const value of [low, high]) {
      const { metrics } = opened.run({ set: { [path]: value } });
      const changed = structuredClone(deal);
      quantity(changed, path).value = value;
      const { backer, lab } = npvs(changed, 1, null);
      expect(difference(backer[0], metrics["backer.npv"]), `${path} at ${value}`).toBeLessThan(1e-9);
      expect(difference(lab[0], metrics["lab.npv"]), `${path} at ${value}`).toBeLessThan(1e-9);
    }
  }

  const paths = 16_384;
  const simulation = opened.simulation({}, { paths, seed: 1, series: [] });
  for (let number = 0; number < simulation.batches(); number += 1) simulation.add(simulation.batch(number));
  const { metrics } = simulation.result();
  const theirs = plain(deal)({ paths, seed: 1 });
  for (const id of /** @type {const} */ (["backer.npv", "lab.npv"])) {
    const [{ mean: expected, sd }, { mean }] = [/** @type {{ mean: number, sd: number }} */ (metrics[id]), theirs.metrics[id]];
    expect(Math.abs(mean - expected), id).toBeLessThan((4 * sd * Math.SQRT2) / Math.sqrt(paths));
    expect(difference(theirs.metrics[id].sd, sd), id).toBeLessThan(0.05);
  }
});

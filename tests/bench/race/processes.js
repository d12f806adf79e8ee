// Contenders that are programs: a line of JSON in, a line of JSON out.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * What a contender is asked: paths of a seed, or the base case where the seed is null.
 * @typedef {{ paths: number, seed: number | null, deal?: string, sampler?: "sobol" | "random", bands?: boolean }} Question
 */
/** @typedef {{ mean: number, sd?: number, p5?: number, p50?: number }} Spread */
/** @typedef {{ milliseconds: number, metrics: Record<"backer.npv" | "lab.npv", Spread> }} Answer */

/**
 * Starts a program, which says its name first; null where it does not start.
 * @param {string} command
 * @param {string[]} args
 */
export async function program(command, args) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (text) => (complaint += text));
  child.on("error", (error) => (complaint += error.message));
  // What was written to a program that has ended is lost, and the line that never comes says so.
  child.stdin.on("error", () => {});
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const read = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(complaint.trim().split("\n").at(-1) || `${command} has ended.`);
    return JSON.parse(value);
  };
  /** @type {{ name: string }} */
  const { name } = await read();
  return {
    name,
    /**
     * @param {Question} question
     * @returns {Promise<Answer>}
     */
    ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return read();
    },
    end: () => child.stdin.end(),
  };
}

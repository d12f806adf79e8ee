// The headline figures of both sides, each with the base case's value beside it once something is changed.
import { directionOf } from "./context.js";

/** @import { Context } from "./context.js" */
/** @import { Direction, Side } from "../strings/en.js" */
/** @import { RunStrings } from "../strings/en-run.js" */

/** @typedef {{ id: string, label: string, meaning: string, value: string, was: string | null, direction: Direction }} Figure */
/** @typedef {{ side: Side, role: string, name: string, main: Figure, others: Figure[] }} SideFigures */

/** The clauses that a multiple of the investment counts. A deal without them has none, and says when the money is back instead. */
const OWNING = ["equity", "milestone-investment", "warrant"];

/**
 * @param {Context} context
 * @param {RunStrings["headline"]} words
 * @returns {SideFigures[]}
 */
export function headline({ info, result, base, format }, words) {
  const owns = info.clauses.some(({ kind }) => OWNING.includes(kind));

  /**
   * @param {"backer.npv" | "backer.irr_since_inception" | "backer.moic" | "backer.payback" | "backer.peak_exposure" | "lab.npv" | "lab.funding_gap"
   *   | "lab.dilution" | "lab.lowest_cash"} id
   * @param {(value: number | null | undefined) => string} show
   * @returns {Figure}
   */
  const figure = (id, show) => {
    const value = result.metrics[id];
    return {
      id,
      label: words[id],
      meaning: words.meanings[id],
      value: show(value),
      was: base && words.was(show(base.metrics[id])),
      direction: base ? directionOf(value, base.metrics[id], show) : "same",
    };
  };

  return [
    {
      side: "backer",
      role: words.side.backer,
      name: info.backer,
      main: figure("backer.npv", format.money),
      others: [
        figure("backer.irr_since_inception", format.percent),
        owns ? figure("backer.moic", format.multiple) : figure("backer.payback", format.year),
        figure("backer.peak_exposure", format.money),
      ],
    },
    {
      side: "lab",
      role: words.side.lab,
      name: info.lab_name,
      main: figure("lab.npv", format.money),
      others: [
        figure("lab.funding_gap", format.money),
        figure("lab.dilution", format.percent),
        figure("lab.lowest_cash", format.money),
      ],
    },
  ];
}

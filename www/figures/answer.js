// The page's first sentence: what the agreement is worth to each side, where that comes from, what an early AGI would change, and who
// gains.
import { directionOf, streams } from "./context.js";

/** @import { Context } from "./context.js" */
/** @import { Early } from "./early.js" */
/** @import { Piece } from "../strings/en.js" */

/**
 * @param {Context} context
 * @param {Early | null} [early]
 * @returns {{ sentence: Piece[], verdict: string }}
 */
export function answer(context, early = null) {
  const { info, result, base, format, strings } = context;
  const { metrics } = result;
  const total = metrics["backer.npv"] ?? null;
  const lab = metrics["lab.npv"] ?? null;

  let most = null;
  for (const { id, kind } of streams(context)) {
    const value = metrics[`backer.npv.${id}`] ?? 0;
    if (value > (most?.value ?? 0)) most = { value, name: strings.clauseSource(kind, id) };
  }
  const was = base && { backer: base.metrics["backer.npv"] ?? null, lab: base.metrics["lab.npv"] ?? null };
  return strings.answer({
    backer: info.backer,
    lab: info.lab_name,
    backerValue: format.money(total),
    labValue: format.money(lab),
    source: most && total !== null && total > 0 ? { name: most.name, majority: most.value * 2 > total } : null,
    change: was && {
      backer: directionOf(total, was.backer, format.money),
      lab: directionOf(lab, was.lab, format.money),
      backerValue: format.money(was.backer),
      labValue: format.money(was.lab),
    },
    early,
  });
}

/** @param {{ sentence: Piece[], verdict: string }} answered */
export const plainText = ({ sentence, verdict }) =>
  [...sentence.map((piece) => (typeof piece === "string" ? piece : piece.text)), ` ${verdict}`].join("");

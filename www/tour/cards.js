// The figures of the tour: the cards of the page, each with what is picked in it where its stop begins.
import { stops } from "./stops.js";

/** @import { CardModule, Place } from "../cards/desk.js" */
/** @import { StopId } from "../state/tour.js" */

/**
 * @param {StopId} id
 * @param {readonly Place[]} places of the page
 * @returns {Promise<CardModule>}
 */
export async function cardOf(id, places) {
  const { card, picks: first } = stops[id];
  const place = places.find((each) => each.id === card);
  if (place === undefined) throw new Error(`There is no card "${card}".`);
  const module = await place.load();
  return {
    questions: (context, picks) => module.questions(context, { ...first(context), ...picks }),
    show: (shown) => module.show({ ...shown, picks: { ...first(shown.context), ...shown.picks } }),
  };
}

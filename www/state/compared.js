// What is compared, as a pick and as a link has it: `now` for the reader's own state, `agreed` for the deal as agreed, `scenario:ID` for
// one of its scenarios, `saved:NAME` for one of the reader's own, and `deal:ID` for another agreement.

/** @typedef {{ kind: "now" | "agreed" | "scenario" | "saved" | "deal", id: string }} Compared */

/** So many are compared at once. */
export const MOST_COMPARED = 4;

const WITH_ID = /** @type {const} */ (["scenario", "saved", "deal"]);

/** @param {Compared} compared */
export const tokenOf = ({ kind, id }) => (id === "" ? kind : `${kind}:${id}`);

/**
 * @param {string} token
 * @returns {Compared | null}
 */
export function readToken(token) {
  if (token === "now" || token === "agreed") return { kind: token, id: "" };
  const at = token.indexOf(":");
  const kind = WITH_ID.find((each) => each === token.slice(0, at));
  const id = token.slice(at + 1);
  return kind === undefined || id === "" ? null : { kind, id };
}

/** Names may have commas, which part one from the next. @param {string} text */
const guarded = (text) => text.replaceAll("%", "%25").replaceAll(",", "%2C");
/** @param {string} text */
const unguarded = (text) => text.replaceAll("%2C", ",").replaceAll("%25", "%");

/** @param {readonly string[]} tokens */
export const writeTokens = (tokens) => tokens.map(guarded).join();

/**
 * @param {string} text
 * @returns {string[] | null} null where it is not a list of up to four things to compare
 */
export function readTokens(text) {
  const tokens = text.split(",").map(unguarded);
  const sound = tokens.every((token) => readToken(token) !== null) && new Set(tokens).size === tokens.length;
  return sound && tokens.length <= MOST_COMPARED ? tokens : null;
}

/** Where a link says what is compared. */
export const COMPARED_KEY = "compare:with";

/**
 * The names of the reader's own scenarios that are compared.
 * @param {readonly (readonly [key: string, text: string])[]} picks as a link says them
 */
export function comparedNames(picks) {
  const text = picks.find(([key]) => key === COMPARED_KEY)?.[1] ?? "";
  return (readTokens(text) ?? []).flatMap((token) => {
    const compared = readToken(token);
    return compared?.kind === "saved" ? [compared.id] : [];
  });
}

/**
 * What a link says is compared, where scenarios that it brings have other names here.
 * @param {readonly [key: string, text: string][]} picks
 * @param {Readonly<Record<string, string>>} renamed
 * @returns {[key: string, text: string][]}
 */
export function withNames(picks, renamed) {
  return picks.map(([key, text]) => {
    const tokens = key === COMPARED_KEY ? readTokens(text) : null;
    if (tokens === null) return [key, text];
    return [key, writeTokens(tokens.map((token) => (token.startsWith("saved:") ? `saved:${renamed[token.slice(6)] ?? token.slice(6)}` : token)))];
  });
}

// What the fragment of an embed asks for, beside the state: which figures, which levers, which colours. What is not understood is said.
import { strings as words } from "../strings/embed.js";
import { pathIn } from "../figures/levers.js";
import { unescaped } from "../state/fragment.js";
import { figures } from "./figures.js";
import { listed } from "./pairs.js";

/** @import { DealInfo } from "../engine/types.d.ts" */

/**
 * @typedef {object} Request
 * @property {string[]} figures
 * @property {string[] | null} levers null for those that the figures recommend
 * @property {"auto" | "light" | "dark"} theme
 * @property {boolean} sentence
 * @property {string} state the rest of the fragment, as it stands there
 * @property {string[]} problems
 */

/** The figure of an embed that names none. */
const USUAL = "clauses";
/** More levers than these, unasked, would be more than a figure in an article bears. */
const MOST_LEVERS = 3;
const THEMES = /** @type {const} */ (["auto", "light", "dark"]);
const KEYS = ["figure", "levers", "theme", "sentence"];
/** How a figure is called besides; `early.js`, which comes alone, has the same. */
const ALIASES = new Map([["value", "clauses"]]);

/**
 * @param {string} fragment
 * @param {string} [usual] the figure, where none is named
 * @returns {Request}
 */
export function read(fragment, usual = USUAL) {
  /** @type {Map<string, string>} */
  const own = new Map();
  /** @type {string[]} */
  const rest = [];
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const [key = "", ...value] = part.split("=");
    if (KEYS.includes(key) && !own.has(key)) own.set(key, unescaped(value.join("=")) ?? value.join("="));
    else rest.push(part);
  }
  /** @type {string[]} */
  const problems = [];
  const named = listed(own.get("figure") ?? "").map((id) => ALIASES.get(id) ?? id);
  const known = named.filter((id) => Object.hasOwn(figures, id));
  for (const id of named) if (!known.includes(id)) problems.push(words.noFigure(id, Object.keys(figures).join(", ")));
  const theme = own.get("theme") ?? "auto";
  const found = THEMES.find((each) => each === theme);
  if (found === undefined) problems.push(words.noTheme(theme));
  const sentence = own.get("sentence") ?? "yes";
  if (sentence !== "yes" && sentence !== "no") problems.push(words.noAnswer(sentence));
  const levers = own.get("levers");
  return {
    figures: known.length > 0 ? [...new Set(known)] : [usual],
    levers: levers === undefined ? null : levers === "none" ? [] : listed(levers),
    theme: found ?? "auto",
    sentence: sentence !== "no",
    state: rest.join("&"),
    problems,
  };
}

/**
 * The paths of the levers: those that were asked for, or those of the figures that the deal has, in turn.
 * @param {Request} request
 * @param {DealInfo} info
 * @returns {string[]}
 */
export function choose({ levers, figures: ids }, info) {
  if (levers !== null) return levers;
  const has = (/** @type {string} */ path) => info.quantities.some((quantity) => quantity.path === pathIn(info, path));
  const lists = ids.map((id) => figures[id]?.levers.filter(has) ?? []);
  const inTurn = [0, 1, 2].flatMap((place) => lists.flatMap((list) => list[place] ?? []));
  return [...new Set(inTurn)].slice(0, MOST_LEVERS);
}

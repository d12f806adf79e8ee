// The page of an embed, made of the same elements that an author has: the sentence, a few levers and one or more figures of one group,
// as the fragment says. What stands in `#base-case` is in sight until the first figures are there, and stays where they cannot come.
import { toPlain } from "../engine/errors.js";
import { strings as words } from "../strings/embed.js";
import { strings } from "../strings/index.js";
import { leadTo } from "./engine.js";
import { FigureMember } from "./figure.js";
import { groupOf, watch } from "./group.js";
import { LeverMember } from "./lever.js";
import { ModelMember } from "./model.js";
import { choose, read } from "./request.js";
import { tellHeight } from "./sizing.js";
import { UNDRAWN } from "./undrawn.js";

/** @import { Request } from "./request.js" */

/** So many milliseconds are a few frames. */
const FRAMES = 50;

const content = /** @type {HTMLElement} */ (document.getElementById("embed"));
const base = document.getElementById("base-case");
const { deal: home = "", figure: usual, root = "./", deals = "" } = document.documentElement.dataset;
const page = new URL(root, location.href).href;

leadTo(page);
// Numbers in prose and links are an author's; an embed has none.
customElements.define("clause-model", ModelMember);
customElements.define("clause-figure", FigureMember);
customElements.define("clause-lever", LeverMember);
const live = document.createElement("div");
live.className = "figures arriving";
const levers = document.createElement("section");
levers.className = "levers";
levers.setAttribute("aria-label", words.levers);
const problems = document.createElement("div");
problems.className = "problems";
problems.setAttribute("role", "status");
problems.hidden = true;
const link = document.createElement("a");
link.target = "_blank";
link.rel = "noopener";
link.textContent = `${words.open} ↗`;
link.setAttribute("aria-label", `${words.open} (${words.newTab})`);
const about = document.createElement("span");
const footer = document.querySelector("footer") ?? document.createElement("footer");
const line = document.createElement("p");
line.append(about, " ", link);

/** @type {Request} */
let request = asked();
/** Why the base case stays, where it does. @type {string | null} */
let failed = null;
const model = document.createElement("clause-model");

function show() {
  document.documentElement.dataset["theme"] = request.theme;
  const named = request.figures.map((figure) => Object.assign(document.createElement("clause-figure"), { figure }));
  const sentence = request.sentence && !request.figures.includes("answer");
  const answer = sentence ? [Object.assign(document.createElement("clause-figure"), { figure: "answer" })] : [];
  levers.replaceChildren();
  live.replaceChildren(...answer, levers, ...named);
  fill();
}

/** The levers, once it is known which the deal has. */
function fill() {
  const info = groupOf("").session?.info;
  if (info === undefined) return;
  const paths = choose(request, info);
  const shown = [...levers.children].map((lever) => /** @type {HTMLElement & { path: string }} */ (lever).path);
  if (paths.join() === shown.join()) return;
  levers.replaceChildren(...paths.map((path) => Object.assign(document.createElement("clause-lever"), { path })));
  levers.hidden = paths.length === 0;
}

/** @param {readonly string[]} said */
function complain(said) {
  problems.replaceChildren(
    ...said.map((text) => {
      const item = document.createElement("p");
      item.textContent = text;
      return item;
    }),
  );
  problems.hidden = said.length === 0;
}

function refresh() {
  const group = groupOf("");
  fill();
  about.textContent = `${strings.footer.caveat} ${words.source(group.version)}`;
  link.href = group.link;
}

model.setAttribute("state", request.state);
// The base case stays in its place until the figures take it.
content.append(live, problems, footer, model);
complain(request.problems);
if (footer.childElementCount === 0) footer.append(line);
show();
tellHeight(content);
watchGroup();

/** What the fragment says, in a document that is about one deal and one figure unless it says otherwise. */
function asked() {
  const said = read(location.hash, usual);
  const elsewhere = home === "" || said.state.split("&").some((part) => part.startsWith("deal="));
  return elsewhere ? said : { ...said, state: [`deal=${home}`, said.state].filter((part) => part !== "").join("&") };
}

/**
 * The base case stays, and why it is no more than that stands below it; where it is that of something else, the way to the right one.
 * @param {string} reason
 */
function stay(reason) {
  failed = reason;
  const { classList } = document.documentElement;
  classList.add("stays");
  live.remove();
  const other = classList.contains("other");
  complain([...request.problems, `${words.failed(reason)} ${other ? words.otherBase : classList.contains("moved") ? words.movedBase : words.base}`]);
  if (!other) return;
  const deal = new URLSearchParams(request.state).get("deal") ?? home;
  const [figure] = request.figures;
  if (figure === undefined || UNDRAWN.includes(figure) || !deals.split(" ").includes(deal)) return;
  const way = document.createElement("a");
  way.href = `${page}embed/${deal}/${figure}.html`;
  way.textContent = words.static;
  problems.lastElementChild?.append(" ", way);
}

/**
 * Resolves when every figure has something to show, or says why it has not.
 * @param {import("./group.js").Group} group
 */
async function drawn(group) {
  const ready = () => {
    const cards = group.session?.desk.cards() ?? [];
    return request.figures.every((id) => cards.some((card) => card.id === id && (card.shown !== null || card.fault !== null)));
  };
  await new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
    watch(() => ready() && resolve());
    if (ready()) resolve();
  });
  // The elements draw, and those within them, and a figure that has found out how wide it is draws once more.
  await new Promise((resolve) => setTimeout(resolve, document.hidden ? 0 : FRAMES));
}

async function watchGroup() {
  const group = groupOf("");
  try {
    await group.ready;
  } catch (error) {
    if (group.failure !== null) return stay(group.failure);
    // What was asked for cannot be calculated; something else may be asked for yet.
    complain([...request.problems, toPlain(error).message]);
    await new Promise((/** @type {(value?: undefined) => void} */ resolve) => watch(() => group.session?.shown && resolve()));
  }
  // A base case that says what was asked for stays until its figure is drawn; one of something else only kept the place.
  if (!document.documentElement.classList.contains("other")) await drawn(group);
  complain(request.problems);
  footer.replaceChildren(line);
  base?.remove();
  live.classList.remove("arriving");
  refresh();
  model.addEventListener("change", refresh);
}

window.addEventListener("hashchange", () => {
  request = asked();
  if (failed !== null) return stay(failed);
  complain(request.problems);
  model.setAttribute("state", request.state);
  show();
});

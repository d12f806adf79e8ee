// The page of an embed, made of the same elements that an author has: the sentence, a few levers and one or more figures of one group,
// as the fragment says. What stands in `#base-case` is in sight until the first figures are there, and stays where they cannot come.
import { strings as words } from "../strings/embed.js";
import { strings } from "../strings/index.js";
import { leadTo } from "./engine.js";
import { FigureMember } from "./figure.js";
import { groupOf } from "./group.js";
import { LeverMember } from "./lever.js";
import { ModelMember } from "./model.js";
import { choose, read } from "./request.js";
import { tellHeight } from "./sizing.js";

/** @import { Request } from "./request.js" */

const content = /** @type {HTMLElement} */ (document.getElementById("embed"));
const base = document.getElementById("base-case");
const page = new URL("./", location.href).href;

leadTo(page);
// Numbers in prose and links are an author's; an embed has none.
customElements.define("clause-model", ModelMember);
customElements.define("clause-figure", FigureMember);
customElements.define("clause-lever", LeverMember);
const live = document.createElement("div");
live.hidden = true;
live.className = "figures";
const levers = document.createElement("section");
levers.className = "levers";
levers.setAttribute("aria-label", words.levers);
const problems = document.createElement("ul");
problems.className = "problems";
problems.setAttribute("role", "status");
problems.hidden = true;
const link = document.createElement("a");
link.target = "_blank";
link.rel = "noopener";
link.textContent = `${words.open} ↗`;
link.setAttribute("aria-label", `${words.open} (${words.newTab})`);
const about = document.createElement("span");
const footer = document.createElement("footer");
const line = document.createElement("p");
line.append(about, " ", link);
footer.append(line);

/** @type {Request} */
let request = read(location.hash);
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
      const item = document.createElement("li");
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
content.append(model, problems, live, footer);
complain(request.problems);
about.textContent = strings.footer.caveat;
link.href = `${page}#${request.state}`;
show();
tellHeight(content);
watchGroup();

async function watchGroup() {
  const group = groupOf("");
  try {
    await group.ready;
  } catch {
    // The base case stays, and why it is no more than that stands below it.
    complain([...request.problems, `${words.failed(group.failure ?? "")} ${words.base}`]);
    return;
  }
  base?.remove();
  live.hidden = false;
  refresh();
  model.addEventListener("change", refresh);
}

window.addEventListener("hashchange", () => {
  request = read(location.hash);
  complain(request.problems);
  model.setAttribute("state", request.state);
  show();
});

// The first script of an embed, run before anything is in sight. What the document shows already is the base case of one deal and one
// figure; where the fragment asks for something else, that must not be seen even for a moment.
{
  const root = document.documentElement;
  const { deal, figure } = root.dataset;
  root.classList.add("scripted");
  /** How a figure is called besides. @type {Readonly<Record<string, string>>} */
  const aliases = { value: "clauses" };
  /** @type {Map<string, string>} */
  const asked = new Map();
  for (const part of location.hash.slice(1).split("&")) {
    const [key = "", value = ""] = part.split("=");
    if (key !== "" && !asked.has(key)) asked.set(key, value.replaceAll("%2C", ","));
  }
  const named = asked.get("figure");
  const theme = asked.get("theme");
  if (theme !== undefined) root.dataset["theme"] = theme;
  if (asked.get("sentence") === "no") root.classList.add("no-sentence");
  if (asked.get("levers") === "none") root.classList.add("no-levers");
  else if (asked.has("levers")) root.classList.add("other-levers");
  const other = (asked.get("deal") ?? deal) !== deal || (named !== undefined && (aliases[named] ?? named) !== figure);
  const states = ["v", "deal", "figure", "theme", "sentence", "levers"];
  if (other) root.classList.add("other");
  else if ([...asked.keys()].some((key) => !states.includes(key))) root.classList.add("moved");
  // Where the calculator does not even arrive, nothing else can say so.
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && root.classList.add("stays", "unstarted"), true);
}

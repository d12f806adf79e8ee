// The composition root, where the events of the elements meet the store, the scheduler and the elements again. One movement of a
// lever goes straight through: event → store → scheduler → engine → one drawing in the next animation frame.
import { html, render } from "lit";
import { EXPLAINING } from "./cards/desk.js";
import { EARLY, earlyOf } from "./cards/early.js";
import { places } from "./cards/index.js";
import { FigureElement } from "./elements/figure/figure.js";
import "./elements/index.js";
import { toPlain } from "./engine/errors.js";
import { openEngine } from "./engine/open.js";
import { answer, plainText } from "./figures/answer.js";
import { createFormat } from "./format/format.js";
import { nameOfOwn, AS_AGREED } from "./figures/scenarios.js";
import { thenAndNow } from "./figures/then.js";
import { linkTo } from "./export/link.js";
import { keepWhenIdle } from "./offline/idle.js";
import { keptVersions } from "./offline/versions.js";
import { DEALS, SCENARIOS, keep, readKept } from "./own/kept.js";
import { Scenarios } from "./own/scenarios.js";
import { Parts } from "./parts/index.js";
import { comparedNames, withNames } from "./state/compared.js";
import { awaiting, dealOf, encode, interpret, parse } from "./state/fragment.js";
import { readLink, sorted, writeLink } from "./state/link.js";
import { sayAnswer } from "./state/said.js";
import { differencesOf, stateOf } from "./state/saved.js";
import { Deals, Session } from "./session.js";
import { sameState, untouched, withScenario, withSpread, withValue } from "./state/state.js";
import { STOPS, readTour, writeTour } from "./state/tour.js";
import { strings } from "./strings/index.js";
import { strings as words } from "./strings/page.js";
import { nextTheme, readTheme, showTheme } from "./theme.js";
import { view } from "./view.js";

/** @import { DealSummary, Engine } from "./engine/types.d.ts" */
/** @import { CardContext } from "./figures/context.js" */
/** @import { SaveEvent } from "./elements/figure/menu.js" */
/** @import { Problem } from "./state/fragment.js" */
/** @import { Link } from "./state/link.js" */
/** @import { State } from "./state/state.js" */
/** @import { StopId } from "./state/tour.js" */
/** @import { Handlers, Model } from "./view.js" */

/**
 * How long the page is left alone before a screen reader is told, once, what came out, and before the address is written: browsers
 * allow about a hundred changes of the address in half a minute, which a key that is held down passes.
 */
const SETTLED_AFTER = 700;

/** Every stop of the tour has a card of its own, so that what is picked in it is picked on the tour alone. */
const tourPlaces = STOPS.map((stop) => ({ id: `tour-${stop}`, load: async () => (await import("./tour/cards.js")).cardOf(stop, places) }));

const page = /** @type {HTMLElement} */ (document.getElementById("page"));
const live = /** @type {HTMLElement} */ (document.getElementById("live"));
const format = createFormat(undefined, strings);

let theme = readTheme();
showTheme(theme);

/**
 * What an address says: the state, the stop of the tour, what it says beside these, what of it was not understood, and what is to be
 * compared with it once the engine has answered.
 * @typedef {{ state: State, stop: StopId | null, link: Link, problems: readonly Problem[], claim: { state: State, fragment: string } | null }} Address
 */

// Where figures are embedded already, they are not embedded once more.
FigureElement.offers = words.save.figure;

const loading = document.getElementById("loading");
if (loading) loading.hidden = false;

try {
  await start(await openEngine());
} catch (error) {
  fail(error);
}

/** @param {Engine} engine */
async function start(engine) {
  let own = readKept();
  // One that this version of the model refuses stays in the editor, which says why.
  await Promise.all(own.map(({ id, tree }) => engine.adopt(id, tree).catch(() => {})));
  const given = document.getElementById("clauseworth-deal")?.textContent;
  const baked = given ? await (await import("./own/baked.js")).openBaked(given, engine) : null;
  const [library, version] = await Promise.all([engine.deals(), engine.version()]);
  const home = baked?.deal ?? library[0]?.id ?? "";
  // What a file was given to open with is not what the page opens with elsewhere: its links name the deal in any case.
  const unsaid = baked ? "" : home;
  const deals = new Deals(engine);

  const scenarios = new Scenarios();
  /** @type {readonly Problem[]} */
  let problems = [];
  /** What the last link said beside its state. @type {Link} */
  let link = readLink("");
  /** What is to be compared with what the link says, once the engine has answered. @type {{ state: State, fragment: string } | null} */
  let claim = null;
  /** @type {Model["then"]} */
  let then = null;
  /** Where the reader is on the tour. @type {StopId | null} */
  let stop = null;
  /**
   * What the address says.
   * @param {readonly DealSummary[]} known
   * @returns {Promise<Address>}
   */
  async function readAddress(known) {
    const fragment = location.hash.replace(/^#/, "");
    const { pairs, problems: malformed } = fragment !== "" || !baked ? parse(fragment) : { pairs: baked.pairs, problems: [] };
    const told = readTour(pairs);
    const opened = sorted(told.pairs, malformed);
    const waits = awaiting(opened.all, known, home);
    if (waits !== null) {
      return { state: waits.state, stop: told.stop, link: readLink(""), problems: [...opened.problems, ...waits.problems], claim: null };
    }
    const { info } = await deals.byId(dealOf(opened.pairs, known, home));
    const read = interpret(opened, info);
    const state = { ...read.state, unknown: [...read.state.unknown, ...opened.strange] };
    return { state, stop: told.stop, link: opened, problems: read.problems, claim: { state, fragment } };
  }

  /**
   * The page is where an address says.
   * @param {Address} address
   */
  function arriveAt(address) {
    ({ stop, link, problems } = address);
    if (address.claim !== null) ({ claim } = address);
  }

  /** What a link says beside its state comes to where it belongs. */
  function unpack() {
    const { deal } = store.state;
    then = null;
    const renamed = scenarios.receive(deal, link.saved, words.scenarios.another);
    desk.restore(deal, withNames(link.picks, renamed));
  }

  /** Holds the answer that a link states against the one that is there now. */
  function compareAnswers() {
    const { shown } = session;
    if (claim === null || shown === null || !sameState(claim.state, shown.state)) return;
    const { said, model } = link;
    const { fragment } = claim;
    claim = null;
    if (said === null) return;
    const about = { said, model, fragment, partly: problems.length > 0 };
    const found = thenAndNow(shown, { ...about, kept: [] }, version, words.notices.then);
    then = found;
    if (found === null || model === null || model === version) return;
    // Where it can be seen as it was is said a moment later.
    void keptVersions().then((kept) => {
      if (then !== found) return;
      then = thenAndNow(shown, { ...about, kept }, version, words.notices.then);
      draw();
    });
  }

  /**
   * All that a link says of a state.
   * @param {State} state
   * @param {CardContext | null} about what the figures show of it, if they do
   * @param {boolean} [always] whether the answer is said where there is nothing else to say
   */
  function fragmentOf(state, about, always = false) {
    const picks = desk.said();
    const said = about === null ? null : sayAnswer(about.result.metrics);
    const saved = scenarios.carried(state.deal, comparedNames(picks));
    return writeLink(state, unsaid, { picks, saved, answer: said === null ? null : { model: version, said }, always });
  }

  /** @type {Model["sought"]} */
  let sought = null;
  /** @type {Model["explaining"]} */
  let explaining = null;
  let managing = false;
  /** The scenario that was taken away last. @type {import("./state/saved.js").Saved | null} */
  let removed = null;
  const roomy = matchMedia("(min-width: 64rem)").matches;

  const beginning = await readAddress(library);
  arriveAt(beginning);
  const { state } = beginning;
  const { info: first } = await deals.byId(state.deal);
  const session = new Session(
    {
      engine,
      deals,
      library,
      state,
      places: [...places, ...tourPlaces],
      own: () => [...(baked?.deals ?? []), ...own],
      saved: (deal) => scenarios.of(deal),
      format,
      strings,
      changed: () => draw(),
      delivered: () => {
        compareAnswers();
        if (moved) settle();
      },
    },
    first,
  );
  const { store, desk } = session;

  const parts = new Parts(() => draw(), {
    engine,
    state: () => store.state,
    own: () => own,
    changed: () => draw(),
    use: async (deal) => {
      const { id, tree } = deal;
      await engine.adopt(id, tree);
      own = [...own.filter((each) => each.id !== id), deal];
      session.library = await engine.deals();
      session.replaced(id, tree);
      const waiting = store.state.deal !== id;
      const about = sorted(linkAbout(id));
      const read = interpret(about, (await deals.byId(id)).info);
      problems = read.problems;
      // What a state says may be the same as before, and the file that it speaks of another.
      if (sameState(read.state, store.state)) session.run();
      else store.change(read.state);
      if (waiting && about.all.length > 0) {
        link = about;
        claim = { state: read.state, fragment: encode(read.state, unsaid) };
        unpack();
      }
      return keep(own);
    },
    abandon: async (id) => {
      own = own.filter((each) => each.id !== id);
      keep(own);
      await drop(id);
      draw();
    },
  });

  /**
   * A deal of the reader's own is in the library no more.
   * @param {string} id
   */
  async function drop(id) {
    if (store.state.deal === id) store.change(untouched(home));
    store.forget(id);
    await engine.abandon(id);
    session.library = await engine.deals();
    session.replaced(id, null);
  }

  /** Another window of the page has opened a deal of the reader's own, edited one, or taken one away. */
  async function followOwn() {
    const before = own;
    own = readKept();
    for (const { id } of before) if (!own.some((each) => each.id === id)) await drop(id);
    for (const { id, tree, text } of own) {
      if (before.find((each) => each.id === id)?.text === text) continue;
      // One that is refused stays in the editor, which says why.
      await engine.adopt(id, tree).then(() => session.replaced(id, tree), () => {});
      if (store.state.deal === id) session.run();
    }
    session.library = await engine.deals();
    draw();
  }

  /**
   * What is to be said of a file that has just been opened: what a link said of it, or what the reader changed before it was edited.
   * @param {string} id
   */
  function linkAbout(id) {
    const waiting = store.state.unknown;
    if (waiting.some(([key, value]) => key === "deal" && value === id)) {
      return waiting.map(([key, value]) => /** @type {[string, string]} */ ([key, value]));
    }
    return store.state.deal === id ? parse(encode(store.state, unsaid)).pairs : [];
  }

  /**
   * The page is at another stop of the tour, or at none. The way back leads to where the reader was.
   * @param {StopId | null} next
   */
  function turnTo(next) {
    writeAddress();
    stop = next;
    history.pushState(history.state, "", address());
    draw();
  }

  /** @param {StopId | null} next */
  async function travel(next) {
    if (next !== null) await parts.load("tour");
    turnTo(next);
    // The keyboard and the screen reader go along.
    requestAnimationFrame(() => requestAnimationFrame(() => arrive(next)));
  }

  /** @type {Handlers} */
  const handlers = {
    travel,
    linkOfStop: (next) => `#${writeTour(fragmentOf(store.state, null), next)}`,
    pickDeal: ({ detail: id }) => store.change(untouched(id)),
    pickScenario: ({ detail: id }) => {
      const name = nameOfOwn(id);
      if (name !== null) apply(name);
      else store.change(withScenario(store.state, session.info, id === AS_AGREED ? null : id));
    },
    manageScenarios: async (open) => {
      if (open) await parts.load("scenarios");
      managing = open;
      draw();
    },
    scenario: async (act, name, wanted) => {
      const { deal } = store.state;
      /** @type {boolean | string} */
      let outcome = true;
      /** @type {[string, string][] | null} */
      let again = null;
      if (act === "apply") apply(name);
      else if (act === "link") return copyScenario(name);
      else if (act === "remove") {
        removed = scenarios.find(deal, name);
        scenarios.remove(deal, name);
      } else if (act === "rename") {
        const said = desk.said();
        outcome = scenarios.rename(deal, name, wanted);
        // What is compared is called by its name.
        if (comparedNames(said).includes(name)) again = withNames(said, { [name]: wanted });
      } else {
        const fragment = act === "save" ? differencesOf(store.state) : ((act === "restore" ? removed : scenarios.find(deal, name))?.fragment ?? "");
        outcome = scenarios.save(deal, { name, fragment });
      }
      session.recall();
      if (again !== null) desk.restore(deal, again);
      moved = true;
      settle({ tells: false });
      return outcome;
    },
    changeQuantity: ({ detail: { path, value, settled } }) =>
      store.change(withValue(store.state, session.info, path, value), { settled }),
    changeSpread: ({ detail: { path, spread } }) => store.change(withSpread(store.state, session.info, path, spread)),
    findAssumption: async ({ detail: path }) => {
      if (stop !== null) turnTo(null);
      await parts.load("assumptions");
      sought = { path };
      draw();
    },
    explain: ({ detail: metric }) => {
      explaining = metric;
      for (const id of EXPLAINING) {
        desk.choose(id, { metric });
        desk.approach(id, true);
      }
      void parts.load("explain");
    },
    closeExplanation: () => {
      explaining = null;
      for (const id of EXPLAINING) desk.approach(id, false);
    },
    approachPart: (id) => void parts.load(id),
    visitPart: async (id) => {
      if (stop !== null) turnTo(null);
      await parts.load(id);
      draw();
      // It stands below figures that take their places when they are drawn.
      requestAnimationFrame(() => requestAnimationFrame(() => visit(id)));
    },
    act: ({ detail: action }) => {
      if (action === "theme") {
        theme = nextTheme(theme);
        showTheme(theme);
        draw();
      } else if (action === "reset") {
        problems = [];
        desk.forgive();
        store.change(untouched(store.state.deal));
      } else {
        store[action]();
      }
    },
    takeNewer: () => {
      writeAddress();
      take?.();
    },
    dismissProblems: () => {
      problems = [];
      desk.forgive();
      store.change({ ...store.state, unknown: [] });
      draw();
    },
    dismissThen: () => {
      then = null;
      draw();
    },
    approach: (id, near) => desk.approach(id, near),
    choose: (id, picks) => {
      desk.choose(id, picks);
      moved = true;
      settle({ tells: false });
    },
    stop: (id, stopped) => desk.stop(id, stopped),
    retry: () => desk.retry(),
  };

  /** @param {string} name of a scenario of the reader's own */
  function apply(name) {
    const found = scenarios.find(store.state.deal, name);
    if (found === null) return;
    const read = stateOf(found, session.info);
    problems = read.problems;
    store.change(read.state);
    draw();
  }

  /**
   * Copies a link to a scenario of the reader's own, which whoever opens it has then, too.
   * @param {string} name
   * @returns {Promise<boolean | string>} the link, where it could not be copied
   */
  async function copyScenario(name) {
    const found = scenarios.find(store.state.deal, name);
    if (found === null) return false;
    const { copy } = await import("./export/deliver.js");
    const address = linkTo(location.href, writeLink(stateOf(found, session.info).state, unsaid, { saved: [found] }));
    return (await copy(address)) || address;
  }
  /** Whether the site is on the device, and what puts a newer build of it in the place of this one. */
  let kept = false;
  /** @type {(() => void) | null} */
  let take = null;

  /** What the page shows until the first figures are there. @type {HTMLElement | null} */
  let opening = document.getElementById("opening-words");
  let frame = 0;
  /** However often it is asked for, the page is drawn once in the next animation frame. */
  function draw() {
    if (frame === 0) frame = requestAnimationFrame(paint);
  }
  function paint() {
    frame = 0;
    opening?.remove();
    opening = null;
    const { state, canUndo, canRedo } = store;
    const { library, info, shown, fault } = session;
    // A deal that is still being opened has no levers yet: the one before stays until it has.
    const chosen = state.deal === info.id ? state : untouched(info.id);
    const cards = desk.cards();
    const refused = desk.refused();
    const own = { saved: scenarios.of(info.id), managing };
    const about = { library, version, info, state: chosen, shown, cards, parts: parts.all(), sought, explaining, stop, then, ...own };
    const model = { ...about, kept, newer: take !== null, fault, problems: [...problems, ...refused], canUndo, canRedo, theme, roomy };
    render(view(model, handlers, { format, strings }), page);
  }

  let timer = 0;
  /** Whether something has come out that a screen reader is to be told. */
  let telling = false;
  /** @param {{ tells?: boolean }} [options] */
  function settle({ tells = true } = {}) {
    telling ||= tells;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      writeAddress();
      const tell = telling;
      telling = false;
      if (session.shown === null || !tell) return;
      const { early, known } = earlyOf(desk.cards(), session.shown);
      live.textContent = plainText(answer(session.shown, known === "known" ? early : null));
    }, SETTLED_AFTER);
  }

  /** Whether anything was done since the page was opened, whose first figures need no announcement. */
  let moved = false;
  store.subscribe(() => {
    moved = true;
    settle();
  });

  function address() {
    const { shown } = session;
    const fragment = writeTour(fragmentOf(store.state, shown !== null && sameState(shown.state, store.state) ? shown : null), stop);
    return fragment === "" ? location.pathname + location.search : `#${fragment}`;
  }
  function writeAddress() {
    history.replaceState(history.state, "", address());
  }

  // Whatever asks to be saved, it is the state that the figures show that leaves the page.
  page.addEventListener("save", async (event) => {
    const { kind, tell } = /** @type {SaveEvent} */ (event).detail;
    const [asker = null] = event.composedPath();
    const about = session.shown;
    if (about === null) return;
    const outlet = { shown: about, version, link: linkTo(location.href, fragmentOf(about.state, about, true)), date: new Date(), files: () => engine.files(about.state.deal) };
    tell(strings.save.busy);
    try {
      if (kind === "embed") {
        const { embed } = await import("./embed/dialog.js");
        await embed(asker, about, version);
        return tell("");
      }
      const { save } = await import("./export/index.js");
      tell(await save(kind, asker, outlet));
    } catch (error) {
      tell(strings.save.failed(toPlain(error).message));
    }
  });

  let turn = 0;
  window.addEventListener("hashchange", async () => {
    const mine = ++turn;
    try {
      const there = await readAddress(session.library);
      // The reader may have gone on while a deal was opened.
      if (mine !== turn) return;
      arriveAt(there);
      store.change(there.state);
    } catch (error) {
      fail(error);
      return;
    }
    unpack();
    session.recall();
    compareAnswers();
    if (stop !== null) await parts.load("tour");
    draw();
  });

  window.addEventListener("storage", ({ key }) => {
    if (key === DEALS || key === null) void followOwn();
    if (key !== SCENARIOS && key !== null) return;
    scenarios.refresh();
    session.recall();
    draw();
  });

  window.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || typing(event)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) store.undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) store.redo();
    else return;
    event.preventDefault();
  });

  window.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  window.addEventListener("drop", async (event) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    await handlers.visitPart("own");
    parts.get("own").module?.receive?.(file);
  });

  unpack();
  desk.approach(EARLY, true);
  if (stop !== null) void parts.load("tour");
  session.run();
  // The page that is one file is on the device, and has no worker beside it.
  if (import.meta.env.PROD && import.meta.env.MODE !== "single") {
    keepWhenIdle({
      ready: () => {
        kept = true;
        draw();
      },
      newer: (use) => {
        take = use;
        draw();
      },
    });
  }
  window.clauseworth = { engine, store, desk };
}

/**
 * Whether a field with an undo of its own has the keyboard.
 * @param {KeyboardEvent} event
 */
function typing(event) {
  const target = event.composedPath()[0];
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && ["number", "search", "date", "text"].includes(target.type);
}

/**
 * Brings a part of the page into view, and the keyboard to its heading.
 * @param {string} id
 */
function visit(id) {
  const place = page.querySelector(`cw-place[data-part="${id}"]`);
  const element = /** @type {{ visit?: () => void } | null | undefined} */ (place?.firstElementChild);
  element?.visit?.();
}

/**
 * Brings a stop of the tour into view, or the levers where the tour was left, and the keyboard to the heading.
 * @param {StopId | null} stop
 */
function arrive(stop) {
  const tour = /** @type {(HTMLElement & { visit?: () => void }) | null} */ (page.querySelector("cw-tour"));
  if (stop !== null) return tour?.visit?.();
  const title = document.getElementById("levers-title");
  title?.focus();
  title?.scrollIntoView({ block: "start" });
}

/** @param {unknown} error */
function fail(error) {
  page.replaceChildren();
  render(
    html`
      <main class="opening">
        <cw-notice
          .alert=${true}
          .heading=${words.engine.failed}
          .items=${[words.engine.failedHint, toPlain(error).message]}
          .action=${strings.actions.retry}
          @answer=${() => location.reload()}
        ></cw-notice>
      </main>
    `,
    page,
  );
}

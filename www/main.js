// The composition root, where the events of the elements meet the store, the scheduler and the elements again. One movement of a
// lever goes straight through: event → store → scheduler → engine → one drawing in the next animation frame.
import { html, render } from "lit";
import { places } from "./cards/index.js";
import "./elements/index.js";
import { openEngine } from "./engine/client.js";
import { toPlain } from "./engine/errors.js";
import { answer, plainText } from "./figures/answer.js";
import { createFormat } from "./format/format.js";
import { linkTo } from "./export/link.js";
import { keepWhenIdle } from "./offline/idle.js";
import { keep, readKept } from "./own/kept.js";
import { Parts } from "./parts/index.js";
import { awaiting, dealOf, encode, interpret, parse } from "./state/fragment.js";
import { Deals, Session } from "./session.js";
import { sameState, untouched, withScenario, withSpread, withValue } from "./state/state.js";
import { strings } from "./strings/index.js";
import { nextTheme, readTheme, showTheme } from "./theme.js";
import { AS_AGREED, view } from "./view.js";

/** @import { DealSummary, Engine } from "./engine/types.d.ts" */
/** @import { SaveEvent } from "./elements/figure/menu.js" */
/** @import { Problem } from "./state/fragment.js" */
/** @import { Handlers, Model } from "./view.js" */

/**
 * How long the page is left alone before a screen reader is told, once, what came out, and before the address is written: browsers
 * allow about a hundred changes of the address in half a minute, which a key that is held down passes.
 */
const SETTLED_AFTER = 700;

/** The cards that ask what an explanation needs. */
const EXPLAINING = ["explain", "chance"];

const page = /** @type {HTMLElement} */ (document.getElementById("page"));
const live = /** @type {HTMLElement} */ (document.getElementById("live"));
const format = createFormat(undefined, strings);

let theme = readTheme();
showTheme(theme);

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
  const [library, version] = await Promise.all([engine.deals(), engine.version()]);
  const defaultDeal = library[0]?.id ?? "";
  const deals = new Deals(engine);

  /** @type {readonly Problem[]} */
  let problems = [];
  /** @param {readonly DealSummary[]} known */
  async function stateOfAddress(known) {
    const parsed = parse(location.hash);
    const waits = awaiting(parsed.pairs, known, defaultDeal);
    if (waits !== null) {
      problems = [...parsed.problems, ...waits.problems];
      return waits.state;
    }
    const { info } = await deals.byId(dealOf(parsed.pairs, known, defaultDeal));
    const read = interpret(parsed, info);
    problems = read.problems;
    return read.state;
  }

  /** @type {Model["sought"]} */
  let sought = null;
  /** @type {Model["explaining"]} */
  let explaining = null;
  const roomy = matchMedia("(min-width: 64rem)").matches;

  const state = await stateOfAddress(library);
  const { info: first } = await deals.byId(state.deal);
  const session = new Session(
    {
      engine,
      deals,
      library,
      state,
      places,
      own: () => own,
      format,
      strings,
      changed: () => draw(),
      delivered: () => {
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
      const pairs = linkAbout(id);
      const read = interpret({ pairs, problems: [] }, (await deals.byId(id)).info);
      problems = read.problems;
      // What a state says may be the same as before, and the file that it speaks of another.
      if (sameState(read.state, store.state)) session.run();
      else store.change(read.state);
      return keep(own);
    },
    abandon: async (id) => {
      own = own.filter((each) => each.id !== id);
      keep(own);
      if (store.state.deal === id) store.change(untouched(defaultDeal));
      await engine.abandon(id);
      session.library = await engine.deals();
      session.replaced(id, null);
      draw();
    },
  });

  /**
   * What is to be said of a file that has just been opened: what a link said of it, or what the reader changed before it was edited.
   * @param {string} id
   */
  function linkAbout(id) {
    const waiting = store.state.unknown;
    if (waiting.some(([key, value]) => key === "deal" && value === id)) {
      return waiting.map(([key, value]) => /** @type {[string, string]} */ ([key, value]));
    }
    return store.state.deal === id ? parse(encode(store.state, defaultDeal)).pairs : [];
  }

  /** @type {Handlers} */
  const handlers = {
    pickDeal: ({ detail: id }) => store.change(untouched(id)),
    pickScenario: ({ detail: id }) => store.change(withScenario(store.state, session.info, id === AS_AGREED ? null : id)),
    changeQuantity: ({ detail: { path, value, settled } }) =>
      store.change(withValue(store.state, session.info, path, value), { settled }),
    changeSpread: ({ detail: { path, spread } }) => store.change(withSpread(store.state, session.info, path, spread)),
    findAssumption: async ({ detail: path }) => {
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
      store.change({ ...store.state, unknown: [] });
      draw();
    },
    approach: (id, near) => desk.approach(id, near),
    choose: (id, picks) => desk.choose(id, picks),
    stop: (id, stopped) => desk.stop(id, stopped),
    retry: () => desk.retry(),
  };

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
    const about = { library, version, info, state: chosen, shown, cards, parts: parts.all(), sought, explaining };
    const model = { ...about, kept, newer: take !== null, fault, problems, canUndo, canRedo, theme, roomy };
    render(view(model, handlers, { format, strings }), page);
  }

  let timer = 0;
  function settle() {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      writeAddress();
      if (session.shown) live.textContent = plainText(answer(session.shown));
    }, SETTLED_AFTER);
  }

  /** Whether anything was done since the page was opened, whose first figures need no announcement. */
  let moved = false;
  store.subscribe(() => {
    moved = true;
    settle();
  });

  function writeAddress() {
    const fragment = encode(store.state, defaultDeal);
    const address = fragment === "" ? location.pathname + location.search : `#${fragment}`;
    history.replaceState(history.state, "", address);
  }

  // Whatever asks to be saved, it is the state that the figures show that leaves the page.
  page.addEventListener("save", async (event) => {
    const { kind, tell } = /** @type {SaveEvent} */ (event).detail;
    const [asker = null] = event.composedPath();
    const about = session.shown;
    if (about === null) return;
    const outlet = { shown: about, version, link: linkTo(location.href, encode(about.state, defaultDeal)), date: new Date(), files: () => engine.files(about.state.deal) };
    tell(strings.save.busy);
    try {
      const { save } = await import("./export/index.js");
      tell(await save(kind, asker, outlet));
    } catch (error) {
      tell(strings.save.failed(toPlain(error).message));
    }
  });

  window.addEventListener("hashchange", async () => {
    store.change(await stateOfAddress(session.library));
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

  session.run();
  if (import.meta.env.PROD) {
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

/** @param {unknown} error */
function fail(error) {
  page.replaceChildren();
  render(
    html`
      <main class="opening">
        <cw-notice
          .alert=${true}
          .heading=${strings.engine.failed}
          .items=${[strings.engine.failedHint, toPlain(error).message]}
          .action=${strings.actions.retry}
          @answer=${() => location.reload()}
        ></cw-notice>
      </main>
    `,
    page,
  );
}

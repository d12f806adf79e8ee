// The composition root, where the events of the elements meet the store, the scheduler and the elements again. One movement of a
// lever goes straight through: event → store → scheduler → engine → one drawing in the next animation frame.
import { html, render } from "lit";
import { Desk } from "./cards/desk.js";
import { places } from "./cards/index.js";
import "./elements/index.js";
import { openEngine } from "./engine/client.js";
import { MissingError, toPlain } from "./engine/errors.js";
import { createQuestions } from "./engine/questions.js";
import { createScheduler } from "./engine/scheduler.js";
import { answer, plainText } from "./figures/answer.js";
import { createFormat } from "./format/format.js";
import { linkTo } from "./export/link.js";
import { keep, readKept } from "./own/kept.js";
import { Parts } from "./parts/index.js";
import { awaiting, dealOf, encode, interpret, parse } from "./state/fragment.js";
import { Store } from "./state/store.js";
import { isUntouched, requestOf, sameState, untouched, withScenario, withSpread, withValue } from "./state/state.js";
import { strings } from "./strings/index.js";
import { nextTheme, readTheme, showTheme } from "./theme.js";
import { AS_AGREED, view } from "./view.js";

/** @import { Draws } from "./engine/draws/index.js" */
/** @import { DealInfo, Engine, RunResult } from "./engine/types.d.ts" */
/** @import { SaveEvent } from "./elements/figure/menu.js" */
/** @import { Problem } from "./state/fragment.js" */
/** @import { State } from "./state/state.js" */
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
  let [library, version] = await Promise.all([engine.deals(), engine.version()]);
  const defaultDeal = library[0]?.id ?? "";

  /** @type {Map<string, { info: DealInfo, base: RunResult }>} */
  const deals = new Map();
  /** @param {string} id */
  async function dealById(id) {
    let deal = deals.get(id);
    if (!deal) {
      const [info, base] = await Promise.all([engine.describe(id), engine.run({ deal: id })]);
      deal = { info, base };
      deals.set(id, deal);
    }
    return deal;
  }

  /** @type {readonly Problem[]} */
  let problems = [];
  /** @returns {Promise<State>} */
  async function stateOfAddress() {
    const parsed = parse(location.hash);
    const waits = awaiting(parsed.pairs, library, defaultDeal);
    if (waits !== null) {
      problems = [...parsed.problems, ...waits.problems];
      return waits.state;
    }
    const { info } = await dealById(dealOf(parsed.pairs, library, defaultDeal));
    const read = interpret(parsed, info);
    problems = read.problems;
    return read.state;
  }

  // Opening the first deal also runs it once, which warms the engine before the reader moves anything.
  const store = new Store(await stateOfAddress());
  let info = (await dealById(store.state.deal)).info;
  /** @type {Model["shown"]} */
  let shown = null;
  /** @type {Model["fault"]} */
  let fault = null;
  /** @type {Model["sought"]} */
  let sought = null;
  /** @type {Model["explaining"]} */
  let explaining = null;
  const roomy = matchMedia("(min-width: 64rem)").matches;

  const desk = new Desk(places, {
    changed: ({ asks }) => {
      if (asks) questions.wake();
      if (asks) wakeDraws();
      draw();
    },
    plain: toPlain,
  });
  const questions = createQuestions({
    next: () => desk.next(),
    ask: ({ method, args }) => {
      const ask = /** @type {(...all: unknown[]) => Promise<unknown>} */ (engine[method]);
      return ask.apply(engine, [...args]);
    },
    answered: (question, value) => desk.answered(question, value),
    failed: (question, error) => desk.failed(question, error),
    busy: () => !scheduler.idle,
  });

  /** What draws is loaded when the first card that needs it comes near. @type {Promise<Draws> | null} */
  let draws = null;
  function wakeDraws() {
    const wanted = desk.nextDraw();
    if (draws === null && wanted === null) return;
    draws ??= import("./engine/draws/index.js").then(({ openDraws }) => openDraws(desk, () => own));
    draws.then(
      ({ wake }) => wake(),
      (error) => {
        draws = null;
        if (wanted) desk.failed(wanted, new MissingError(error));
      },
    );
  }

  const parts = new Parts(() => draw(), {
    engine,
    state: () => store.state,
    own: () => own,
    changed: () => draw(),
    use: async (deal) => {
      const { id } = deal;
      await engine.adopt(id, deal.tree);
      own = [...own.filter((each) => each.id !== id), deal];
      library = await engine.deals();
      deals.delete(id);
      void draws?.then(({ adopt }) => adopt(id, deal.tree), () => {});
      desk.forget();
      const pairs = linkAbout(id);
      const read = interpret({ pairs, problems: [] }, (await dealById(id)).info);
      problems = read.problems;
      // What a state says may be the same as before, and the file that it speaks of another.
      if (sameState(read.state, store.state)) scheduler.request(store.state);
      else store.change(read.state);
      return keep(own);
    },
    abandon: async (id) => {
      own = own.filter((each) => each.id !== id);
      keep(own);
      if (store.state.deal === id) store.change(untouched(defaultDeal));
      await engine.abandon(id);
      void draws?.then(({ adopt }) => adopt(id, null), () => {});
      library = await engine.deals();
      deals.delete(id);
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

  const scheduler = createScheduler({
    /** @param {State} state */
    run: async (state) => {
      const deal = await dealById(state.deal);
      return { ...deal, result: isUntouched(state) ? deal.base : await engine.run(requestOf(state)) };
    },
    deliver: ({ info: described, base, result }, state) => {
      info = described;
      shown = {
        info: described,
        result,
        base: isUntouched(state) ? null : base,
        state,
        request: requestOf(state),
        asAgreed: requestOf(untouched(described.id)),
        library,
        format,
        strings,
      };
      desk.follow(shown);
      wakeDraws();
      fault = null;
      draw();
      if (moved) settle();
    },
    fail: (error) => {
      const { path, message } = toPlain(error);
      fault = { path, message };
      draw();
    },
    rest: () => questions.wake(),
  });

  /** @type {Handlers} */
  const handlers = {
    pickDeal: ({ detail: id }) => store.change(untouched(id)),
    pickScenario: ({ detail: id }) => store.change(withScenario(store.state, info, id === AS_AGREED ? null : id)),
    changeQuantity: ({ detail: { path, value, settled } }) =>
      store.change(withValue(store.state, info, path, value), { settled }),
    changeSpread: ({ detail: { path, spread } }) => store.change(withSpread(store.state, info, path, spread)),
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
    // A deal that is still being opened has no levers yet: the one before stays until it has.
    const chosen = state.deal === info.id ? state : untouched(info.id);
    const cards = desk.cards();
    const about = { library, version, info, state: chosen, shown, cards, parts: parts.all(), sought, explaining };
    const model = { ...about, fault, problems, canUndo, canRedo, theme, roomy };
    render(view(model, handlers, { format, strings }), page);
  }

  let timer = 0;
  function settle() {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      writeAddress();
      if (shown) live.textContent = plainText(answer({ ...shown, format, strings }));
    }, SETTLED_AFTER);
  }

  let lastState = store.state;
  /** Whether anything was done since the page was opened, whose first figures need no announcement. */
  let moved = false;
  store.subscribe(() => {
    moved = true;
    settle();
    if (!sameState(store.state, lastState)) {
      lastState = store.state;
      questions.moved();
      void draws?.then(({ moved }) => moved(), () => {});
      scheduler.request(store.state);
    } else if (scheduler.idle) {
      draw();
    }
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
    if (shown === null) return;
    const about = shown;
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
    store.change(await stateOfAddress());
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

  scheduler.request(store.state);
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

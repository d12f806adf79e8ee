// The page as a function of what is known: elements with their properties, and the handlers that the composition root passes in.
import { html, noChange, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { earlyOf } from "./cards/early.js";
import { answer } from "./figures/answer.js";
import { changeTexts } from "./figures/changes.js";
import { flows } from "./figures/flows.js";
import { headline } from "./figures/headline.js";
import { lab } from "./figures/lab.js";
import { ledger } from "./figures/ledger.js";
import { leverGroups } from "./figures/levers.js";
import { scenarioChoice } from "./figures/scenarios.js";
import { isOwn } from "./state/own.js";
import { isUntouched } from "./state/state.js";
import { STOPS } from "./state/tour.js";
import { strings as flowWords } from "./strings/flows.js";
import { strings as page } from "./strings/page.js";
import { strings as runWords } from "./strings/run.js";

/** @import { Card, Picks } from "./cards/desk.js" */
/** @import { Known } from "./cards/early.js" */
/** @import { DealInfo, DealSummary } from "./engine/types.d.ts" */
/** @import { ScenarioAct } from "./elements/saved/saved.js" */
/** @import { Sought } from "./elements/assumptions/assumptions.js" */
/** @import { SpreadChange } from "./elements/assumptions/row.js" */
/** @import { Choose } from "./elements/figure/figure.js" */
/** @import { NearChange, Stop } from "./elements/place/place.js" */
/** @import { Act } from "./elements/toolbar/toolbar.js" */
/** @import { Pick } from "./elements/picker/picker.js" */
/** @import { QuantityChange } from "./elements/lever/lever.js" */
/** @import { CardContext } from "./figures/context.js" */
/** @import { Then } from "./figures/then.js" */
/** @import { Format } from "./format/format.js" */
/** @import { Listed } from "./own/scenarios.js" */
/** @import { Part, PartId, PutCard } from "./parts/index.js" */
/** @import { Problem } from "./state/fragment.js" */
/** @import { State } from "./state/state.js" */
/** @import { StopId } from "./state/tour.js" */
/** @import { Piece, Strings } from "./strings/en.js" */

/** Whether other documents lie beside this one. */
const ON_A_SITE = import.meta.env.MODE !== "single";

/** @import { Fault } from "./session.js" */
/** @typedef {{ format: Format, strings: Strings }} Words */

/**
 * @typedef {object} Model
 * @property {readonly DealSummary[]} library
 * @property {string} version
 * @property {DealInfo} info of the deal that is chosen now
 * @property {State} state
 * @property {CardContext | null} shown the last run that came back
 * @property {readonly Card[]} cards
 * @property {Readonly<Record<PartId, Part>>} parts
 * @property {string | null} explaining the metric that the reader wants explained
 * @property {Sought | null} sought the assumption that the reader wants to see in the table
 * @property {StopId | null} stop of the tour; null where the reader goes freely
 * @property {Fault | null} fault of the last run
 * @property {readonly Problem[]} problems of the link that was opened
 * @property {Then | null} then what the link that was opened said the answer is, where it is another one now
 * @property {readonly Listed[]} saved the reader's own scenarios of the deal
 * @property {boolean} managing whether their dialog is open
 * @property {boolean} kept whether the site is on the device
 * @property {boolean} newer whether a newer build of it waits
 * @property {boolean} canUndo
 * @property {boolean} canRedo
 * @property {"auto" | "light" | "dark"} theme
 * @property {boolean} roomy whether all themes of levers are open at first
 */

/**
 * @typedef {object} Handlers
 * @property {(event: Pick) => void} pickDeal
 * @property {(event: Pick) => void} pickScenario
 * @property {(event: Act) => void} act
 * @property {(event: QuantityChange) => void} changeQuantity
 * @property {(event: SpreadChange) => void} changeSpread
 * @property {(stop: StopId | null) => void} travel goes to a stop of the tour, or leaves it
 * @property {(stop: StopId | null) => string} linkOfStop the address of the reader's state there
 * @property {(event: CustomEvent<string>) => void} findAssumption
 * @property {(event: CustomEvent<string>) => void} explain
 * @property {() => void} closeExplanation
 * @property {(id: PartId) => void} approachPart
 * @property {(id: PartId) => void} visitPart
 * @property {() => void} dismissProblems
 * @property {() => void} dismissThen
 * @property {(open: boolean) => void} manageScenarios opens or closes their dialog
 * @property {(act: ScenarioAct["detail"]["act"], name: string, wanted: string) => Promise<boolean | string>} scenario does
 *   something with one of them; says whether the device keeps it, or which link could not be copied
 * @property {() => void} takeNewer
 * @property {(id: string, near: boolean) => void} approach
 * @property {(id: string, picks: Picks) => void} choose
 * @property {(id: string, stopped: boolean) => void} stop
 * @property {() => void} retry
 */

/** How many themes of levers are open at first where there is little room. */
const FIRST_OPEN = 2;

/**
 * @param {Model} model
 * @param {Handlers} handlers
 * @param {Words} words
 */
export function view(model, handlers, { format, strings }) {
  const { library, info, state, shown, fault, problems } = model;
  const sides = shown && headline(shown, runWords.headline);
  const told = shown && earlyOf(model.cards, shown);
  const answered = shown && answer(shown, told?.early);
  const touring = model.stop !== null;
  const scenarios = scenarioChoice(info, state, model.saved, strings, page.scenarios);
  return html`
    <header class="masthead">
      <a class="skip" href="#figures" @click=${skip}>${page.actions.skip}</a>
      <div class="brand">
        <p class="name">${page.name}</p>
        <p class="tagline">${page.tagline}</p>
        <button type="button" class="plain" @click=${() => handlers.visitPart("own")}>${page.own.open}</button>
        ${ON_A_SITE ? html`<a class="plain story" href="./explainer.html" aria-label=${page.explainer.whole}>${page.explainer.short}</a>` : nothing}
      </div>
      <div class="choices">
        <cw-picker
          label=${page.picker.deal}
          .options=${library.map(({ id, title }) => ({ id, title: isOwn(id) ? page.own.mine(title) : title }))}
          .value=${state.deal}
          @pick=${handlers.pickDeal}
        ></cw-picker>
        <cw-picker
          label=${page.picker.scenario}
          .options=${scenarios.options}
          .value=${scenarios.value}
          @pick=${handlers.pickScenario}
        ></cw-picker>
        <cw-toolbar
          .canUndo=${model.canUndo}
          .canRedo=${model.canRedo}
          .canReset=${!isUntouched(state) || state.unknown.length > 0}
          .theme=${model.theme}
          @act=${handlers.act}
        ></cw-toolbar>
      </div>
    </header>
    ${sides
      ? html`<div class="strip" aria-hidden="true">
          ${sides.map(
            ({ side, name, main }) => html`<span class=${side}><span>${name}</span> <b>${main.value}</b></span>`,
          )}
        </div>`
      : nothing}
    <main class="columns ${touring ? "touring" : ""}" @explain=${handlers.explain}>
      <section class="opening" id="opening">
        <div class="notices">
          ${model.newer
            ? html`<cw-notice
                .heading=${page.offline.newer}
                .action=${page.offline.take}
                @answer=${handlers.takeNewer}
              ></cw-notice>`
            : nothing}
          ${problems.length > 0
            ? html`<cw-notice
                .heading=${problems.every(({ reason }) => reason === "own") ? page.notices.missing : page.notices.unknown}
                .items=${problems.map(({ key, value, reason }) => strings.notices.reason(key, value, reason))}
                .action=${page.actions.dismiss}
                @answer=${handlers.dismissProblems}
              ></cw-notice>`
            : nothing}
          ${model.then === null
            ? nothing
            : html`<cw-notice
                data-notice="then"
                .heading=${model.then.heading}
                .items=${model.then.items}
                .link=${model.then.link}
                .action=${page.actions.dismiss}
                @answer=${handlers.dismissThen}
              ></cw-notice>`}
          ${fault
            ? html`<cw-notice
                .alert=${true}
                .heading=${shown ? page.notices.runFailed : page.notices.runFailedFirst}
                .items=${[fault.message]}
              ></cw-notice>`
            : nothing}
          ${shown && shown.result.warnings.length > 0
            ? html`<cw-notice .heading=${page.notices.warnings} .items=${shown.result.warnings}></cw-notice>`
            : nothing}
        </div>
        <h1 class="answer">
          ${answered
            ? answered.sentence.map((piece) => pieceOf(piece, told?.known ?? "known"))
            : page.tagline}
        </h1>
        ${touring ? nothing : html`<p class="verdict">${answered?.verdict ?? nothing}</p>`}
        ${touring || !shown ? nothing : ways(handlers)}
        ${sides && !touring
          ? html`<section class="sides" aria-label=${runWords.headline.title}>
              ${guard([shown], () => sides.map((data) => html`<cw-side .data=${data}></cw-side>`))}
            </section>`
          : nothing}
      </section>
      ${touring ? tour(model, handlers, { format, strings }) : free(model, handlers, { format, strings })}
    </main>
    ${model.parts.explain.module?.show(model, handlers, { format, strings }, putCard(handlers, strings)) ?? nothing}
    ${model.parts.scenarios.module?.show(model, handlers, { format, strings }, putCard(handlers, strings)) ?? nothing}
    <footer class="footer">
      <p>${page.footer.privacy} ${strings.footer.caveat} ${page.footer.version(model.version)}
        ${model.kept ? page.offline.kept : nothing}
        ${ON_A_SITE
          ? html`<a href="./explainer.html">${page.explainer.whole}</a> <a href="./licenses.txt">${page.footer.licenses}</a>`
          : nothing}
      </p>
    </footer>
  `;
}

/**
 * A piece of the first sentence.
 * @param {Piece} piece
 * @param {Known} known what is known of an early AGI
 */
function pieceOf(piece, known) {
  if (typeof piece === "string") return piece;
  if (piece.side !== "early") return html`<b class=${piece.side}>${piece.text}</b>`;
  // What is awaited keeps the place free, so that nothing below moves when it comes.
  return html`<span class="early ${known}" aria-hidden=${known === "awaited" ? "true" : nothing}>${piece.text}</span>`;
}

/**
 * The two ways through the page.
 * @param {Handlers} handlers
 */
function ways(handlers) {
  const words = page.tour;
  const [first] = STOPS;
  return html`
    <nav class="ways" aria-label=${words.ways}>
      <a class="way first" href=${handlers.linkOfStop(first)} @click=${instead(() => handlers.travel(first))}>
        <b>${words.start}</b> <span>${words.startHint}</span>
      </a>
      <a class="way" href="#levers-title" @click=${instead(() => goTo("levers-title"))}>
        <b>${words.free}</b> <span>${words.freeHint}</span>
      </a>
    </nav>
  `;
}

/**
 * The stop of the tour, in the place of all levers and figures.
 * @param {Model} model
 * @param {Handlers} handlers
 * @param {Words} words
 */
function tour(model, handlers, words) {
  const { module, fault } = model.parts.tour;
  const put = putCard(handlers, words.strings);
  return html`
    <div class="stop" id="figures" tabindex="-1">
      ${module && model.shown
        ? module.show(model, handlers, words, put)
        : html`<cw-place
            heading=${page.tour.title}
            .fault=${fault}
            @retry=${() => handlers.approachPart("tour")}
          ></cw-place>`}
    </div>
  `;
}

/**
 * Everything: all levers, all figures.
 * @param {Model} model
 * @param {Handlers} handlers
 * @param {Words} words
 */
function free(model, handlers, { format, strings }) {
  const { info, state, shown, fault } = model;
  const scenarios = scenarioChoice(info, state, model.saved, strings, page.scenarios);
  return html`
    <section
      class="levers"
      aria-labelledby="levers-title"
      @quantity-change=${handlers.changeQuantity}
      @find-assumption=${handlers.findAssumption}
    >
      <h2 id="levers-title" tabindex="-1">${page.levers.title}</h2>
      <p class="intro">${page.levers.intro}</p>
      <cw-scenarios .given=${scenarios.given} .own=${scenarios.own} @pick=${handlers.pickScenario} @manage=${() => handlers.manageScenarios(true)}></cw-scenarios>
      ${repeat(
        leverGroups({ info, state, format, strings, fault }),
        ({ id }) => id,
        ({ title, changed, levers }, i) => html`
          <details class="theme" ?open=${model.roomy || i < FIRST_OPEN || levers.some(({ atFault }) => atFault) || noChange}>
            <summary>
              ${title}${changed > 0 ? html`<span class="count">${page.levers.changed(changed)}</span>` : nothing}
            </summary>
            ${repeat(
              levers,
              ({ path }) => path,
              ({ path, parts, data }) => html`<cw-lever data-path=${path} .data=${guard(parts, data)}></cw-lever>`,
            )}
          </details>
        `,
      )}
      <button type="button" class="plain" @click=${() => handlers.visitPart("assumptions")}>
        ${page.levers.all(info.quantities.length + info.words.length)}
      </button>
    </section>
    <section class="figures" id="figures" tabindex="-1">
      ${changes(info, state, format, strings)}
      ${shown ? model.cards.filter(({ id }) => id in strings.cards.titles).map((card) => place(card, handlers, strings)) : nothing}
      ${shown ? guard([shown], () => figures(shown)) : nothing}
      ${shown ? partPlace("assumptions", model, handlers, { format, strings }) : nothing}
      ${partPlace("own", model, handlers, { format, strings })}
    </section>
  `;
}

/**
 * A card in its place, or its place alone.
 * @param {Card} card
 * @param {Handlers} handlers
 * @param {Strings} strings
 * @param {string} [figure] which figure it shows, where that is not its name
 */
function place({ id, module, shown, settling, fault, wait }, handlers, strings, figure = id) {
  return html`
    <cw-place
      data-card=${figure}
      heading=${strings.cards.titles[/** @type {keyof Strings["cards"]["titles"]} */ (figure)]}
      .filled=${shown !== null}
      .settling=${settling}
      .fault=${fault}
      .wait=${wait}
      @near-change=${(/** @type {NearChange} */ { detail }) => handlers.approach(id, detail.near)}
      @choose=${(/** @type {Choose} */ { detail }) => handlers.choose(id, detail)}
      @retry=${handlers.retry}
      @stop=${(/** @type {Stop} */ { detail }) => handlers.stop(id, detail.stopped)}
      @quantity-change=${handlers.changeQuantity}
    >
      ${module && shown ? guard([shown], () => module.show(shown)) : nothing}
    </cw-place>
  `;
}

/**
 * @param {Handlers} handlers
 * @param {Strings} strings
 * @returns {PutCard}
 */
const putCard = (handlers, strings) => (card, figure) => place(card, handlers, strings, figure);

/**
 * A part in its place, or its place alone.
 * @param {"assumptions" | "own"} id
 * @param {Model} model
 * @param {Handlers} handlers
 * @param {Words} words
 */
function partPlace(id, model, handlers, words) {
  const { module, fault } = model.parts[id];
  return html`
    <cw-place
      data-part=${id}
      heading=${page.parts[id]}
      .filled=${module !== null}
      .fault=${fault}
      @near-change=${(/** @type {NearChange} */ { detail }) => detail.near && handlers.approachPart(id)}
      @retry=${() => handlers.approachPart(id)}
    >
      ${module ? module.show(model, handlers, words, putCard(handlers, words.strings)) : nothing}
    </cw-place>
  `;
}

/** @param {CardContext} context */
function figures(context) {
  return html`
    <cw-stack id="flows" .data=${flows(context, flowWords)}></cw-stack>
    <cw-stack id="lab" .data=${lab(context, runWords.lab)}></cw-stack>
    <cw-ledger .data=${ledger(context, runWords.ledger)}></cw-ledger>
  `;
}

/**
 * @param {DealInfo} info
 * @param {State} state
 * @param {Format} format
 * @param {Strings} strings
 */
function changes(info, state, format, strings) {
  const items = isUntouched(state) ? [page.levers.unchanged] : changeTexts(info, state, format, strings);
  return html`
    <section class="changes ${isUntouched(state) ? "none" : ""}" aria-labelledby="changes-title">
      <h2 id="changes-title">${strings.changes.title}</h2>
      <ul>
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>
    </section>
  `;
}

/** Goes to the figures without touching the fragment, which is the state. */
const skip = instead(() => goTo("figures"));

/**
 * Does something else than what a link would.
 * @param {() => void} act
 * @returns {(event: MouseEvent) => void}
 */
function instead(act) {
  return (event) => {
    // Opened in another tab or window, a link is a link.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act();
  };
}

/** @param {string} id */
function goTo(id) {
  const element = document.getElementById(id);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "start" });
}

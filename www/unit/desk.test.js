import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { html } from "lit";
import { Desk } from "../cards/desk.js";
import { createQuestions } from "../engine/questions.js";
import { createScheduler } from "../engine/scheduler.js";
import { toPlain } from "../engine/errors.js";
import { HandClock, settle } from "./fixtures/clock.js";
import { changed, context } from "./fixtures/card.js";

/** @import { CardModule, Place } from "../cards/desk.js" */
/** @import { Method } from "../engine/types.d.ts" */

/**
 * A card that asks one question about the state, and one more when its table is open.
 * @param {Method} method
 * @returns {CardModule}
 */
const card = (method) => ({
  questions: ({ request, base, asAgreed }, picks) => [
    { name: "now", method, args: [request] },
    ...(base ? [{ name: "base", method, args: [asAgreed] }] : []),
    ...(picks["table"] === true ? [{ name: "more", method: /** @type {const} */ ("gradient"), args: [request] }] : []),
  ],
  show: () => html``,
});

/** @param {string} id @param {Method} method @returns {Place} */
const place = (id, method) => ({ id, load: async () => card(method) });

/** A desk of two cards. */
function open() {
  let changes = 0;
  const desk = new Desk([place("first", "agiCurve"), place("second", "tornado")], {
    changed: () => (changes += 1),
    plain: toPlain,
  });
  return { desk, changes: () => changes };
}

/** @param {Desk} desk @param {string} id */
const shown = (desk, id) => {
  const found = desk.cards().find((each) => each.id === id);
  assert.ok(found);
  return found;
};

describe("the desk of cards", () => {
  it("loads nothing and asks nothing until a card comes near", async () => {
    let loads = 0;
    const desk = new Desk([{ id: "first", load: async () => ((loads += 1), card("agiCurve")) }], { changed: () => {}, plain: toPlain });
    desk.follow(context());
    await settle();
    assert.equal(desk.next(), null);
    assert.equal(loads, 0);
    desk.approach("first", true);
    await settle();
    assert.equal(loads, 1);
    assert.equal(desk.next()?.method, "agiCurve");
  });

  it("asks in the order in which the cards are read, and only for those in view", async () => {
    const { desk } = open();
    desk.follow(context());
    desk.approach("second", true);
    await settle();
    assert.equal(desk.next()?.id, "second");
    desk.approach("first", true);
    await settle();
    assert.equal(desk.next()?.id, "first");
    desk.approach("first", false);
    assert.equal(desk.next()?.id, "second");
  });

  it("shows a card when all that it needs is known, and asks the base case once", async () => {
    const { desk } = open();
    desk.approach("first", true);
    await settle();
    const base = context();
    desk.follow(base);
    const first = desk.next();
    assert.ok(first);
    desk.answered(first, "base");
    assert.deepEqual(shown(desk, "first").shown?.answers, { now: "base" });

    const moved = changed();
    desk.follow(moved);
    assert.ok(shown(desk, "first").settling);
    assert.equal(shown(desk, "first").shown?.context, base, "the old figure stays until the new one is there");
    const second = desk.next();
    assert.ok(second);
    assert.equal(second.name, "now");
    desk.answered(second, "moved");
    assert.deepEqual(shown(desk, "first").shown?.answers, { now: "moved", base: "base" });
    assert.ok(!shown(desk, "first").settling);
    assert.equal(desk.next(), null);
  });

  it("shows an answer of a state that has passed, marked as settling, but not one of another deal", async () => {
    const { desk } = open();
    desk.approach("first", true);
    await settle();
    const earlier = context();
    desk.follow(earlier);
    const question = desk.next();
    assert.ok(question);
    desk.follow(changed());
    desk.answered(question, "earlier");
    assert.equal(shown(desk, "first").shown?.context, earlier);
    assert.ok(shown(desk, "first").settling);

    const next = desk.next();
    assert.ok(next);
    const other = context({ info: { ...earlier.info, id: "other" }, request: { deal: "other" } });
    desk.follow(other);
    desk.answered(next, "late");
    assert.equal(shown(desk, "first").shown?.context, earlier);
    assert.equal(/** @type {{ deal: string }} */ (desk.next()?.args[0]).deal, "other");
  });

  it("asks anew when the reader picks something, and shows at once what is known", async () => {
    const { desk } = open();
    desk.follow(context());
    desk.approach("first", true);
    await settle();
    const question = desk.next();
    assert.ok(question);
    desk.answered(question, "now");
    desk.choose("first", { view: "other" });
    assert.equal(desk.next(), null);
    assert.deepEqual(shown(desk, "first").shown?.picks, { view: "other" });

    desk.choose("first", { table: true });
    const more = desk.next();
    assert.equal(more?.name, "more");
    assert.ok(shown(desk, "first").settling);
  });

  it("holds two states that say the same for one, whatever the order of their changes", async () => {
    const { desk } = open();
    desk.approach("first", true);
    await settle();
    desk.follow(context({ request: { deal: "pact", set: { "a.b": 1, "c.d": 2 } } }));
    const question = desk.next();
    assert.ok(question);
    desk.answered(question, "known");
    desk.follow(context({ request: { deal: "pact", set: { "c.d": 2, "a.b": 1 } } }));
    assert.equal(desk.next(), null);
  });

  it("shows an error in its own card only, and forgets it with the state", async () => {
    const { desk } = open();
    desk.follow(context());
    for (const id of ["first", "second"]) desk.approach(id, true);
    await settle();
    const question = desk.next();
    assert.ok(question);
    desk.failed(question, new Error("too much"));
    assert.equal(shown(desk, "first").fault?.message, "too much");
    assert.equal(shown(desk, "second").fault, null);
    assert.equal(desk.next()?.id, "second", "what failed is not asked again");
    desk.follow(context({ request: { deal: "pact", set: { "agi.year": 2030 } } }));
    assert.equal(shown(desk, "first").fault, null);
    assert.equal(desk.next()?.id, "first");
  });

  it("asks nothing more of a card whose part of the engine is missing, until it is tried again", async () => {
    const { desk } = open();
    desk.follow(context());
    desk.approach("first", true);
    await settle();
    const question = desk.next();
    assert.ok(question);
    desk.failed(question, Object.assign(new Error("offline"), { missing: true }));
    desk.follow(changed());
    assert.equal(desk.next(), null);
    assert.deepEqual(shown(desk, "first").fault, { ...toPlain(new Error("offline")), missing: true });
    desk.retry();
    assert.equal(desk.next()?.id, "first");
    assert.equal(shown(desk, "first").fault, null);
  });

  it("says so when a card itself cannot be loaded, and loads it when it is tried again", async () => {
    let fails = true;
    const load = async () => {
      if (fails) throw new Error("offline");
      return card("agiCurve");
    };
    const desk = new Desk([{ id: "first", load }], { changed: () => {}, plain: toPlain });
    desk.follow(context());
    desk.approach("first", true);
    await settle();
    assert.equal(shown(desk, "first").fault?.missing, true);
    fails = false;
    desk.retry();
    await settle();
    assert.equal(desk.next()?.id, "first");
  });
});

describe("runs and questions together", () => {
  /** The parts of the page as they are put together, with an engine that answers when the test says. */
  async function page() {
    const clock = new HandClock();
    /** @type {{ what: string, resolve: (value: unknown) => void }[]} */
    const calls = [];
    let inFlight = 0;
    let most = 0;
    const call = (/** @type {string} */ what) =>
      new Promise((resolve) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        calls.push({
          what,
          resolve: (value) => {
            inFlight -= 1;
            resolve(value);
          },
        });
      });
    /** @type {string[]} */
    const delivered = [];
    const { desk } = open();
    const questions = createQuestions({
      next: () => desk.next(),
      ask: ({ method, args: [request] }) => call(`${method} ${JSON.stringify(/** @type {{ set: unknown }} */ (request).set)}`),
      answered: (question, value) => desk.answered(question, value),
      failed: (question, error) => desk.failed(question, error),
      busy: () => !scheduler.idle,
      clock,
    });
    const scheduler = createScheduler({
      run: (/** @type {number} */ state) => call(`run ${state}`),
      deliver: (_, state) => {
        delivered.push(String(state));
        desk.follow(context({ request: { deal: "pact", set: { state } } }));
      },
      fail: () => assert.fail(),
      rest: () => questions.wake(),
    });
    for (const id of ["first", "second"]) desk.approach(id, true);
    await settle();
    const move = (/** @type {number} */ state) => {
      questions.moved();
      scheduler.request(state);
    };
    /** Answers the oldest call that waits. */
    const reply = async () => {
      const waiting = calls.find(({ resolve }) => !done.has(resolve));
      assert.ok(waiting);
      done.add(waiting.resolve);
      waiting.resolve("yes");
      await settle();
    };
    /** @type {Set<unknown>} */
    const done = new Set();
    return { clock, desk, scheduler, move, reply, calls: () => calls.map(({ what }) => what), delivered, most: () => most };
  }

  it("ask each card once for the state that the page rests in, and for none that it passed through", async () => {
    const { clock, scheduler, move, reply, calls, delivered } = await page();
    scheduler.request(0);
    await reply();
    assert.deepEqual(calls(), ["run 0", 'agiCurve {"state":0}']);
    // The slider moves on while the question is in flight: the run is sent at once, the other question never.
    for (const state of [1, 2, 3]) move(state);
    assert.deepEqual(calls(), ["run 0", 'agiCurve {"state":0}', "run 1"]);
    await reply();
    await reply();
    await reply();
    assert.deepEqual(delivered, ["0", "1", "3"]);
    await clock.pass(200);
    await reply();
    await reply();
    assert.deepEqual(calls().slice(3), ["run 3", 'agiCurve {"state":3}', 'tornado {"state":3}']);
    await clock.pass(1000);
    assert.equal(calls().length, 6, "nothing is asked twice");
  });

  it("never have two questions in flight", async () => {
    const { clock, move, reply, calls, most } = await page();
    for (let state = 0; state < 20; state += 1) {
      move(state);
      await reply();
      await clock.pass(30);
    }
    await clock.pass(500);
    assert.ok(calls().some((what) => what.startsWith("agiCurve")));
    // A run may be sent behind a question, and no more than that.
    assert.ok(most() <= 2);
  });
});

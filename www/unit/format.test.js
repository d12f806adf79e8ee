import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decimalYear, dayOf } from "../format/dates.js";
import { createFormat, displayOf, fromDisplay, toDisplay } from "../format/format.js";
import { strings } from "../strings/index.js";

const format = createFormat("en-US", strings);
/** The digits of a text: what Intl puts around them differs from browser to browser. */
const digits = (/** @type {string} */ text) => text.replaceAll(/[^0-9.\u2212]/g, "");

describe("dates", () => {
  it("are decimal years in which every quarter is a quarter long", () => {
    assert.equal(decimalYear("2026-01-01"), 2026);
    assert.equal(decimalYear("2026-04-01"), 2026.25);
    assert.equal(decimalYear("2025-10-28"), 2025.75 + 27 / 92 / 4);
    assert.equal(decimalYear("2024-02-29"), 2024 + 59 / 91 / 4);
  });

  it("are refused where there is no such day", () => {
    for (const text of ["2025-02-29", "2025-13-01", "2025-10", "soon"]) assert.equal(decimalYear(text), null, text);
  });

  it("come back as themselves, every day of a leap year and of the one after", () => {
    for (let day = Date.UTC(2028, 0, 1); day < Date.UTC(2030, 0, 1); day += 86_400_000) {
      const iso = new Date(day).toISOString().slice(0, 10);
      assert.equal(dayOf(decimalYear(iso) ?? 0).toISOString().slice(0, 10), iso);
    }
  });
});

describe("numbers", () => {
  it("show about three digits that matter", () => {
    assert.deepEqual(
      [0, 0.004, 0.128, 5.13, 9.96, 40.89, 99.96, 318.9, 2487.7].map((value) => digits(format.plain(value))),
      ["0", "0", "0.13", "5.13", "10.0", "40.9", "100", "319", "2488"],
    );
  });

  it("have a minus sign, and none at zero", () => {
    assert.equal(digits(format.plain(-40.89)), "\u221240.9");
    assert.equal(digits(format.plain(-0.001)), "0");
    assert.ok(format.money(-3).startsWith("\u2212"));
    assert.equal(digits(format.tabular(-0.01)), "0.0");
  });

  it("are a dash where there is none", () => {
    for (const show of [format.money, format.percent, format.multiple, format.plain, format.tabular]) {
      assert.equal(show(null), strings.none);
      assert.equal(show(undefined), strings.none);
    }
  });

  it("are shown with their unit, shares in per cent, years as months, never as a word", () => {
    assert.equal(digits(format.quantity(0.07, "of revenue", "number")), "7");
    assert.ok(format.quantity(1.5, "GW a year", "number").endsWith("GW a year"));
    assert.match(format.quantity(2028.5, "year", "year"), /2028/);
    assert.equal(format.quantity("never", "year", "year"), "never");
    assert.equal(format.quantity(1, "0 or 1", "number"), strings.levers.yes);
    assert.equal(format.quantity(0, "0 or 1", "number"), strings.levers.no);
  });

  it("go to the display and back without losing a bit", () => {
    for (let i = 0; i <= 1000; i += 1) {
      const value = i / 1000;
      assert.equal(fromDisplay(toDisplay(value, 100), 100), value);
    }
    assert.equal(toDisplay(0.07, 100), 7);
  });

  it("know the units that are shares", () => {
    assert.deepEqual(displayOf("of revenue", strings), { factor: 100, sign: "%", phrase: "of revenue" });
    assert.deepEqual(displayOf("a year", strings), { factor: 100, sign: "%", phrase: "a year" });
    assert.deepEqual(displayOf("GW a year", strings), { factor: 1, sign: "", phrase: "GW a year" });
    assert.deepEqual(displayOf("0 or 1", strings), { factor: 1, sign: "", phrase: "" });
  });
});

// The figures of money and of what is built: who pays whom, who owns the lab, six measures against reference figures.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { streams } from "../charts/sankey.js";
import { ribbonPath } from "../charts/lines.js";
import { funding } from "../figures/funding.js";
import { infrastructure } from "../figures/infrastructure.js";
import { payments } from "../figures/payments.js";
import { strings } from "../strings/figures.js";
import { changed, context } from "./fixtures/card.js";
import { paid, paidBefore } from "./fixtures/payments.js";
import { result } from "./fixtures/result.js";

const box = { left: 0, right: 600, top: 0, bottom: 300 };

describe("streams", () => {
  const nodes = [
    { id: "customers", column: 0, value: 30, base: null },
    { id: "investors", column: 0, value: 10, base: null },
    { id: "lab", column: 1, value: 40, base: null },
    { id: "cloud", column: 2, value: 25, base: null },
    { id: "staff", column: 2, value: 15, base: null },
  ];
  const links = [
    { from: "customers", to: "lab", value: 30 },
    { from: "investors", to: "lab", value: 10 },
    { from: "lab", to: "cloud", value: 25 },
    { from: "lab", to: "staff", value: 15 },
  ];

  it("are as wide as they are large, and keep the order of their nodes", () => {
    const drawn = streams({ nodes, links, box, thickness: 10, apart: 20 });
    const [customers, investors, lab, cloud, staff] = drawn.nodes;
    assert.ok(customers && investors && lab && cloud && staff);
    const scale = lab.height / 40;
    for (const [i, { value }] of links.entries()) assert.ok(Math.abs((drawn.links[i]?.width ?? 0) - value * scale) < 1e-9);
    assert.ok(customers.y + customers.height + 20 <= investors.y + 1e-6);
    assert.ok(cloud.y < staff.y);
    assert.deepEqual([customers.x, lab.x, cloud.x], [0, 295, 590]);
    for (const { y, height } of drawn.nodes) assert.ok(y >= -1e-6 && y + height <= 300 + 1e-6);
  });

  it("keep room for what a node was", () => {
    const grown = nodes.map((node) => (node.id === "staff" ? { ...node, base: 45 } : { ...node, base: node.value }));
    const { nodes: placed } = streams({ nodes: grown, links, box, thickness: 10, apart: 20 });
    const [, , lab, , staff] = placed;
    assert.ok(lab && staff && staff.baseHeight !== null);
    assert.ok(Math.abs(staff.baseHeight - 3 * staff.height) < 1e-9);
    assert.ok(staff.y + staff.baseHeight <= 300 + 1e-6);
  });

  it("are nothing where nothing is paid", () => {
    assert.deepEqual(streams({ nodes: [], links: [], box, thickness: 10, apart: 20 }), { nodes: [], links: [] });
  });
});

describe("an area between two lines", () => {
  it("goes along the one and back along the other", () => {
    assert.equal(ribbonPath([[0, 10], [5, 12]], [[0, 2], [5, 4]]), "M0,2L5,4L5,12L0,10Z");
  });
});

describe("who pays whom", () => {
  const data = (/** @type {number} */ year, answers = { payments: paid }) => payments(context(), answers, { year }, strings);

  it("shows a year in the middle until the reader picks one", () => {
    assert.equal(payments(context(), { payments: paid }, {}, strings).year, 2026);
    assert.equal(payments(context(), { payments: paid }, { year: 1999 }, strings).year, 2026);
    assert.equal(data(2027).year, 2027);
  });

  it("says in its title how much goes to the backer, and how much comes from it", () => {
    assert.match(data(2026).heading, /^In 2026 \$30\.0.bn passes through Lantern, and \$12\.0.bn of it goes to Harbour, which itself puts in \$4\.00.bn$/);
    assert.match(data(2025).heading, /Harbour is paid none of it/);
    assert.ok(data(2026).spoken.includes("2026"));
  });

  it("has a node for each payer, each purpose and each payee, and every stream leads from one to another", () => {
    const { nodes, links } = data(2026);
    const ids = nodes.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { from, to } of links) assert.ok(ids.includes(from) && ids.includes(to), `${from} to ${to}`);
    assert.deepEqual(nodes.filter(({ place }) => place === "purpose").map(({ label, value }) => [label, value]), [["Compute", 9], ["Revenue share", 3]]);
    const into = links.filter(({ to }) => to === "lab").map(({ value }) => value);
    assert.deepEqual(into, [20, 6, 4]);
    assert.deepEqual(nodes.filter(({ side }) => side === "backer").map(({ id }) => id.split(" ")[0]), ["backer-pays", "compute", "revenue-share", "backer"]);
  });

  it("leaves what is too small to the list and the table, and says so", () => {
    const { nodes, lists, notes } = data(2026);
    assert.ok(!nodes.some(({ label }) => label === "The state"));
    assert.ok(lists[1]?.rows.some(({ label, text }) => label === "Tax" && /0\.02/.test(text)));
    assert.ok(notes.some((note) => note.includes("too small")));
  });

  it("says that the stake is sold to others, and does not draw it", () => {
    const { nodes, notes } = data(2027);
    assert.ok(notes.some((note) => /sells its stake, for \$100.bn/.test(note)));
    assert.ok(!nodes.some(({ value }) => value === 100));
    assert.ok(!data(2026).notes.some((note) => note.includes("sells")));
  });

  it("keeps the base case beside every stream, also beside one that is no more", () => {
    const data = payments(changed(), { payments: paid, base: paidBefore }, { year: 2026 }, strings);
    assert.ok(data.changed);
    const share = data.nodes.find(({ label }) => label === "Revenue share");
    assert.deepEqual([share?.value, share?.base], [3, 6]);
    const gone = data.nodes.find(({ label }) => label === "API sales");
    assert.deepEqual([gone?.value, gone?.base], [0, 2]);
    assert.match(data.lists[1]?.rows.find(({ label }) => label.startsWith("Revenue share"))?.was ?? "", /6\.00/);
    const { head, rows } = data.table();
    assert.equal(head.length, 4);
    for (const { cells } of rows) assert.equal(cells.length, 3);
    assert.ok(rows.some(({ label }) => label === "Revenue share, to Harbour (base case)"));
    assert.deepEqual(rows.find(({ label }) => label === "API sales, to Harbour")?.cells, ["0.0", "0.0", "0.0"]);
  });

  it("describes itself in words", () => {
    assert.match(data(2026).description, /Coming in: Revenue, from customers \$20\.0.bn.*Going out: Compute, to Harbour \$9\.00.bn/);
  });
});

describe("funding and ownership", () => {
  it("says how much is raised until when, and what becomes of the owners", () => {
    assert.equal(
      funding(context(), { payments: paid }, strings).heading,
      "Lantern raises $6.00\u00a0bn until 2026 beside what Harbour promised, and its other owners go from 73% to 62%",
    );
    const without = (/** @type {readonly string[]} */ names) => {
      const streams = paid.streams.filter(({ name }) => !names.includes(name));
      return funding(context(), { payments: { ...paid, streams } }, strings).heading;
    };
    assert.equal(without(["raised"]), "Lantern raises nothing beside what Harbour promised; those who own it beside the backer go from 73% to 62%");
    assert.match(without(["raised", "capital"]), /^Lantern needs no more money from investors; /);
    assert.match(without(["capital"]), /^Lantern raises \$6\.00\u00a0bn until 2026, and/);
  });

  it("has a layer for each source, and the total of the engine", () => {
    const { layers, net } = funding(context(), { payments: paid }, strings);
    assert.deepEqual(layers.map(({ label, values }) => [label, values[1]]), [["Raised from investors", 6], ["Capital promised by Harbour", 4]]);
    assert.deepEqual(net.values, paid.funded);
  });

  it("names the years of distress, and says so where there is none", () => {
    assert.ok(funding(context(), { payments: paid }, strings).notes.includes("Distress in 2026."));
    const calm = { ...paid, ownership: { ...paid.ownership, distress: [0, 0, 0] } };
    assert.ok(funding(context(), { payments: calm }, strings).notes.includes("No quarter of distress."));
  });

  it("keeps the base case, and has a row in the table for each year", () => {
    const data = funding(changed(), { payments: paid, base: paidBefore }, strings);
    assert.deepEqual(data.owners.map(({ base }) => base?.length), [4, 4, 4]);
    assert.equal(data.at.length, 4);
    const { head, rows } = data.table();
    assert.equal(rows.length, 3);
    for (const { cells } of rows) assert.equal(cells.length, head.length - 1);
    assert.ok(head.includes("Harbour, % (base case)"));
  });
});

describe("what has to be built", () => {
  it("has a small chart for each measure that the deal has", () => {
    const { measures, heading, missing } = infrastructure(context(), strings);
    assert.deepEqual(measures.map(({ id }) => id), ["gw", "twh", "capex"]);
    assert.match(heading, /1\.50.GW at most, and 9\.00.TWh of electricity in 2026/);
    assert.equal(missing, "The deal file has no figure to hold against power and capital cost.");
  });

  it("is held against the figures of the deal file, with their sources", () => {
    const [town] = infrastructure(context(), strings).references;
    assert.deepEqual([town?.share, town?.text, town?.shareText], [0.125, "A town’s electricity: 72.", "Here, electricity in 2027: 13%"]);
    const base = { ...result(30), references: { town: 2.5 } };
    const { references } = infrastructure(context({ base }), strings);
    assert.equal(references[0]?.wasText, "was 2.50× as much");
    const total = { id: "town", title: "A town’s budget in 2026, bn USD", metric: "infrastructure.capex", year: null, value: 10, source: null };
    const [budget] = infrastructure(context({ info: { ...context().info, references: [total] } }), strings).references;
    assert.match(budget?.shareText ?? "", /^Here, capital cost of 2025 to 2027 together: /);
  });

  it("says what it costs as all money is said", () => {
    const data = infrastructure(context(), strings);
    const capex = data.measures.find(({ id }) => id === "capex");
    assert.match(capex?.peak ?? "", /^Most in 20\d\d: \$[\d.]+\u00a0bn$/);
    assert.match(data.say(1), /Capital cost \$[\d.]+\u00a0bn$/);
    assert.doesNotMatch(data.description, /\d bn USD/);
  });

  it("says so where nothing is built", () => {
    const bare = result(30);
    const annual = { ...bare.annual, "infrastructure.gw": null, "infrastructure.twh": null, "infrastructure.capex": null };
    const data = infrastructure(context({ result: { ...bare, annual } }), strings);
    assert.deepEqual([data.measures, data.heading], [[], "Nothing has to be built to serve Lantern"]);
  });

  it("has a row in the table for each year", () => {
    const { head, rows } = infrastructure(changed(), strings).table();
    assert.deepEqual(rows.map(({ label }) => label), ["2025", "2026", "2027"]);
    for (const { cells } of rows) assert.equal(cells.length, head.length - 1);
    assert.ok(head.includes("Electricity, TWh (base case)"));
  });
});

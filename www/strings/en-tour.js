// The words of the guided tour: what each stop asks, what there is to know of such a clause in any deal, and what is known of this
// partnership, with where it is known from.

/** @import { Link } from "../tour/tour.js" */
/** @import { StopId } from "../state/tour.js" */

/** @typedef {typeof en} TourStrings */
/** @typedef {{ backer: string, lab: string }} Names */
/** A piece of a text; one with a source links to it. @typedef {string | Link} TextPiece */
/**
 * @typedef {object} StopWords
 * @property {string} name as it is called in the list of stops
 * @property {(names: Names) => string} question
 * @property {(names: Names) => string} text what holds for any deal
 * @property {(names: Names) => string} [none] where the deal has no such clause
 */

const at = {
  filing: { publisher: "Microsoft, 10-Q", url: "https://www.sec.gov/Archives/edgar/data/789019/000119312525256321/R26.htm" },
  announcement: {
    publisher: "Microsoft",
    url: "https://blogs.microsoft.com/blog/2025/10/28/the-next-chapter-of-the-microsoft-openai-partnership/",
  },
  funded: { publisher: "Stratrix", url: "https://www.stratrix.com/decision-forks/inside-the-microsoft-openai-partnership" },
  round: { publisher: "Awesome Agents", url: "https://awesomeagents.ai/news/openai-misses-revenue-targets-ipo/" },
  amended: { publisher: "The Next Web", url: "https://thenextweb.com/news/microsoft-openai-exclusive-licence-ends" },
  cap: { publisher: "CXO Voice", url: "https://cxovoice.com/openai-caps-microsoft-revenue-share-at-38-billion-in-major-deal-reset/" },
  clouds: { publisher: "Mercury Oregon", url: "https://mercuryoregon.com/openai-microsoft-broaden-cloud-access-deal/" },
  terms: { publisher: "VolkNews", url: "https://volknews.com/2025/10/28/500-billion-counting-next-chapter-in-microsoft-openai-partnership-revealed" },
  runRate: { publisher: "TapeBrief", url: "https://tapebrief.com/msft/q3-2026" },
  forecast: { publisher: "Vera Calloway", url: "https://www.veracalloway.com/blog/ai-culture/agi-timeline/" },
  io: { publisher: "The Deep View", url: "https://www.thedeepview.com/articles/why-apple-could-help-openai-s-hardware-ambitions" },
  court: { publisher: "MacRumors", url: "https://www.macrumors.com/2026/02/10/openais-jony-ive-designed-device-delayed-to-2027/" },
  carveOut: {
    publisher: "aiismid.com",
    url: "https://www.aiismid.com/ai-tools/microsoft-and-openai-refine-partnership-with-new-agreement-focused-on-long-term-innovation",
  },
  capacity: { publisher: "AIgazine", url: "https://aigazine.com/industry/openai-funding-soars-as-cash-burn-outpaces-20b-annualized-revenue--s" },
  epoch: { publisher: "Epoch AI", url: "https://epoch.ai/data-insights/ai-datacenter-cost-breakdown" },
  grid: {
    publisher: "ConstructionOwners",
    url: "https://www.constructionowners.com/insights/how-long-it-actually-takes-to-power-a-data-center-in-2026-a-u-s-market-by-market-reality-check",
  },
  cma: { publisher: "Macfarlanes", url: "https://www.macfarlanes.com/what-we-think/102eli5/open-and-shut-lessons-from-the-cma-s-microsoft-openai-merger-inquiry-102kcrh" },
  ftc: { publisher: "BNN Bloomberg", url: "https://beta.bnnbloomberg.ca/business/company-news/2025/01/17/microsoft-openai-partnership-raises-antitrust-concerns-ftc-says" },
  probe: { publisher: "Bloomberg Law", url: "https://news.bloomberglaw.com/antitrust/ftc-ratchets-up-microsoft-probe-queries-rivals-on-cloud-ai" },
  revenue: { publisher: "Fintool", url: "https://fintool.com/news/openai-600b-compute-reset" },
  plans: { publisher: "Lowdown", url: "https://lowdown.today/t/data-centres/5/openai-cuts-compute-target-by-800bn/" },
  listing: { publisher: "LesBass News", url: "https://news.lesbass.com/articles/openai-confidential-s-1-filing-2026/" },
};

/**
 * @param {string} text
 * @param {{ publisher: string, url: string }} source
 * @returns {Link}
 */
const link = (text, { publisher, url }) => ({ text, publisher, url });

/** @type {Record<StopId, StopWords>} */
const stops = {
  stake: {
    name: "The stake",
    question: ({ backer }) => `What does ${backer} own, and what is it worth?`,
    text: ({ backer, lab }) =>
      `A stake pays last. Its worth is what buyers will one day give for a dollar of ${lab}’s profit, times the part that is still ${backer}’s after every round of new money.`,
    none: ({ backer, lab }) => `These terms know no stake: ${backer} has a part of ${lab}’s profit instead, until limits are reached.`,
  },
  share: {
    name: "Revenue share",
    question: () => "What is a slice of every sale worth?",
    text: ({ lab }) =>
      `A revenue share is paid from the first dollar, while ${lab} still loses money. Three terms decide what it comes to: the rate, when it ends, and whether a cap stops it before.`,
    none: () => "These terms know no share of revenue.",
  },
  cloud: {
    name: "Cloud",
    question: ({ backer, lab }) => `What does ${lab}’s computing bring ${backer}?`,
    text: ({ backer, lab }) =>
      `Every answer that ${lab} sells costs computing power. What it buys from ${backer} is revenue at once, but chips, buildings and electricity come first: it is the margin that counts.`,
    none: ({ backer }) => `These terms bind nobody to ${backer}’s cloud.`,
  },
  rights: {
    name: "Model rights",
    question: ({ lab }) => `What are the rights to ${lab}’s models worth?`,
    text: ({ backer, lab }) =>
      `With the rights ${backer} builds products of its own on ${lab}’s models. The figure takes this and every other clause away, one at a time; what customers would buy from ${backer} anyway is not counted.`,
    none: () => "These terms give no rights to the models.",
  },
  agi: {
    name: "AGI",
    question: () => "What if AGI comes early?",
    text: ({ lab }) =>
      `For the contract, AGI is a date. Clauses that end with it lose the years after it; those that go on may even gain, since whoever is first is assumed to grow faster. Move the year and see which way it tips for ${lab}’s owners, too.`,
  },
  devices: {
    name: "Devices",
    question: ({ lab }) => `What if ${lab} sells a device?`,
    text: ({ backer, lab }) =>
      `A device would bring ${lab} sales of hardware and of services. Of that ${backer} sees something as a part-owner; more only if the contract names a royalty.`,
    none: ({ backer, lab }) => `These terms say nothing of devices: what ${lab} earns with them reaches ${backer} by its other clauses alone.`,
  },
  power: {
    name: "Power and chips",
    question: () => "How much has to be built?",
    text: ({ lab }) =>
      `Behind ${lab}’s revenue stand machines, and behind the machines power stations. What is not built in time is bought elsewhere at a higher price, or not sold at all.`,
  },
  regulators: {
    name: "Regulators",
    question: () => "What if a regulator steps in?",
    text: () =>
      "A remedy could cut the share, the stake, or the part of the computing that one cloud may have. Which, when and how hard is assumed here. The figure draws it with the chance that the deal file gives it; switch it on to make it certain, and to say when and how hard.",
  },
  next: {
    name: "What to watch",
    question: () => "What should one watch next?",
    text: ({ lab }) =>
      `Most of all this depends on how long ${lab}’s customers keep multiplying. The dates below are those of the deal, and of your assumptions; the figure shows how far the money may stray on the way.`,
  },
};

/** What is known of Microsoft and OpenAI, whichever of their agreements is chosen. @type {Record<StopId, readonly TextPiece[]>} */
const known = {
  stake: [
    "By March 2026 Microsoft had paid ",
    link("$11.8 billion of a promised $13 billion", at.funded),
    ". The reorganisation of October 2025 made of it ",
    link("about 27 per cent of OpenAI", at.filing),
    ", put at ",
    link("$135 billion", at.announcement),
    " that day; five months later a round of funding valued the whole at ",
    link("$852 billion", at.round),
    ".",
  ],
  share: [
    "Neither company has published the rate. The press says ",
    link("20 per cent, and a cap of $38 billion", at.cap),
    " since the amendment of April 2026; the companies themselves say that payments run ",
    link("through 2030, whatever the technology does", at.amended),
    ".",
  ],
  cloud: [
    "In October 2025 OpenAI contracted to buy ",
    link("another $250 billion of Azure services", at.filing),
    ", with no date given, and Microsoft gave up its right of first refusal. Since April 2026 OpenAI may serve ",
    link("all its products from any cloud", at.clouds),
    ", though they come to Azure first.",
  ],
  rights: [
    "The licence runs ",
    link("through 2032 and covers models made after AGI, too", at.terms),
    "; since April 2026 it is ",
    link("no longer exclusive", at.amended),
    ". Microsoft’s whole AI business was running at ",
    link("$37 billion a year", at.runRate),
    " in March 2026.",
  ],
  agi: [
    "Under the terms of October 2025 OpenAI’s word was not enough: ",
    link("an independent panel", at.terms),
    " had to confirm it. The amendment of 2026 made the payments ",
    link("independent of the technology’s progress", at.amended),
    ". Forecasters on Metaculus saw ",
    link("one chance in four by 2029 and even odds by 2033", at.forecast),
    ".",
  ],
  devices: [
    "OpenAI bought the device maker io for ",
    link("$6.5 billion in shares", at.io),
    " in 2025, and told a court that it would ship nothing ",
    link("before the end of February 2027", at.court),
    ". Its consumer hardware is ",
    link("excluded from Microsoft’s rights", at.carveOut),
    ".",
  ],
  power: [
    "OpenAI could use ",
    link("1.9 gigawatts at the end of 2025", at.capacity),
    ". One gigawatt of machines costs ",
    link("some $38 billion to put up", at.epoch),
    ", and a large connection to the American grid takes ",
    link("four years on average", at.grid),
    ".",
  ],
  regulators: [
    "So far none has acted. Britain’s authority found in March 2025 that there was ",
    link("no merger to examine", at.cma),
    ". America’s had ",
    link("set out its concerns", at.ftc),
    " two months before without acting on them, and was ",
    link("questioning Microsoft’s rivals", at.probe),
    " in February 2026.",
  ],
  next: [
    "OpenAI took in ",
    link("$13.1 billion in 2025", at.revenue),
    " and forecast ",
    link("$30 billion for 2026", at.plans),
    ". In June 2026 it said that it had ",
    link("filed for a stock-market listing", at.listing),
    ", in confidence and without a date.",
  ],
};

export const en = {
  title: "A tour of the agreement",
  of: (/** @type {number} */ number, /** @type {number} */ count) => `Stop ${number} of ${count}`,
  short: (/** @type {number} */ number, /** @type {number} */ count) => `${number} of ${count}`,
  all: "All stops",
  steps: "Steps of the tour",
  back: "Back",
  next: "Next",
  toStop: (/** @type {string} */ direction, /** @type {string} */ name) => `${direction}: ${name}`,
  leave: "Explore everything",
  end: "End of the tour",
  levers: "What you can move here",
  noLevers: "The deal has none of the levers of this stop.",
  source: (/** @type {string} */ text, /** @type {string} */ publisher) => `${text} (source: ${publisher})`,
  stops,
  known,
  agi: {
    ends: (/** @type {string} */ clauses) => `Under these terms AGI ends ${clauses}.`,
    cuts: (/** @type {string} */ clauses) => `It cuts into ${clauses}.`,
    cutsOnly: (/** @type {string} */ clauses) => `Under these terms no clause ends with AGI; it cuts into ${clauses}.`,
    none: "Under these terms no clause ends with AGI.",
  },
  dates: {
    title: "Dates and triggers of this deal",
    agi: "AGI counts for the contract",
    agiEnds: (/** @type {string} */ clauses) => `AGI counts for the contract, and ends ${clauses}`,
    money: (/** @type {string} */ backer) => `${backer} has its money back`,
    end: "End of the calculation",
  },
};

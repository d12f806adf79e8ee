// The words that the page says and an embed does not, in the language of `index.js`.

/** @typedef {typeof page} PageStrings */

export const page = {
  name: "Clauseworth",
  tagline: "What each clause of an AI partnership is worth, to each side",
  explainer: { short: "The story", whole: "The story of the agreement" },
  picker: { deal: "Agreement", scenario: "Scenario" },
  actions: {
    undo: "Undo",
    redo: "Redo",
    resetAll: "Reset everything to the base case",
    theme: "Colours",
    themes: { auto: "As the device", light: "Light", dark: "Dark" },
    skip: "Skip to the figures",
    dismiss: "Dismiss",
  },
  levers: {
    title: "Change the assumptions",
    intro: "Move anything. Every figure follows at once, calculated on your own machine.",
    unchanged: "Nothing is changed.",
    changed: (/** @type {number} */ count) => (count === 1 ? "1 changed" : `${count} changed`),
    all: (/** @type {number} */ count) => `All ${count} assumptions`,
  },
  tour: {
    ways: "Ways through this page",
    start: "Take the tour",
    startHint: "In nine stops",
    free: "Explore everything",
    freeHint: "Every lever and figure",
    title: "A tour of the agreement",
  },
  save: {
    page: "Save and share",
    all: {
      link: "Copy link",
      share: "Share …",
      cite: "Cite …",
      workbook: "Workbook (Excel)",
      toml: "Deal file (TOML)",
      json: "Deal file (JSON)",
      embed: "Embed in your page …",
    },
    figure: { embed: "Embed in your page …" },
  },
  parts: { assumptions: "Every assumption", own: "Your own deal" },
  scenarios: {
    given: "Scenarios of this agreement",
    own: "Yours",
    mine: (/** @type {string} */ name) => `${name} (yours)`,
    another: (/** @type {string} */ name, /** @type {number} */ n) => `${name} (${n})`,
    save: "Save your own …",
    manage: "Save or change …",
  },
  own: {
    open: "Your own deal",
    mine: (/** @type {string} */ title) => `${title} (your file)`,
  },
  notices: {
    unknown: "This link says things that this page does not understand. They were left out of the figures, and stay in the address.",
    missing: "This link speaks of a file that is not open here.",
    then: {
      /** @param {{ model: string | null, now: string }} say */
      heading: ({ model, now }) =>
        model === now
          ? "This link states another answer than the model gives for it, though it names the same version: it was changed by hand, or is about a file that was."
          : `The answer to this link has changed: it was made with ${model === null ? "another version of the model" : `model ${model}`}, and this is model ${now}.`,
      item: (/** @type {string} */ name, /** @type {string} */ then, /** @type {string} */ now) => `${name}: ${then} then, ${now} now.`,
      partly: "Some of what the link says was not understood, which may be why.",
      look: (/** @type {string} */ model) => `See it in model ${model}`,
    },
    warnings: "The engine remarks",
    runFailed: "These assumptions cannot be calculated. The figures still show the last ones that could.",
    runFailedFirst: "These assumptions cannot be calculated.",
  },
  engine: {
    failed: "The calculator could not be loaded.",
    failedHint:
      "It needs WebAssembly, which this browser, or a policy of this site, does not allow, or a part of the page did not arrive.",
  },
  footer: {
    privacy: "Everything is calculated on your own machine; nothing you enter leaves it.",
    version: (/** @type {string} */ version) => `Model ${version}.`,
    licenses: "Licences",
  },
  offline: {
    kept: "It is kept on this device, and works without a network.",
    newer: "A newer version of this page is here. What you changed stays in the address.",
    take: "Use the newer version",
  },
};

// The words of the embeds beside those of the figures themselves.

/** @typedef {typeof en} EmbedStrings */

export const en = {
  failed: (/** @type {string} */ reason) =>
    `The calculator could not be started, so nothing can be moved here. It needs WebAssembly, which this browser or a policy of this site does not allow, or a part of it did not arrive. (${reason})`,
  base: "What stands here is the base case.",
  problem: (/** @type {string} */ problem) => `Not understood, and left out: ${problem}`,
  noFigure: (/** @type {string} */ id, /** @type {string} */ known) => `There is no figure “${id}”. There are: ${known}.`,
  noQuantity: (/** @type {string} */ path, /** @type {string} */ deal) => `“${deal}” has no assumption “${path}”.`,
  noMetric: (/** @type {string} */ name, /** @type {string} */ deal) => `“${deal}” has no metric “${name}”.`,
  noFormat: (/** @type {string} */ name, /** @type {string} */ known) => `There is no format “${name}”. There are: ${known}.`,
  neitherNamed: "An attribute “metric” or “path” is missing.",
  nothingNamed: (/** @type {string} */ attribute) => `The attribute “${attribute}” is missing.`,
  noTheme: (/** @type {string} */ name) => `There is no theme “${name}”. There are: auto, light, dark.`,
  noAnswer: (/** @type {string} */ name) => `sentence=${name} is neither yes nor no.`,
  was: (/** @type {string} */ value) => `, ${value} in the base case`,
  wasTitle: (/** @type {string} */ value) => `Base case: ${value}`,
  levers: "Assumptions to move",
  open: "Open in Clauseworth",
  newTab: "opens in a new tab",
  source: (/** @type {string} */ version) => `Clauseworth, model ${version}.`,
  quarters: (/** @type {string} */ number) => `${number} quarters`,
  megatonnes: (/** @type {string} */ number) => `${number}\u00a0Mt`,
  noScript: (/** @type {string} */ deal) =>
    `JavaScript is switched off here, so nothing can be moved. This is the base case of “${deal}”, calculated when this page was made.`,
  unstarted: (/** @type {string} */ deal) =>
    `The calculator could not be loaded, so nothing can be moved here. This is the base case of “${deal}”, calculated when this page was made.`,
  otherBase: "What this link asks for cannot be shown without it.",
  movedBase: "What stands here is the base case, without the changes of this link.",
  static: "See the base case of what was asked for",
};

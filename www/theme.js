// The reader's choice of colours. It is kept on the device where that is allowed: reading the storage throws in a sandbox.

/** @typedef {"auto" | "light" | "dark"} Theme */

const KEY = "clauseworth-theme";
/** @type {readonly Theme[]} */
const THEMES = ["auto", "light", "dark"];

/** @returns {Theme} */
export function readTheme() {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? "auto";
  } catch {
    return "auto";
  }
}

/** @param {Theme} theme */
export function showTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/**
 * @param {Theme} theme
 * @returns {Theme}
 */
export const nextTheme = (theme) => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "auto";

// The content security policies of what is built. They are what makes "nothing leaves your machine" a fact that the browser enforces
// rather than a promise. The development server needs inline scripts for its reloads, so a policy is part of the build alone.
import { createHash } from "node:crypto";

// Texts become scripts nowhere. `lit-html` makes its templates through a policy of that name, and `clauseworth` vouches for the
// addresses of workers (trusted.js).
const trustedTypes = ["require-trusted-types-for 'script'", "trusted-types lit-html clauseworth"];

/**
 * Scripts, styles, the engine and its workers come from the page's own folder, and nothing else may be fetched. A picture may also be
 * one that the page has made itself, as it does of a figure that is saved.
 */
const sitePolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  // The preview of an embed.
  "frame-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  ...trustedTypes,
];

/**
 * Of the page that is one file: it runs the script and the styles that it was built with, and fetches nothing at all.
 * @param {{ scripts: readonly string[], styles: readonly string[] }} inline
 */
export const filePolicy = ({ scripts, styles }) =>
  [
    "default-src 'none'",
    `script-src ${[...scripts.map(hashOf), "'wasm-unsafe-eval'"].join(" ")}`,
    `style-src ${styles.map(hashOf).join(" ")}`,
    "img-src data: blob:",
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
    ...trustedTypes,
  ].join("; ");

/** @param {string} text */
const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** @returns {import("vite").Plugin} */
export const contentSecurityPolicy = () => ({
  name: "clauseworth:content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: sitePolicy.join("; ") }, injectTo: "head-prepend" },
  ],
});

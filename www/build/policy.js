// The content security policy of the built page. It is what makes "nothing leaves your machine" a fact that the browser
// enforces rather than a promise: scripts, styles, the engine and its worker come from the page's own folder, and nothing else
// may be fetched. A picture may also be one that the page has made itself, as it does of a figure that is saved. The development
// server needs inline scripts for its reloads, so the policy is part of the build alone.

const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** @returns {import("vite").Plugin} */
export const contentSecurityPolicy = () => ({
  name: "clauseworth:content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" },
  ],
});

// What a host should send with the files, in the form that Netlify and Cloudflare Pages read from the site itself. docs/HOSTING.md
// says the same for others.

/** @returns {string} */
export const headers = () => `# Frames in a sandbox have no origin: they may load scripts only where any origin may.
/*
  Access-Control-Allow-Origin: *
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin

# Their names bear their digests.
/assets/*
  Cache-Control: public, max-age=31536000, immutable

# A version is never changed.
/v/*
  Cache-Control: public, max-age=31536000, immutable

/sw.js
  Cache-Control: no-cache
`;

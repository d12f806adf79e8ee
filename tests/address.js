// Where the tests find the page.
export const PORT = 4173;
export const FOLDER = "/articles/2025/clauseworth/";
export const PAGE = `http://127.0.0.1:${PORT}${FOLDER}`;

/** The site of an author, of another origin: it answers with the document that the address itself holds. */
export const AUTHOR = `http://localhost:${PORT + 1}/`;

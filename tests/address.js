// Where the tests find the page.
export const PORT = 4173;
export const FOLDER = "/articles/2025/clauseworth/";
export const PAGE = `http://127.0.0.1:${PORT}${FOLDER}`;

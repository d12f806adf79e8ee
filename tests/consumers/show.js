// The answers are put where the test looks for them.
import { ask } from "./ask.js";

/** @param {typeof import("clauseworth")} clauseworth */
export async function show(clauseworth) {
  try {
    document.body.textContent = JSON.stringify(await ask(clauseworth));
    document.title = "answered";
  } catch (error) {
    document.body.textContent = String(error);
    document.title = "failed";
  }
}

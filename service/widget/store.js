// @ts-check
/** Turns of a conversation in, kept for this tab until it is closed; nothing where the page or the browser forbids it. */

import { readAnswer } from "./payload.js";

/** @import { Turn } from "./contract" */

const KEPT_TURNS = 20;
const KEPT_CHARACTERS = 200_000;

/** @param {Turn[]} turns @param {string} key */
export function keep(turns, key) {
  const kept = turns.slice(-KEPT_TURNS).map(({ question, text, payload, rating }) => ({ question, text, payload, rating }));
  while (JSON.stringify(kept).length > KEPT_CHARACTERS) kept.shift();
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Private windows and full stores keep nothing; the page works on.
  }
}

/** What was kept, as it is safe to show; what was under way has stopped.
 * @param {string} key @returns {Turn[]} */
export function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]").map(readTurn);
  } catch {
    return [];
  }
}

/** @param {any} kept @returns {Turn} */
function readTurn({ question, text, payload, rating }) {
  const answer = payload && readAnswer(payload);
  const { citations = [], sources = [] } = answer ?? {};
  return {
    question: `${question}`, state: answer ? "done" : "stopped", text: answer ? answer.text : `${text}`, payload, citations,
    sources, answer, failure: null, rating,
  };
}

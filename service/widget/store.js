// @ts-check
/** Turns of a conversation in, kept for this tab until it is closed; nothing where the page or the browser forbids it. */

import { readAnswer, readCitation, readSources } from "./payload.js";

/** @import { Turn } from "./contract" */

const TURNS = 20;
const CHARACTERS = 200_000;

/** @param {Turn[]} turns @param {string} key */
export function keep(turns, key) {
  let kept = turns.slice(-TURNS).map((turn) => ({ ...turn, failure: null }));
  let json = JSON.stringify(kept);
  while (json.length > CHARACTERS && kept.length) {
    kept = kept.slice(1);
    json = JSON.stringify(kept);
  }
  try {
    if (kept.length) sessionStorage.setItem(key, json);
    else sessionStorage.removeItem(key);
  } catch {
    // Private windows and full stores keep nothing; the page works on.
  }
}

/** What was kept, as it is safe to show; what was under way has stopped.
 * @param {string} key @returns {Turn[]} */
export function recall(key) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.slice(-TURNS).flatMap((one) => readTurn(one) ?? []) : [];
  } catch {
    return [];
  }
}

/** @param {any} one @returns {Turn | null} */
function readTurn(one) {
  if (typeof one?.question !== "string" || typeof one.text !== "string") return null;
  const sources = readSources(one.sources?.map(withTitle));
  const answer = one.answer && readAnswer({
    ...one.answer, answer: one.answer, as_of: one.answer.asOf, independent_sources: one.answer.independent,
    rewritten_question: one.answer.understood, sources: one.answer.sources?.map(withTitle),
  });
  return {
    question: one.question, state: answer ? "done" : "stopped", text: answer?.text ?? one.text, sources, answer,
    citations: answer?.citations ?? (Array.isArray(one.citations) ? one.citations : [])
      .flatMap((/** @type {unknown} */ each) => readCitation(each, sources, one.text) ?? []),
    failure: null, rating: one.rating === "up" || one.rating === "down" ? one.rating : null,
  };
}

/** @param {any} source */
const withTitle = (source) => ({ ...source, title: source?.label });

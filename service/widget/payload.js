// @ts-check
/** JSON from the service in, what may be shown of it out: a citation that does not fit its text is left out.
 *
 * What is shown is only ever set as text, so that a field of another type than the contract's does no harm. */

import { unitsOf } from "./spans.js";

/** @import { Answer, Citation, Config, Problem, Source, Span } from "./contract" */

/** @param {unknown} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value.filter((one) => one) : []);
/** @param {unknown} value @returns {value is string} */
const isText = (value) => typeof value === "string" && value !== "";
/** @param {any} span @returns {span is Span} */
const isSpan = (span) => Number.isSafeInteger(span?.start) && Number.isSafeInteger(span.end) && 0 <= span.start && span.start < span.end;

/** @param {unknown} value @returns {Source[]} */
export function readSources(value) {
  return list(value)
    .filter((one) => isText(one.id) && isText(one.article_id) && isSpan(one.passage))
    .map((one) => ({ ...one, label: one.title || one.label, also_carried_by: list(one.also_carried_by) }));
}

/** A citation of a known source whose words stand in the answer so far, or null.
 * @param {any} citation @param {Source[]} sources @param {string} answer
 * @returns {Citation | null} */
export function readCitation(citation, sources, answer) {
  const known = sources.some((source) => source.id === citation?.source_id);
  const sound = known && citation.number > 0 && isText(citation.quote) && typeof citation.context?.before === "string"
    && typeof citation.context.after === "string";
  return sound && isSpan(citation.answer_span) && isSpan(citation.source_span) && unitsOf(answer, citation.answer_span)
    ? citation : null;
}

/** The whole answer, or null where it is none.
 * @param {any} payload @returns {Answer | null} */
export function readAnswer(payload) {
  const text = payload?.answer?.text;
  if (!/^(answered|partial|no_answer)$/.test(payload?.status) || !isText(payload.id) || typeof text !== "string") return null;
  const { id, status, question, rewritten_question: understood } = payload;
  const sources = readSources(payload.sources);
  return {
    id, status, text, sources, short: payload.answer.short, asOf: payload.as_of, independent: payload.independent_sources,
    understood: understood === question ? null : understood,
    citations: list(payload.citations).filter((one) => readCitation(one, sources, text)),
    conflicts: list(payload.conflicts).filter(isText),
  };
}

/** @param {any} problem @returns {Problem | null} */
export function readProblem(problem) {
  return isText(problem?.type) ? problem : null;
}

/** What the service says of itself: limits, questions to begin with, and whether it takes ratings.
 * @param {any} config @returns {Config} */
export function readConfig(config) {
  const { question_characters, conversation_turns, conversation_characters } = config?.limits ?? {};
  return {
    questionCharacters: question_characters || 2000, turns: conversation_turns || 20,
    conversationCharacters: conversation_characters || 16000,
    questions: list(config?.suggested_questions).filter(isText),
    feedback: config?.feedback !== false, streaming: config?.streaming !== false,
  };
}

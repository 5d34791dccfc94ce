// @ts-check
/** JSON from the service in, what may be shown of it out: a citation that does not fit its text is left out. */

import { unitsOf } from "./spans.js";

/** @import { Answer, Citation, Problem, Source, Span } from "./contract" */
/** @typedef {Record<string, unknown>} Fields */

/** @param {unknown} value @returns {value is Fields} */
const isFields = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @param {unknown} value */
const fields = (value) => (isFields(value) ? value : {});
/** @param {unknown} value @returns {unknown[]} */
const list = (value) => (Array.isArray(value) ? value : []);
/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : "");
/** @param {unknown} value */
const maybe = (value) => (typeof value === "string" && value ? value : null);
/** @param {unknown} value */
const whole = (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : -1);

/** @param {unknown} value @returns {Span | null} */
function readSpan(value) {
  const { start, end } = fields(value);
  const span = { start: whole(start), end: whole(end) };
  return span.start >= 0 && span.end > span.start ? span : null;
}

/** @param {unknown} value @returns {Source[]} */
export function readSources(value) {
  return list(value).flatMap((one) => {
    const source = fields(one);
    const span = readSpan(source.passage);
    if (!maybe(source.id) || !maybe(source.article_id) || !span) return [];
    return [{
      id: text(source.id), number: whole(source.number), article_id: text(source.article_id),
      version: whole(source.version), label: maybe(source.title) ?? (text(source.label) || text(source.article_id)),
      url: maybe(source.url), publisher: maybe(source.publisher), author: maybe(source.author),
      published_at: maybe(source.published_at),
      also_carried_by: list(source.also_carried_by).map(fields).map((other) => ({
        publisher: maybe(other.publisher), title: maybe(other.title),
      })),
      passage: { ...span, text: text(fields(source.passage).text) },
    }];
  });
}

/** A citation of a known source whose words stand in the answer so far, or null.
 * @param {unknown} value @param {Source[]} sources @param {string} answer
 * @returns {Citation | null} */
export function readCitation(value, sources, answer) {
  const citation = fields(value);
  const shown = readSpan(citation.answer_span);
  const stood = readSpan(citation.source_span);
  const known = sources.some((source) => source.id === citation.source_id);
  if (!known || !shown || !stood || !maybe(citation.quote) || whole(citation.number) < 1) return null;
  if (!unitsOf(answer, shown)) return null;
  const context = fields(citation.context);
  return {
    number: whole(citation.number), answer_span: shown, source_id: text(citation.source_id),
    quote: text(citation.quote), source_span: stood, short_span: readSpan(citation.short_span),
    context: { before: text(context.before), after: text(context.after) }, support: text(citation.support),
  };
}

/** The whole answer, or null where it is none.
 * @param {unknown} value @returns {Answer | null} */
export function readAnswer(value) {
  const payload = fields(value);
  const answer = fields(payload.answer);
  const status = text(payload.status);
  if (status !== "answered" && status !== "partial" && status !== "no_answer") return null;
  if (!maybe(payload.id) || typeof answer.text !== "string") return null;
  const said = answer.text;
  const sources = readSources(payload.sources);
  const understood = maybe(payload.rewritten_question);
  return {
    id: text(payload.id), status, text: said, short: maybe(answer.short), asOf: text(payload.as_of), sources,
    understood: understood === payload.question ? null : understood,
    citations: list(payload.citations).flatMap((one) => readCitation(one, sources, said) ?? []),
    independent: Math.max(whole(payload.independent_sources), 0),
    conflicts: list(payload.conflicts).filter((one) => typeof one === "string"),
  };
}

/** @param {unknown} value @returns {Problem | null} */
export function readProblem(value) {
  const problem = fields(value);
  if (!maybe(problem.type) && !maybe(problem.title)) return null;
  return {
    type: text(problem.type), title: text(problem.title), status: whole(problem.status), detail: text(problem.detail),
    request_id: text(problem.request_id),
  };
}

/** What the service says of itself: limits, questions to begin with, and whether it takes ratings.
 * @param {unknown} value */
export function readConfig(value) {
  const config = fields(value);
  const limits = fields(config.limits);
  /** @param {unknown} limit @param {number} otherwise */
  const positive = (limit, otherwise) => (whole(limit) > 0 ? whole(limit) : otherwise);
  return {
    questionCharacters: positive(limits.question_characters, 2000),
    turns: positive(limits.conversation_turns, 20),
    conversationCharacters: positive(limits.conversation_characters, 16000),
    questions: list(config.suggested_questions).filter((one) => typeof one === "string"),
    feedback: config.feedback !== false,
    streaming: config.streaming !== false,
  };
}

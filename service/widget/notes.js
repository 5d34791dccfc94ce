// @ts-check
/** A finished turn in, what stands under its answer out: footnotes, other finds, nearest passages, and the rating. */

import { foreign, iconButton, make } from "./dom.js";
import { byline, nameOf } from "./source.js";
import { startOf } from "./spans.js";

/** @import { Actions, Answer, Source, Turn, Words } from "./contract" */
/** @typedef {{ words: Words, actions: Actions, rated: boolean }} With */

const EXCERPT = 280;
const REASON = 1000;

/** @param {Turn} turn @param {Answer} answer @param {With} with_ */
export function drawNotes(turn, answer, { words, actions, rated }) {
  const cited = new Set(answer.citations.map((citation) => citation.source_id));
  const others = answer.sources.filter((source) => !cited.has(source.id));
  const none = answer.status === "no_answer";
  const rating = rated ? drawRating(turn, { words, actions }) : null;
  return [
    answer.status === "partial" && make("p", { class: "remark" }, words.say("partial")),
    ...(answer.conflicts.length ? drawConflicts(answer.conflicts, words) : []),
    answer.citations.length ? drawFootnotes(turn, answer, { words, actions }) : null,
    none && others.length ? make("h4", { class: "over" }, words.say("nearest")) : null,
    none ? drawSources(others, { words, actions }) : drawFound(others, { words, actions }),
    make("div", { class: "foot" }, make("span", { class: "meta" }, metaOf(answer, words)), ...(rating?.buttons ?? [])),
    rating?.form,
  ];
}

/** @param {Answer} answer @param {Words} words */
function metaOf(answer, words) {
  const date = words.date(answer.asOf);
  const independent = answer.independent ? words.say("independent", { n: answer.independent }) : "";
  return [independent, date && words.say("asOf", { date })].filter(Boolean).join(", ");
}

/** @param {string[]} conflicts @param {Words} words */
function drawConflicts(conflicts, words) {
  return [
    make("h4", { class: "over" }, words.say("conflicts")),
    make("ul", { class: "conflicts" }, ...conflicts.map((one) => make("li", { dir: "auto" }, one))),
  ];
}

/** A note for each cited article, with the numbers that lead to it.
 * @param {Turn} turn @param {Answer} answer @param {Omit<With, "rated">} with_ */
function drawFootnotes(turn, answer, { words, actions }) {
  const cited = answer.sources.filter((source) => answer.citations.some((one) => one.source_id === source.id));
  const notes = cited.map((source) => {
    const citations = answer.citations.filter((one) => one.source_id === source.id);
    const numbers = citations.map((one) => make("span", { class: "mark" }, words.number(one.number)));
    const button = make("button", {
      class: "note", "aria-haspopup": "dialog", "aria-label": nameOf(citations, source, words),
      click: () => actions.cite(turn, citations[0], button, false),
    }, make("span", { class: "marks", "aria-hidden": "true" }, ...numbers),
    make("span", { class: "about" }, foreign(source.label, "headline"), byline(source, words)));
    return make("li", {}, button);
  });
  return make("ol", { class: "notes", part: "notes", "aria-label": words.say("notes") }, ...notes);
}

/** @param {Source[]} sources @param {Omit<With, "rated">} with_ */
function drawFound(sources, { words, actions }) {
  return sources.length > 0 && make("details", { class: "found" },
    make("summary", {}, words.say("found", { n: sources.length })), drawSources(sources, { words, actions }));
}

/** @param {Source[]} sources @param {Omit<With, "rated">} with_ */
function drawSources(sources, { words, actions }) {
  return make("ul", { class: "sources" }, ...sources.map((source) => make("li", {},
    make("button", {
      class: "source",
      click: () => actions.show(source, source.passage, source.passage.text),
    }, byline(source, words), foreign(source.label, "headline"),
    foreign(startOf(source.passage.text, EXCERPT), "excerpt")))));
}

/** Thumbs; the one that is down asks why, and need not be told.
 * @param {Turn} turn @param {Omit<With, "rated">} with_ */
function drawRating(turn, { words, actions }) {
  const area = make("textarea", { rows: 2, maxlength: REASON, "aria-label": words.say("why"), placeholder: words.say("why") });
  const thanks = make("span", { class: "meta", role: "status" });
  /** @param {string} reason */
  const tell = (reason) => {
    actions.rate(turn, "down", reason);
    form.hidden = true;
    thanks.textContent = words.say("thanks");
    down.focus();
  };
  const form = make("form", { class: "why", hidden: true, submit: (event) => { event.preventDefault(); tell(area.value.trim()); } },
    area, make("button", { type: "submit", class: "plain" }, words.say("sendReason")),
    make("button", { class: "plain", click: () => tell("") }, words.say("skip")));
  /** @param {"up" | "down"} rating */
  const press = (rating) => {
    actions.rate(turn, rating, "");
    up.setAttribute("aria-pressed", String(turn.rating === "up"));
    down.setAttribute("aria-pressed", String(turn.rating === "down"));
    form.hidden = turn.rating !== "down";
    thanks.textContent = turn.rating === "up" ? words.say("thanks") : "";
    if (!form.hidden) area.focus();
  };
  /** @param {"up" | "down"} rating @param {string} name */
  const thumb = (rating, name) => iconButton(rating, words.say(name), {
    "aria-pressed": String(turn.rating === rating), click: () => press(rating),
  });
  const up = thumb("up", "helpful");
  const down = thumb("down", "unhelpful");
  return { buttons: [thanks, up, down], form };
}

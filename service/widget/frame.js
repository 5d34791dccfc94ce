// @ts-check
/** Words and parts in, the frame of a panel out: its header, its transcript, and the two voices for screen readers. */

import { iconButton, make } from "./dom.js";

/** @import { Words } from "./contract" */

const SUGGESTIONS = 4;

/** The panel: a dialog that floats, or a section of a page.
 * @param {{ heading: string, page: boolean, words: Words, over: Node[], under: Node, clear: () => void,
 *   close: () => void, scrolled: () => void, press: (event: KeyboardEvent) => void }} with_ */
export function drawFrame({ heading, page, words, over, under, clear, close, scrolled, press }) {
  const log = make("div", {
    class: "log", part: "log", role: "log", "aria-live": "off", "aria-label": words.say("transcript"), tabindex: 0,
    scroll: scrolled,
  });
  const talk = make("div", { class: "talk" },
    make("div", { class: "bar", part: "header" }, make("h2", { dir: "auto" }, heading),
      iconButton("clear", words.say("clear"), { click: clear, class: "tool clear" }),
      !page && iconButton("close", words.say("close"), { click: close })),
    log, under);
  const element = make(page ? "section" : "dialog", {
    class: "panel", part: "panel", "aria-label": heading, popover: page ? null : "manual",
    keydown: (event) => press(/** @type {KeyboardEvent} */ (event)),
    cancel: (event) => { event.preventDefault(); close(); },
  }, talk, ...over);
  return { element, talk, log };
}

/** What stands in the transcript before anything was asked.
 * @param {string[]} questions
 * @param {{ words: Words, ask: (question: string) => void }} with_ */
export function drawIdle(questions, { words, ask }) {
  const items = questions.slice(0, SUGGESTIONS).map((question) => make("li", {}, make("button", {
    class: "suggestion", part: "suggestion", dir: "auto", click: () => ask(question),
  }, question)));
  return make("div", { class: "idle" }, make("p", { class: "intro" }, words.say("intro")),
    items.length > 0 && make("h3", { class: "over" }, words.say("suggestions")),
    items.length > 0 && make("ul", { class: "suggestions" }, ...items));
}

/** Tells screen readers what happened, once: a status politely, a failure at once. */
export class Announcer {
  #status = make("p", { class: "unseen", role: "status" });
  #alert = make("p", { class: "unseen", role: "alert" });
  elements = [this.#status, this.#alert];

  /** @param {string} text */
  say(text) {
    if (this.#status.textContent !== text) this.#status.textContent = text;
    this.#alert.textContent = "";
  }

  /** @param {string} text */
  warn(text) {
    this.#status.textContent = "";
    this.#alert.textContent = text;
  }
}

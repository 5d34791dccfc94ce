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

/** Two voices that tell screen readers what happened, once: `say` in turn, `warn` at once. */
export function makeVoices() {
  const status = make("p", { class: "unseen", role: "status" });
  const alert = make("p", { class: "unseen", role: "alert" });
  /** @param {string} said @param {string} warned */
  const speak = (said, warned) => {
    if (status.textContent !== said) status.textContent = said;
    alert.textContent = warned;
  };
  return {
    elements: [status, alert],
    /** @param {string} text */
    say: (text) => speak(text, ""),
    /** @param {string} text */
    warn: (text) => speak("", text),
  };
}

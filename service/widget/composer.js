// @ts-check
/** Typing in, a question out: the field, its counter, and the one button that asks and stops. */

import { icon, make } from "./dom.js";
import { countPoints } from "./spans.js";

/** @import { Words } from "./contract" */

const SHOWN_FROM = 0.8; // of the longest question the counter is shown

/** The form at the foot of a panel. */
export class Composer {
  element;
  field;
  #words;
  #most;
  #ask;
  #button;
  #counter = make("p", { class: "counter", id: "counter", hidden: true });
  #offline = make("p", { class: "offline", hidden: true });
  #busy = false;
  #long = false;

  /** @param {{ words: Words, most: number, ask: (question: string) => void, stop: () => void,
   *   warn: (text: string) => void }} with_ */
  constructor({ words, most, ask, stop, warn }) {
    this.#words = words;
    this.#most = most;
    this.#ask = ask;
    this.#offline.textContent = words.say("disconnected");
    this.field = make("textarea", {
      rows: 1, id: "question", part: "input", dir: "auto", "aria-describedby": "counter",
      input: () => this.#count(warn),
      keydown: (event) => this.#press(/** @type {KeyboardEvent} */ (event)),
    });
    this.#button = make("button", { type: "submit", class: "send", part: "send" });
    this.element = make("form", {
      class: "ask", submit: (event) => { event.preventDefault(); this.#busy ? stop() : this.#submit(); },
    }, this.#offline, make("div", { class: "field" },
      make("label", { for: "question", class: "unseen" }, words.say("label")), this.field, this.#button),
    make("div", { class: "under" }, make("p", { class: "fine" }, words.say("fine")), this.#counter));
    this.busy(false);
    this.followUp(false);
  }

  /** @param {boolean} busy */
  busy(busy) {
    const name = this.#words.say(busy ? "stop" : "send");
    this.#busy = busy;
    this.#button.replaceChildren(icon(busy ? "stop" : "send"));
    this.#button.setAttribute("aria-label", name);
    this.#button.title = name;
    this.#button.classList.toggle("stopping", busy);
    this.#allow();
  }

  /** @param {boolean} is */
  followUp(is) {
    this.field.placeholder = this.#words.say(is ? "followUp" : "placeholder");
  }

  /** @param {boolean} is */
  offline(is) {
    this.#offline.hidden = !is;
  }

  /** Put a question into the field, for its writer to change.
   * @param {string} question */
  fill(question) {
    this.field.value = question;
    this.field.dispatchEvent(new Event("input"));
    this.field.focus();
  }

  /** @param {string} question */
  tooLong(question) {
    return countPoints(question) > this.#most;
  }

  #submit() {
    const question = this.field.value.trim();
    if (!question || this.#long) return this.field.focus();
    this.field.value = "";
    this.#count(() => {});
    this.#ask(question);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!this.#busy) this.#submit();
  }

  /** @param {(text: string) => void} warn */
  #count(warn) {
    const { say } = this.#words;
    const most = this.#most;
    const n = countPoints(this.field.value.trim());
    const over = Math.max(n - most, 0);
    this.#counter.hidden = n < most * SHOWN_FROM;
    this.#counter.textContent = over ? say("tooLong", { n: over }) : say("counter", { n, most });
    this.#counter.classList.toggle("over-long", over > 0);
    this.field.setAttribute("aria-invalid", String(over > 0));
    if (over && !this.#long) warn(say("tooLong", { n: over }));
    this.#long = over > 0;
    this.#allow();
  }

  #allow() {
    const nothing = !this.#busy && (this.#long || !this.field.value.trim());
    this.#button.setAttribute("aria-disabled", String(nothing));
  }
}

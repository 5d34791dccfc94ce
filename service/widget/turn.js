// @ts-check
/** A turn in, its place in the transcript out: the question, how far it is, the answer, and what stands under it. */

import { AnswerText } from "./answer.js";
import { foreign, make } from "./dom.js";
import { drawNotes } from "./notes.js";

/** @import { Actions, Turn, Words } from "./contract" */

/** A turn on the screen. */
export class TurnView {
  element;
  #own;
  text;
  #turn;
  #status = make("p", { class: "status" });
  #rest = make("div", { class: "rest" });
  /** @type {number | undefined} */
  #timer;
  #drawn = "";

  /** @param {Turn} turn @param {{ words: Words, actions: Actions, rated: boolean }} own */
  constructor(turn, own) {
    this.#own = own;
    this.#turn = turn;
    this.text = new AnswerText(turn, own);
    this.element = make("article", { class: "turn", part: "turn" },
      make("h3", { class: "question", dir: "auto", part: "question" }, turn.question),
      this.#status, this.text.element, this.#rest);
  }

  /** Draw what has changed. */
  update() {
    const { state, answer, failure } = this.#turn;
    this.element.dataset.state = answer ? answer.status : state;
    this.element.setAttribute("aria-busy", String(state === "searching" || state === "answering"));
    this.#drawStatus();
    this.text.element.hidden = !this.#turn.text || answer?.status === "no_answer";
    this.text.update();
    const key = `${state} ${failure?.kind ?? ""} ${failure?.until ?? ""}`;
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.leave();
    this.#rest.replaceChildren(...this.#drawRest().filter((one) => one instanceof Node));
  }

  /** Stop counting down. */
  leave() {
    clearInterval(this.#timer);
  }

  #drawStatus() {
    const { state, sources } = this.#turn;
    const say = this.#own.words.say;
    this.#status.hidden = state !== "searching";
    this.#status.textContent = sources.length ? say("reading", { n: sources.length }) : say("searching");
  }

  #drawRest() {
    const { state, answer, failure } = this.#turn;
    const say = this.#own.words.say;
    if (state === "stopped") return [this.#drawBox(say("stopped"), this.#again(say("again")))];
    if (state === "failed" && failure) return this.#drawFailure(failure);
    if (!answer) return [];
    return [
      answer.understood && make("p", { class: "meta" }, foreign(say("understood", { question: answer.understood }))),
      answer.status === "no_answer" && make("p", { class: "none" }, say("noAnswer")),
      ...drawNotes(this.#turn, answer, this.#own),
    ];
  }

  /** @param {import("./contract").Failure} failure */
  #drawFailure({ kind, until, problem }) {
    const say = this.#own.words.say;
    const again = this.#again(say("retry"));
    const count = () => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      again.setAttribute("aria-disabled", String(seconds > 0));
      again.textContent = seconds > 0 ? say("retryIn", { n: seconds }) : say("retry");
      if (seconds <= 0) clearInterval(this.#timer);
    };
    if (until) {
      this.#timer = setInterval(count, 250);
      count();
    }
    const id = problem?.request_id && kind === "failed" ? say("reference", { id: problem.request_id }) : "";
    const hopeless = kind === "refused" || kind === "invalid";
    return [this.#drawBox(say(kind), !hopeless && again, id)];
  }

  /** @param {string} said @param {HTMLElement | false} action @param {string} [small] */
  #drawBox(said, action, small) {
    return make("div", { class: "box", part: "notice" },
      make("p", {}, said, small && make("small", {}, small)), action);
  }

  /** @param {string} name */
  #again(name) {
    const button = make("button", {
      class: "plain",
      click: () => button.getAttribute("aria-disabled") !== "true" && this.#own.actions.retry(this.#turn),
    }, name);
    return button;
  }
}

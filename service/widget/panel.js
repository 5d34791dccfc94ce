// @ts-check
/** A `<footnote-ask>` in, all that is on the screen out: the conversation, its card and its article, wired together. */

import { ArticleView } from "./article.js";
import { Card } from "./card.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { drawFrame, drawIdle, makeVoices } from "./frame.js";
import { Service } from "./service.js";
import { SHEET } from "./styles.js";
import { wordsFor } from "./texts.js";
import { TurnView } from "./turn.js";

/** @import { Actions, Citation, Host, Source, Span, Turn, Words } from "./contract" */

const SMALL = matchMedia("(max-width: 32rem), (max-height: 26rem)");

/** The panel of one element; `open` and the like may be called at any time. */
class Panel {
  opened = false;
  #host;
  #root;
  #service;
  #conversation;
  #words;
  #page;
  /** @type {Map<Turn, TurnView>} */
  #views = new Map();
  #leaving = new AbortController();
  /** @type {Element | null} */
  #cameFrom = null;
  #parts;
  /** Where the focus was before an article covered the conversation. @type {HTMLElement | null} */
  #under = null;

  /** @param {Host} host @param {{ root: HTMLElement, words: Words, service: Service }} with_ */
  constructor(host, { root, words, service }) {
    this.#host = host;
    this.#root = root;
    this.#words = words;
    this.#service = service;
    this.#page = host.getAttribute("mode") === "page";
    const index = [...document.querySelectorAll(host.localName)].indexOf(host);
    const key = `footnote:1:${service.endpoint}:${host.id || index}`;
    this.#conversation = new Conversation(service, {
      key: host.getAttribute("persist") === "none" ? null : key, changed: (turn) => {
        this.#draw(turn);
        this.#announce(turn);
      },
    });
    this.#parts = this.#build();
    this.#drawAll();
    this.#listen();
  }

  open() {
    if (this.opened) return;
    this.opened = true;
    this.#cameFrom = document.activeElement;
    const dialog = this.#parts.element;
    if (dialog instanceof HTMLDialogElement) SMALL.matches ? dialog.showModal() : dialog.showPopover();
    this.focus();
    this.#tell("open", {});
  }

  close() {
    if (!this.opened || this.#page) return;
    this.opened = false;
    this.#parts.card.close();
    this.#parts.article.close();
    const dialog = /** @type {HTMLDialogElement} */ (this.#parts.element);
    dialog.matches(":modal") ? dialog.close() : dialog.hidePopover();
    this.#tell("close", {});
    const came = this.#cameFrom;
    (came instanceof HTMLElement && came !== document.body ? came : this.#host).focus();
  }

  focus() {
    this.#parts.composer.field.focus({ preventScroll: true });
  }

  /** @param {string} question */
  async ask(question) {
    if (this.#conversation.busy || !question.trim()) return;
    if (this.#parts.composer.tooLong(question)) {
      this.#parts.composer.fill(question);
      return this.#tell("error", { kind: "too-long", question, problem: null });
    }
    await this.#run(this.#conversation.begin(question.trim()));
  }

  stop() {
    this.#conversation.stop();
  }

  clear() {
    this.#conversation.clear();
    this.#parts.card.close();
    this.#parts.article.close();
    this.#drawAll();
    this.#parts.voices.say(this.#words.say("cleared"));
    if (this.opened) this.focus();
  }

  /** The element has left the page. */
  leave() {
    this.stop();
    this.#leaving.abort();
    for (const view of this.#views.values()) view.leave();
    this.#parts.element.remove();
  }

  #build() {
    const host = this.#host;
    const words = this.#words;
    const actions = this.#actions();
    const shadow = /** @type {ShadowRoot} */ (this.#root.getRootNode());
    const card = new Card({ words, actions, moved: (shown) => this.#light(shown) });
    const article = new ArticleView({ words, service: this.#service, closed: () => this.#uncover() });
    const voices = makeVoices();
    const composer = new Composer({
      words, most: this.#service.config.questionCharacters, ask: (question) => void this.ask(question),
      stop: () => this.stop(), warn: voices.warn,
    });
    const frame = drawFrame({
      heading: host.getAttribute("heading") ?? words.say("heading"), page: this.#page, words,
      over: [article.element, card.element, ...voices.elements], under: composer.element,
      clear: () => this.clear(), close: () => this.close(), scrolled: () => card.follow(frame.log),
      press: (event) => this.#press(event),
    });
    this.#root.append(frame.element);
    this.#root.lang = words.language;
    this.#root.dir = host.dir || words.direction;
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets.slice(0, 1), SHEET, card.spot];
    composer.offline(!navigator.onLine);
    return { ...frame, card, article, composer, voices, shadow };
  }

  #listen() {
    const { signal } = this.#leaving;
    const place = () => this.#parts.card.place();
    addEventListener("offline", () => { this.#parts.composer.offline(true); this.#parts.voices.warn(this.#words.say("offline")); }, { signal });
    addEventListener("online", () => this.#parts.composer.offline(false), { signal });
    addEventListener("resize", place, { signal });
    addEventListener("scroll", place, { signal, passive: true });
    document.addEventListener("pointerdown", (event) => {
      const path = event.composedPath();
      if (!path.includes(this.#parts.card.element) && !path.some((one) => one instanceof Element && one.matches(".chip, .note"))) {
        this.#parts.card.close();
      }
    }, { signal });
  }

  /** @returns {Actions} */
  #actions() {
    return {
      cite: (turn, citation, anchor, preview) => {
        this.#parts.card.show({ turn, citation, anchor }, preview);
        if (!preview && this.#parts.card.open) this.#tell("citation-open", { citation });
      },
      uncite: () => this.#parts.card.unpreview(),
      show: (source, span, quote) => this.#cover(source, span, quote),
      retry: (turn) => { this.focus(); void this.#run(turn); },
      rate: (turn, rating, reason) => void this.#rate(turn, rating, reason),
    };
  }

  /** @param {Turn} turn */
  async #run(turn) {
    if (this.#conversation.busy) return;
    this.#tell("question", { question: turn.question });
    const running = this.#conversation.run(turn);
    this.#parts.composer.busy(true);
    this.#parts.composer.followUp(true);
    this.#goTo(turn);
    await running;
    this.#parts.composer.busy(this.#conversation.busy);
    if (turn.answer) this.#tell("answer", { question: turn.question, answer: turn.answer });
    if (turn.failure) this.#tell("error", { kind: turn.failure.kind, question: turn.question, problem: turn.failure.problem });
  }

  /** @param {Turn} turn @param {"up" | "down" | null} rating @param {string} reason */
  async #rate(turn, rating, reason) {
    if (!turn.answer || !rating) return;
    turn.rating = rating;
    this.#conversation.save();
    this.#tell("feedback", { answer: turn.answer.id, rating, reason });
    try {
      await this.#service.rate(turn.answer.id, { rating, reason: reason || null, question: turn.question });
    } catch {
      this.#parts.voices.warn(this.#words.say("unrated"));
    }
  }

  #drawAll() {
    const { log, composer } = this.#parts;
    const { turns } = this.#conversation;
    for (const view of this.#views.values()) view.leave();
    this.#views.clear();
    log.replaceChildren();
    for (const turn of turns) this.#draw(turn);
    if (!turns.length) log.append(drawIdle(this.#questions(), { words: this.#words, ask: (question) => this.#suggest(question) }));
    composer.followUp(turns.length > 0);
    this.#goTo(turns.at(-1));
  }

  #questions() {
    const own = (this.#host.getAttribute("questions") ?? "").split("|").map((one) => one.trim()).filter(Boolean);
    return own.length ? own : this.#service.config.questions;
  }

  /** @param {string} question */
  #suggest(question) {
    this.focus();
    void this.ask(question);
  }

  /** Put a turn at the top, where its answer has room to grow without moving anything.
   * @param {Turn | undefined} turn */
  #goTo(turn) {
    const place = turn && this.#views.get(turn)?.element;
    this.#parts.log.scrollTop = place ? place.offsetTop + 1 : 0;
    this.#parts.talk.classList.toggle("begun", Boolean(place));
  }

  /** Draw a turn that is new or has changed.
   * @param {Turn} turn */
  #draw(turn) {
    const { log } = this.#parts;
    let view = this.#views.get(turn);
    if (!view) {
      log.querySelector(".idle")?.remove();
      view = new TurnView(turn, { words: this.#words, actions: this.#actions(), rated: this.#service.config.feedback });
      this.#views.set(turn, view);
      log.append(view.element);
    }
    view.update();
    log.setAttribute("aria-busy", String(this.#conversation.busy));
  }

  /** @param {Turn} turn */
  #announce({ state, text, answer, failure }) {
    const say = this.#words.say;
    const { voices } = this.#parts;
    if (failure) voices.warn(say(failure.kind));
    else if (!answer) voices.say(say(state));
    else if (answer.status === "no_answer") voices.say(say("noAnswer"));
    else voices.say(`${text} ${say("citations", { n: answer.citations.length })}`);
  }

  /** @param {{ turn: Turn, citation: Citation } | null} shown */
  #light(shown) {
    for (const [turn, view] of this.#views) view.text.light(shown?.turn === turn ? shown.citation : null);
  }

  /** @param {Source} source @param {Span} span @param {string} quote */
  #cover(source, span, quote) {
    this.#parts.card.close();
    this.#under = /** @type {HTMLElement | null} */ (this.#parts.shadow.activeElement);
    this.#parts.talk.inert = true;
    void this.#parts.article.show(source, { span, quote });
  }

  #uncover() {
    this.#parts.talk.inert = false;
    (this.#under ?? this.#parts.composer.field).focus();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.key === "F6" && !this.#parts.article.open) {
      event.preventDefault();
      if (this.#parts.shadow.activeElement === this.#parts.composer.field) this.#parts.log.focus();
      else this.focus();
    }
    if (event.key !== "Escape" || event.isComposing) return;
    const { open } = this.#parts.card;
    if (this.#page && !open && !this.#parts.article.open) return;
    event.preventDefault();
    event.stopPropagation();
    if (open) this.#parts.card.close();
    else if (this.#parts.article.open) this.#parts.article.close();
    else this.close();
  }

  /** @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    this.#host.dispatchEvent(new CustomEvent(`ask-${name}`, { detail, bubbles: true, composed: true }));
  }
}

/** Build the panel of an element inside its root.
 * @param {Host} host @param {HTMLElement} root */
export async function mount(host, root) {
  const service = new Service(host);
  const tag = host.lang || host.closest("[lang]")?.getAttribute("lang") || navigator.language;
  const [words] = await Promise.all([wordsFor(tag, host.texts), service.configure()]);
  return new Panel(host, { root, words, service });
}

// @ts-check
/** A source and a span in, the stored article out, scrolled to the very words, which are marked if they stand there. */

import { foreign, iconButton, make } from "./dom.js";
import { Refusal } from "./service.js";
import { byline, linkTo } from "./source.js";
import { unitsOf } from "./spans.js";

/** @import { Source, Span, Words } from "./contract" */
/** @import { Service } from "./service.js" */

/** The view of an article that lies over the conversation. */
export class ArticleView {
  element;
  #own;
  /** @type {AbortController | null} */
  #control = null;

  /** @param {{ words: Words, service: Service, closed: () => void }} own */
  constructor(own) {
    this.#own = own;
    this.element = make("section", { class: "reading", part: "article", hidden: true });
  }

  get open() {
    return !this.element.hidden;
  }

  /** @param {Source} source @param {{ span: Span, quote: string }} place */
  async show(source, { span, quote }) {
    this.#control?.abort();
    const control = (this.#control = new AbortController());
    const say = this.#own.words.say;
    const back = iconButton("back", say("back"), { click: () => this.close() });
    const body = make("div", { class: "page", tabindex: 0, role: "region", "aria-label": source.label },
      make("p", { class: "status", role: "status" }, say("loading")));
    this.element.replaceChildren(
      make("div", { class: "bar" }, back, byline(source, this.#own.words), linkTo(source, quote, this.#own.words)), body);
    this.element.hidden = false;
    back.focus();
    try {
      const text = await this.#own.service.text(source, control.signal);
      body.replaceChildren(...this.#draw(text, source, { span, quote }));
      const mark = body.querySelector("mark");
      mark?.scrollIntoView({ block: "center" });
      mark?.focus({ preventScroll: true });
    } catch (error) {
      if (control.signal.aborted) return;
      const gone = error instanceof Refusal && error.problem?.status === 404;
      const again = make("button", { class: "plain", click: () => void this.show(source, { span, quote }) }, say("retry"));
      body.replaceChildren(make("div", { class: "box", role: "alert" },
        make("p", {}, say(gone ? "gone" : "unread")), !gone && again));
    }
  }

  close() {
    if (!this.open) return;
    this.#control?.abort();
    this.element.hidden = true;
    this.element.replaceChildren();
    this.#own.closed();
  }

  /** @param {string} text @param {Source} source @param {{ span: Span, quote: string }} place @returns {Node[]} */
  #draw(text, source, { span, quote }) {
    const found = unitsOf(text, span);
    const exact = found && text.slice(found.start, found.end) === quote;
    const marked = exact ? found : { start: 0, end: 0 };
    const author = source.author ? [foreign(source.author, "meta")] : [];
    const warning = exact ? [] : [make("p", { class: "remark" }, this.#own.words.say("moved"))];
    return [make("h2", { dir: "auto" }, source.label), ...author, ...warning, ...paragraphs(text, marked)];
  }
}

/** @param {string} text @param {Span} marked in UTF-16 */
function paragraphs(text, marked) {
  return [...text.matchAll(/[^\n]+/g)].map((line) => {
    const start = line.index;
    const end = start + line[0].length;
    const from = Math.min(Math.max(marked.start, start), end);
    const to = Math.max(Math.min(marked.end, end), from);
    return make("p", { dir: "auto" }, text.slice(start, from),
      from < to && make("mark", { tabindex: -1 }, text.slice(from, to)), text.slice(to, end));
  });
}

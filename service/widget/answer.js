// @ts-check
/** An answer's text and citations in, a paragraph with its footnote numbers out, which grows without moving. */

import { make } from "./dom.js";
import { nameOf } from "./source.js";
import { unitsOf } from "./spans.js";

/** @import { Actions, Citation, Turn, Words } from "./contract" */
/** @typedef {{ text: string, start: number, short: [number, number] | null, citations: Citation[] }} Segment */

const LONGEST_WORD = 24; // a number stays on the line of its word, unless the word is longer

/** The text cut where anything cited begins or ends, for spans may lie in each other; each piece with what ends there.
 * @param {Turn} turn @returns {Segment[]} */
export function segmentsOf(turn) {
  const { text, answer } = turn;
  /** @type {Map<number, Citation[]>} */
  const edges = new Map();
  /** @param {number} at @param {...Citation} ending */
  const cut = (at, ...ending) => edges.set(at, [...(edges.get(at) ?? []), ...ending]);
  cut(text.length);
  for (const citation of turn.citations) {
    const span = unitsOf(text, citation.answer_span);
    if (span) cut(span.start), cut(span.end, citation);
  }
  const at = answer?.short ? text.indexOf(answer.short) : -1;
  const short = answer?.short && at >= 0 ? { start: at, end: at + answer.short.length } : null;
  let start = 0;
  return [...edges].sort(([one], [other]) => one - other).flatMap(([end, citations]) => {
    if (end === start) return [];
    const from = Math.max(short?.start ?? 0, start) - start;
    const to = Math.min(short?.end ?? 0, end) - start;
    /** @type {Segment} */
    const segment = { text: text.slice(start, end), start, citations, short: from < to ? [from, to] : null };
    start = end;
    return [segment];
  });
}

/** The paragraph of a turn. */
export class AnswerText {
  element = make("p", { class: "text", dir: "auto", part: "answer" });
  #turn;
  #own;
  /** @type {string[]} */
  #drawn = [];
  /** @type {Citation | null} */
  #lit = null;
  /** Numbers stay the same elements, whatever is drawn anew around them. @type {Map<number, HTMLElement>} */
  #chips = new Map();

  /** @param {Turn} turn @param {{ words: Words, actions: Actions }} own */
  constructor(turn, own) {
    this.#own = own;
    this.#turn = turn;
  }

  /** Draw what is new; what stands stays, so that nothing moves and no focus is lost. */
  update() {
    const segments = segmentsOf(this.#turn);
    const keys = segments.map((one) => JSON.stringify([one.text, one.short, one.citations.map((each) => each.number)]));
    const root = /** @type {ShadowRoot} */ (this.element.getRootNode());
    const focused = /** @type {HTMLElement | null} */ (root.activeElement);
    keys.forEach((key, index) => {
      if (this.#drawn[index] === key) return;
      const drawn = this.#draw(segments[index]);
      const old = this.element.children[index];
      if (old) old.replaceWith(drawn);
      else this.element.append(drawn);
    });
    while (this.element.children.length > keys.length) this.element.lastElementChild?.remove();
    this.#drawn = keys;
    this.light(this.#lit);
    if (focused !== root.activeElement) focused?.focus({ preventScroll: true });
  }

  /** Mark the words that rest on a citation, or none.
   * @param {Citation | null} citation */
  light(citation) {
    this.#lit = citation;
    const span = citation && unitsOf(this.#turn.text, citation.answer_span);
    segmentsOf(this.#turn).forEach((segment, index) => {
      const lit = span && segment.start < span.end && segment.start + segment.text.length > span.start;
      this.element.children[index]?.classList.toggle("lit", Boolean(lit));
    });
  }

  /** What is said: its last word with its numbers, so that no line begins with a number.
   * @param {Segment} segment */
  #draw({ text, short, citations }) {
    const word = /\S*$/.exec(text)?.[0].length ?? 0;
    const split = citations.length && word <= LONGEST_WORD ? text.length - word : text.length;
    const [from, to] = short ?? [0, 0];
    /** @param {number} start @param {number} end */
    const piece = (start, end) => {
      /** @param {number} at */
      const within = (at) => Math.min(Math.max(at, start), end);
      const marked = text.slice(within(from), within(to));
      return [
        text.slice(start, within(from)), marked && make("b", { class: "short" }, marked), text.slice(within(to), end),
      ];
    };
    const chips = citations.map((one) => this.#chip(one));
    return make("span", {}, ...piece(0, split),
      chips.length > 0 && make("span", { class: "tail" }, ...piece(split, text.length), ...chips));
  }

  /** @param {Citation} citation */
  #chip(citation) {
    const drawn = this.#chips.get(citation.number);
    if (drawn) return drawn;
    const source = this.#turn.sources.find((one) => one.id === citation.source_id);
    /** @param {boolean} preview */
    const cite = (preview) => { this.#own.actions.cite(this.#turn, citation, chip, preview); };
    /** @type {HTMLButtonElement} */
    const chip = make("button", {
      class: "chip", part: "chip", "data-number": citation.number, "aria-expanded": "false",
      "aria-haspopup": "dialog", "aria-label": nameOf([citation], source, this.#own.words),
      click: () => cite(false),
      pointerenter: (event) => { if (/** @type {PointerEvent} */ (event).pointerType === "mouse") cite(true); },
      pointerleave: () => this.#own.actions.uncite(),
    }, make("span", { "aria-hidden": "true" }, this.#own.words.number(citation.number)));
    this.#chips.set(citation.number, chip);
    return chip;
  }
}

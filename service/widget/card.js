// @ts-check
/** A citation in, a card over the page out: the exact quote in its context, where it was printed, and the way there. */

import { foreign, iconButton, make } from "./dom.js";
import { byline, linkTo, nameOf } from "./source.js";
import { endOf, startOf } from "./spans.js";

/** @import { Actions, Citation, Source, Turn, Words } from "./contract" */
/** @typedef {{ turn: Turn, citation: Citation, anchor: HTMLElement }} Shown */

const CONTEXT = 200; // characters on each side of a quote
const GAP = 8;
const PHONE = matchMedia("(max-width: 32rem)");

/** The one card of a panel. */
export class Card {
  element;
  /** Where the card is, as a style sheet: pages may forbid the attribute. */
  spot = new CSSStyleSheet();
  #own;
  /** @type {Shown | null} */
  #shown = null;
  #pinned = false;
  /** @type {number | undefined} */
  #timer;

  /** @param {{ words: Words, actions: Actions, moved: (shown: Shown | null) => void }} own
   * `moved` hears which citation the card is about now, and null when it has closed */
  constructor(own) {
    this.#own = own;
    this.element = make("div", {
      id: "card", class: "card", part: "card", popover: "manual", role: "dialog", tabindex: -1,
      pointerenter: () => clearTimeout(this.#timer), pointerleave: () => this.unpreview(),
    });
  }

  get open() {
    return this.#shown !== null;
  }

  /** @param {Shown} shown @param {boolean} preview one that closes when the pointer leaves */
  show(shown, preview) {
    clearTimeout(this.#timer);
    if (preview && (this.#pinned || PHONE.matches)) return;
    if (preview) {
      this.#timer = setTimeout(() => this.#show(shown), 250);
      return;
    }
    const same = this.#pinned && this.#shown?.anchor === shown.anchor;
    if (same) return this.close();
    this.#pinned = true;
    this.#show(shown);
    this.element.focus({ preventScroll: true });
  }

  /** The pointer has left; a card that was clicked stays. */
  unpreview() {
    clearTimeout(this.#timer);
    if (!this.#pinned) this.#timer = setTimeout(() => this.close(), 250);
  }

  /** Close it; the focus returns to the number if it was in the card. */
  close() {
    clearTimeout(this.#timer);
    const shown = this.#shown;
    if (!shown) return;
    const within = this.element.matches(":focus-within");
    this.#shown = null;
    this.#pinned = false;
    this.element.hidePopover();
    shown.anchor.setAttribute("aria-expanded", "false");
    if (within) shown.anchor.focus({ preventScroll: true });
    this.#own.moved(null);
  }

  /** @param {Shown} shown */
  #show(shown) {
    this.#shown?.anchor.setAttribute("aria-expanded", "false");
    this.#shown = shown;
    const { turn, citation, anchor } = shown;
    const source = turn.sources.find((one) => one.id === citation.source_id);
    if (!source) return;
    anchor.setAttribute("aria-expanded", "true");
    anchor.setAttribute("aria-controls", "card");
    this.element.setAttribute("aria-label", nameOf([citation], source, this.#own.words));
    this.element.replaceChildren(this.#head(shown), ...this.#body(citation, source));
    if (!this.element.matches(":popover-open")) this.element.showPopover();
    this.place();
    this.#own.moved(shown);
  }

  /** What the card stands over has moved: it goes along, as far as its number can be seen.
   * @param {Element} around where the number scrolls */
  follow(around) {
    const number = this.#shown?.anchor.getBoundingClientRect();
    const { top, bottom } = around.getBoundingClientRect();
    if (number && (number.bottom < top || number.top > bottom)) this.close();
    else this.place();
  }

  /** Put the card by its number: under it where there is room, else over it; the style sheet makes it a sheet on phones. */
  place() {
    if (!this.#shown) return;
    this.spot.replaceSync("");
    if (PHONE.matches) return;
    const number = this.#shown.anchor.getBoundingClientRect();
    const { width, height } = this.element.getBoundingClientRect();
    const under = number.bottom + GAP + height <= innerHeight || number.top - GAP - height < 0;
    const top = under ? Math.min(number.bottom + GAP, innerHeight - height - GAP) : number.top - GAP - height;
    const around = /** @type {Element} */ (this.element.parentElement).getBoundingClientRect();
    const middle = number.left + number.width / 2 - width / 2;
    const left = Math.max(Math.min(middle, around.right - width - GAP), around.left + GAP);
    this.spot.replaceSync(`.card{inset:${Math.max(top, GAP)}px auto auto ${left}px}`);
  }

  /** @param {Shown} shown */
  #head({ turn, citation }) {
    const say = this.#own.words.say;
    const all = turn.citations;
    const at = all.findIndex((one) => one.number === citation.number);
    /** @param {number} step */
    const move = (step) => {
      const next = all[(at + step + all.length) % all.length];
      this.#show({ turn, citation: next, anchor: this.#anchorOf(next) });
      this.element.focus({ preventScroll: true });
    };
    return make("div", { class: "cardhead" },
      make("span", { class: "mark", "aria-hidden": "true" }, this.#own.words.number(citation.number)),
      make("span", { class: "support" }, ["verbatim", "composed", "entailed"].includes(citation.support) && say(citation.support)),
      all.length > 1 && make("span", { class: "steps" },
        iconButton("before", say("previous"), { click: () => move(-1) }),
        make("span", { class: "meta" }, say("position", { n: at + 1, total: all.length })),
        iconButton("after", say("next"), { click: () => move(1) })),
      iconButton("close", say("close"), { click: () => this.close() }));
  }

  /** @param {Citation} citation @returns {HTMLElement} */
  #anchorOf(citation) {
    const anchor = /** @type {Shown} */ (this.#shown).anchor;
    return anchor.closest(".turn")?.querySelector(`.chip[data-number="${citation.number}"]`) ?? anchor;
  }

  /** @param {Citation} citation @param {Source} source */
  #body(citation, source) {
    const words = this.#own.words;
    const { before, after } = citation.context;
    const names = source.also_carried_by.map((other) => other.publisher ?? other.title).filter((name) => name !== null);
    const also = names.length
      ? make("p", { class: "also" }, foreign(words.say("alsoBy", { names: names.join(", ") })))
      : "";
    return [
      make("blockquote", { dir: "auto" }, make("span", { class: "context" }, endOf(before, CONTEXT, citation.source_span.start > before.length)),
        make("mark", {}, citation.quote), make("span", { class: "context" }, startOf(after, CONTEXT))),
      make("div", { class: "origin" }, foreign(source.label, "headline"), byline(source, words), also),
      make("div", { class: "ways" },
        make("button", {
          class: "plain strong",
          click: () => this.#own.actions.show(source, citation.source_span, citation.quote),
        }, words.say("show")),
        linkTo(source, citation.quote, words)),
    ];
  }
}

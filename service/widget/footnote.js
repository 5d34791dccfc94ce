// @ts-check
/** `<footnote-ask>`: a button that opens a panel to ask from, or the panel itself. The rest is loaded when it is wanted. */

/** @import { PanelLike, Texts } from "./contract" */

/** @type {Record<string, string>} */
const ASK = { en: "Ask our articles", fr: "Interroger nos articles", ar: "اسأل مقالاتنا" };
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host{display:contents!important}
:host([mode=page]){display:block!important}
:host([hidden]){display:none!important}
.root{all:initial;display:contents;color-scheme:light dark;
--paper:var(--footnote-surface,light-dark(#fff,#1b1a19));
--accent:var(--footnote-accent,light-dark(#1a4fb4,#9dbcff));
--onaccent:var(--footnote-on-accent,light-dark(#fff,#10203f));
--inset:var(--footnote-inset,20px);
--sans:var(--footnote-font,system-ui,sans-serif);
font:var(--footnote-font-size,max(16px,1rem))/1.5 var(--sans)}
:host([mode=page]) .root{display:block;block-size:100%}
:host([theme=light]) .root{color-scheme:light}
:host([theme=dark]) .root{color-scheme:dark}
.launcher{all:unset;display:block;box-sizing:border-box;position:fixed;inset-block:auto var(--inset);inset-inline:auto var(--inset);
min-block-size:48px;padding:12px 20px;border-radius:24px;font-weight:600;font-size:.9375em;line-height:24px;cursor:pointer;
background:var(--accent);color:var(--onaccent);box-shadow:0 4px 16px #0004}
.launcher[hidden]{display:none}
.launcher:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
.launcher i{font-style:normal;font-size:.7em;position:relative;inset-block-start:-.5em;margin-inline-start:.2em}
@media (forced-colors:active){.launcher{border:1px solid ButtonText}}`);

/** The element; see README.md for its attributes, properties, methods, events and custom properties. */
export class FootnoteAsk extends HTMLElement {
  static observedAttributes = ["lang", "dir", "mode", "heading", "questions", "endpoint"];
  #root = document.createElement("div");
  #launcher = document.createElement("button");
  /** @type {PanelLike | null} */
  #panel = null;
  /** @type {Promise<PanelLike | null> | null} */
  #loading = null;
  #tries = 0;
  #live = false;
  /** @type {Partial<Texts>} */
  #texts = {};

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [SHEET];
    this.#root.className = "root";
    this.#root.append(this.#launcher);
    shadow.append(this.#root);
    const want = () => void this.#load();
    Object.assign(this.#launcher, { type: "button", className: "launcher", popover: "manual", onclick: () => this.open() });
    this.#launcher.part.add("launcher");
    this.#launcher.setAttribute("aria-haspopup", "dialog");
    this.#launcher.addEventListener("pointerenter", want);
    this.#launcher.addEventListener("focus", want);
    this.addEventListener("ask-close", () => this.#launch());
  }

  /** Words of the panel that replace its own, by key. */
  get texts() {
    return this.#texts;
  }

  set texts(texts) {
    this.#texts = { ...texts };
    this.#renew();
  }

  get opened() {
    return this.#panel?.opened ?? false;
  }

  connectedCallback() {
    this.#live = true;
    this.#label();
    this.#launch();
    if (this.#page) void this.#load();
  }

  disconnectedCallback() {
    this.#live = false;
    this.#panel?.leave();
    this.#panel = this.#loading = null;
  }

  /** @param {string} _ @param {string | null} before @param {string | null} after */
  attributeChangedCallback(_, before, after) {
    if (before !== after) this.#renew();
  }

  async open() {
    const panel = await this.#load();
    if (!panel) return;
    panel.open();
    this.#launcher.hidden = true;
    if (this.#launcher.matches(":popover-open")) this.#launcher.hidePopover();
  }

  close() {
    this.#panel?.close();
  }

  /** @param {string} question */
  async ask(question) {
    await this.open();
    await this.#panel?.ask(question);
  }

  stop() {
    this.#panel?.stop();
  }

  clear() {
    this.#panel?.clear();
  }

  focus() {
    if (this.#panel?.opened) this.#panel.focus();
    else this.#launcher.focus();
  }

  /** Begin anew as the page wants it now; what was asked is kept, unless it must not be. */
  #renew() {
    if (!this.#live) return;
    const { opened } = this;
    this.disconnectedCallback();
    this.connectedCallback();
    if (opened) void this.open();
  }

  get #page() {
    return this.getAttribute("mode") === "page";
  }

  #launch() {
    this.#launcher.hidden = this.#page;
    if (!this.#page && this.isConnected && !this.#launcher.matches(":popover-open")) this.#launcher.showPopover();
  }

  #label() {
    const language = (this.lang || this.closest("[lang]")?.getAttribute("lang") || navigator.language).split("-")[0];
    const own = this.#texts.heading;
    const label = typeof own === "string" ? own : (ASK[language] ?? ASK.en);
    const mark = document.createElement("i");
    mark.ariaHidden = "true";
    mark.textContent = "1";
    this.#root.dir = this.dir || (language === "ar" ? "rtl" : "ltr");
    this.#launcher.replaceChildren(this.getAttribute("heading") ?? label, mark);
  }

  /** The panel, loaded once; what failed to load is tried again the next time that it is wanted. */
  #load() {
    return (this.#loading ??= this.#import());
  }

  async #import() {
    await null; // until the promise of this is known
    const loading = this.#loading;
    try {
      const { mount } = await (this.#tries++ ? import(/** @type {any} */ (`./panel.js?${this.#tries}`)) : import("./panel.js"));
      const panel = await mount(this, this.#root);
      if (this.#loading !== loading) return panel.leave(), null;
      if (this.#page) panel.opened = true;
      return (this.#panel = panel);
    } catch (error) {
      if (this.#loading === loading) this.#loading = null;
      this.dispatchEvent(new CustomEvent("ask-error", { detail: { kind: "unloaded", error }, bubbles: true, composed: true }));
      return null;
    }
  }
}

if (!customElements.get("footnote-ask")) customElements.define("footnote-ask", FootnoteAsk);

const tag = [...document.scripts].find((script) => script.src === import.meta.url);
if (tag && Object.keys(tag.dataset).length) {
  const element = document.createElement("footnote-ask");
  for (const { name, value } of tag.attributes) if (name.startsWith("data-")) element.setAttribute(name.slice(5), value);
  document.body.append(element);
}

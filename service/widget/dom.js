// @ts-check
/** Names, attributes and children in, elements out. Text is only ever text, and no attribute holds code or style. */

/** @typedef {Node | string | null | undefined | false} Child */

const SVG = "http://www.w3.org/2000/svg";
/** Strokes on a grid of 24. */
const ICONS = {
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M8 8h8v8H8z",
  close: "M6 6l12 12M18 6 6 18",
  clear: "M12 5v14M5 12h14",
  back: "M19 12H5M11 6l-6 6 6 6",
  before: "M14.5 6l-6 6 6 6",
  after: "M9.5 6l6 6-6 6",
  up: "M7 11v9H4v-9zl4-7c3 0 2 4 2 6h6l-1 10H7",
  down: "M7 13V4H4v9zl4 7c3 0 2-4 2-6h6L18 4H7",
};

/** @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number | boolean | null | EventListener>} [attributes] functions listen
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]} */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  if (element instanceof HTMLButtonElement) element.type = "button";
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child).map((child) => /** @type {Node} */ (child)));
  return element;
}

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  const picture = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("class", `icon i-${name}`);
  picture.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  picture.append(path);
  return picture;
}

/** A button that shows an icon and says a name.
 * @param {keyof typeof ICONS} picture @param {string} name
 * @param {Record<string, string | number | boolean | null | EventListener>} attributes */
export function iconButton(picture, name, attributes) {
  return make("button", { "aria-label": name, title: name, class: "tool", ...attributes }, icon(picture));
}

/** Text of an article, a reader or a model, in its own direction.
 * @param {string} text @param {string} [kind] its class */
export function foreign(text, kind) {
  return make("span", { dir: "auto", class: kind ?? null }, text);
}

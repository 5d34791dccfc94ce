// @ts-check
/** Offsets as the service counts them (Unicode code points) in, pieces of JavaScript strings (UTF-16) out. */

/** @import { Span } from "./contract" */

/** Where a code point begins in UTF-16, or -1 where the text has no such place.
 * @param {string} text @param {number} point */
export function unitAt(text, point) {
  let unit = 0;
  for (let left = point; left > 0; left--) {
    if (unit >= text.length) return -1;
    unit += /** @type {number} */ (text.codePointAt(unit)) > 0xffff ? 2 : 1;
  }
  return unit;
}

/** A span in UTF-16, or null where the text has no such span.
 * @param {string} text @param {Span} span @returns {Span | null} */
export function unitsOf(text, span) {
  const start = unitAt(text, span.start);
  const end = span.end < span.start ? -1 : unitAt(text, span.end);
  return start < 0 || end < 0 ? null : { start, end };
}

/** @param {string} text */
export function countPoints(text) {
  return [...text].length;
}

/** The last words of a text that is longer than `most`, cut between words, with an ellipsis.
 * @param {string} text @param {number} most */
export function endOf(text, most) {
  if (text.length <= most) return text;
  const rest = text.slice(-most);
  const space = rest.search(/\s/);
  return `…${space < 0 ? rest.replace(/^[\udc00-\udfff\p{M}\u200d]+/u, "") : rest.slice(space + 1)}`;
}

/** The first words of a text that is longer than `most`, cut between words, with an ellipsis.
 * @param {string} text @param {number} most */
export function startOf(text, most) {
  if (text.length <= most) return text;
  const rest = text.slice(0, most);
  const words = rest.replace(/\s+\S*$/, "");
  return `${words === rest ? rest.replace(/[\ud800-\udbff]$/, "") : words}…`;
}

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

/** What stands before a quote in its paragraph, at most so much, cut between words with an ellipsis.
 * @param {string} before @param {number} most @param {boolean} cut whether more stands before it */
export function endOf(before, most, cut) {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  if (line.length <= most && (line.length < before.length || !cut)) return line;
  const space = line.slice(-most).search(/\s/);
  return space < 0 ? "…" : `…${line.slice(-most).slice(space + 1)}`;
}

/** What stands at the beginning of a text, in its first paragraph, at most so much, cut between words with an ellipsis.
 * @param {string} text @param {number} most */
export function startOf(text, most) {
  const line = text.replace(/\n.*/s, "");
  return line.length <= most ? line : `${line.slice(0, most).replace(/\s*\S*$/, "")}…`;
}

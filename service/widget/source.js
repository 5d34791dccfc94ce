// @ts-check
/** A source in, what it is called and the way to it out. */

import { foreign, make } from "./dom.js";
import { addressOfQuote, safeAddress } from "./links.js";

/** @import { Citation, Source, Words } from "./contract" */

/** What citations of a source are called: "Citation 1: Harbour Wire, Canada and China strike a deal, 16 January 2026".
 * @param {Citation[]} citations @param {Source | undefined} source @param {Words} words */
export function nameOf(citations, source, words) {
  const about = [source?.publisher, source?.label, words.date(source?.published_at ?? null)].filter(Boolean).join(", ");
  return words.say("citation", { n: citations.map((one) => words.number(one.number)).join(", "), source: about });
}

/** Publisher and date, as far as they are known.
 * @param {Source} source @param {Words} words */
export function byline(source, words) {
  const date = words.date(source.published_at);
  return make("span", { class: "byline" },
    source.publisher && foreign(source.publisher), source.publisher && date && " · ", date && make("time", {}, date));
}

/** A link to the quote where it was printed, or nothing where the address is not safe to open.
 * @param {Source} source @param {string} quote @param {Words} words */
export function linkTo(source, quote, words) {
  const address = safeAddress(source.url);
  return address && make("a", { class: "plain", href: addressOfQuote(address, quote), target: "_blank", rel: "noopener" },
    words.say("open"), make("span", { class: "unseen" }, ` (${words.say("newTab")})`),
    make("span", { class: "out", "aria-hidden": "true" }, "↗"));
}

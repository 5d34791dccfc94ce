// @ts-check
/** An address from stored metadata in, one that is safe to open out, at the quoted words where there are any. */

const WORDS = 5; // at each end of a quote name its place in a page

/** The address if it is absolute, http or https, and names no user; else null.
 * @param {unknown} address */
export function safeAddress(address) {
  try {
    const url = new URL(String(address));
    return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

/** The address with a text fragment, so that browsers scroll to the quote and mark it.
 * @param {string} address a safe one
 * @param {string} quote */
export function addressOfQuote(address, quote) {
  const words = quote.trim().split(/\s+/);
  const few = words.length <= 2 * WORDS && !quote.trim().includes("\n");
  const ends = few ? [words] : [words.slice(0, WORDS), words.slice(-WORDS)];
  try {
    const text = ends.map((some) => encodeURIComponent(some.join(" ")).replaceAll("-", "%2D")).join(",");
    return `${address}${address.includes("#") ? "" : "#"}:~:text=${text}`;
  } catch {
    return address; // half a character cannot be encoded
  }
}

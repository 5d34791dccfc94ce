// @ts-check
/** The bytes of a `text/event-stream` in, its events out, however the network cut them. */

const LONGEST = 4_000_000; // characters of one event

/** Events with data, in order; an event that the end of the stream cut is left out, as the standard says.
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<{ event: string, data: string }>} */
export async function* readEvents(body) {
  let event = "";
  /** @type {string[]} */
  let data = [];
  for await (const line of readLines(body)) {
    if (line === "") {
      if (data.length) yield { event: event || "message", data: data.join("\n") };
      event = "";
      data = [];
      continue;
    }
    const [, field, value] = /^([^:]*):?\u0020?(.*)$/s.exec(line) ?? [];
    if (field === "event") event = value;
    if (field === "data") data.push(value);
  }
}

/** Whole lines; the end of a line may be CRLF, LF or CR.
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<string>} */
async function* readLines(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += decoder.decode(value, { stream: !done });
      const lines = rest.split(done ? /\r\n|\n|\r/ : /\r\n|\n|\r(?=[^])/);
      rest = /** @type {string} */ (lines.pop());
      yield* lines;
      if (done) return;
      if (rest.length > LONGEST) throw new TypeError("the stream has no lines");
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

// @ts-check
/** Questions in, events of answers out, and what goes wrong on the way as a Refusal. The only module that fetches. */

import { readConfig, readProblem } from "./payload.js";
import { readEvents } from "./stream.js";

/** @import { FailureKind, Problem, Source } from "./contract" */

const HOME = new URL(/^.*?\/(?=widget\/)/.exec(import.meta.url)?.[0] ?? "/", import.meta.url).href;

const KNOWN = /^(sources|delta|citation|done|error)$/;

/** Why there is no answer; `seconds` is how long to wait before the next try. */
export class Refusal extends Error {
  /** @param {FailureKind} kind @param {Problem | null} problem @param {number} seconds */
  constructor(kind, problem = null, seconds = 0) {
    super(problem?.detail || kind);
    this.kind = kind;
    this.problem = problem;
    this.seconds = seconds;
  }
}

/** The service that a `<footnote-ask>` names. */
export class Service {
  #host;
  config = readConfig(null);

  /** @param {HTMLElement} host */
  constructor(host) {
    this.#host = host;
  }

  get endpoint() {
    const named = this.#host.getAttribute("endpoint");
    return named ? new URL(`${named.replace(/\/+$/, "")}/`, document.baseURI).href : HOME;
  }

  /** Look up limits and questions to begin with; where that fails, what is usual stands. */
  async configure() {
    try {
      this.config = readConfig(await (await this.#fetch("v1/config")).json());
    } catch {
      // The page works on.
    }
  }

  /** @param {string} question
   * @param {{ conversation: { role: string, content: string }[], signal: AbortSignal }} with_
   * @returns {AsyncGenerator<{ event: string, data: unknown }>} */
  async *ask(question, { conversation, signal }) {
    const stream = this.config.streaming && this.#host.getAttribute("stream") !== "off";
    const response = await this.#post("v1/ask", { question, conversation, stream }, signal);
    if (!/^text\/event-stream\b/.test(response.headers.get("content-type") ?? "") || !response.body) {
      return yield { event: "done", data: parse(await response.text()) };
    }
    for await (const { event, data } of readEvents(response.body)) {
      if (!KNOWN.test(event)) continue;
      const parsed = parse(data);
      if (event === "error") throw refusalOf(parsed?.problem, parsed?.problem?.status);
      yield { event, data: parsed };
      if (event === "done") return;
    }
  }

  /** The stored text that a source's offsets count in.
   * @param {Source} source @param {AbortSignal} signal */
  async text(source, signal) {
    const id = encodeURIComponent(source.article_id);
    return (await this.#fetch(`v1/articles/${id}/text?version=${source.version}`, { signal })).text();
  }

  /** @param {string} id of an answer
   * @param {{ rating: "up" | "down", reason: string | null, question: string }} feedback */
  async rate(id, feedback) {
    const kept = await this.#post(`v1/answers/${encodeURIComponent(id)}/feedback`, feedback);
    await kept.text(); // what is not read holds the connection
  }

  /** @param {string} path @param {unknown} body @param {AbortSignal} [signal] */
  #post(path, body, signal) {
    const headers = { "Content-Type": "application/json" };
    return this.#fetch(path, { method: "POST", body: JSON.stringify(body), signal, headers });
  }

  /** @param {string} path @param {RequestInit} [request] @returns {Promise<Response>} */
  async #fetch(path, request = {}) {
    const key = this.#host.getAttribute("public-key");
    const headers = { ...request.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
    const response = await fetch(new URL(path, this.endpoint), { ...request, headers, credentials: "omit" });
    if (response.ok) return response;
    throw refusalOf(await response.json().catch(() => null), response.status, response.headers.get("retry-after"));
  }
}

/** @param {string} data @returns {any} */
function parse(data) {
  try {
    return JSON.parse(data);
  } catch {
    throw new Refusal("interrupted");
  }
}

/** @param {unknown} told @param {number} status @param {string | null} [after] how many seconds to wait */
function refusalOf(told, status, after) {
  const problem = readProblem(told);
  const kind = kindOf(status, problem?.type ?? "");
  const seconds = Math.min(Number(after) || (kind === "limited" ? 10 : 0), 3600);
  return new Refusal(kind, problem, seconds);
}

/** @param {number} status @param {string} type @returns {FailureKind} */
function kindOf(status, type) {
  if (status === 429) return "limited";
  if (status === 503) return type.endsWith("#no-articles") ? "empty" : "busy";
  if (status === 401 || status === 403) return "refused";
  return status === 413 || status === 422 ? "invalid" : "failed";
}

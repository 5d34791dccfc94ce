// @ts-check
/** Questions in, turns out that grow as the answer streams; whoever draws them is told of every change. */

import { readAnswer, readCitation, readSources } from "./payload.js";
import { Refusal } from "./service.js";
import { keep, recall } from "./store.js";

/** @import { Failure, Turn } from "./contract" */
/** @import { Service } from "./service.js" */

/** What was asked and answered in one `<footnote-ask>`. */
export class Conversation {
  #service;
  #changed;
  #key;
  /** @type {AbortController | null} */
  #control = null;
  /** @type {Turn[]} */
  turns;

  /** @param {Service} service
   * @param {{ key: string | null, changed: (turn: Turn) => void }} with_ `key`: where turns are kept */
  constructor(service, { key, changed }) {
    this.#service = service;
    this.#changed = changed;
    this.#key = key;
    this.turns = key ? recall(key) : [];
  }

  get busy() {
    return this.#control !== null;
  }

  /** @param {string} question @returns {Turn} */
  begin(question) {
    const turn = blank(question);
    this.turns.push(turn);
    return turn;
  }

  /** Ask, or ask again what failed or was stopped; ends when the turn does.
   * @param {Turn} turn */
  async run(turn) {
    const control = (this.#control = new AbortController());
    Object.assign(turn, blank(turn.question));
    this.#tell(turn);
    try {
      const conversation = this.#before(turn);
      for await (const { event, data } of this.#service.ask(turn.question, { conversation, signal: control.signal })) {
        take(turn, event, data);
        if (!turn.answer) this.#changed(turn);
      }
      if (!turn.answer) throw new Refusal("interrupted");
    } catch (error) {
      turn.state = control.signal.aborted ? "stopped" : "failed";
      turn.failure = control.signal.aborted ? null : failureOf(error, turn);
    }
    if (this.#control === control) this.#control = null;
    if (this.turns.includes(turn)) this.#tell(turn);
  }

  /** Stop what is under way; the service stops too, since nobody listens any more. */
  stop() {
    this.#control?.abort();
    this.#control = null;
  }

  clear() {
    this.stop();
    this.turns = [];
    this.save();
  }

  save() {
    if (this.#key) keep(this.turns, this.#key);
  }

  /** @param {Turn} turn */
  #tell(turn) {
    this.#changed(turn);
    this.save();
  }

  /** What was said before, the newest as far as the service's limits allow.
   * @param {Turn} turn */
  #before(turn) {
    const { turns, conversationCharacters } = this.#service.config;
    const before = this.turns.slice(0, this.turns.indexOf(turn)).filter((one) => one.answer);
    /** @type {{ role: string, content: string }[]} */
    const said = [];
    let characters = 0;
    for (const one of before.reverse()) {
      characters += one.question.length + one.text.length;
      if (said.length + 2 > turns || characters > conversationCharacters) break;
      said.unshift({ role: "user", content: one.question }, { role: "assistant", content: one.text });
    }
    return said;
  }
}

/** @param {string} question @returns {Turn} */
function blank(question) {
  return {
    question, state: "searching", text: "", citations: [], sources: [], answer: null, payload: null,
    failure: null, rating: null,
  };
}

/** Take an event into its turn; one that is not known changes nothing.
 * @param {Turn} turn @param {string} event @param {any} data */
function take(turn, event, data) {
  if (turn.answer) return;
  if (event === "sources") turn.sources = readSources(data?.sources);
  if (event === "delta" && typeof data?.text === "string") {
    turn.state = "answering";
    turn.text += data.text;
  }
  if (event === "citation") {
    const citation = readCitation(data?.citation, turn.sources, turn.text);
    if (citation) turn.citations = [...turn.citations, citation];
  }
  if (event === "done") {
    const answer = readAnswer(data);
    if (!answer) throw new Refusal("interrupted");
    const { text, citations, sources } = answer;
    Object.assign(turn, { answer, payload: data, state: "done", text, citations, sources });
  }
}

/** @param {unknown} error @param {Turn} turn @returns {Failure} */
function failureOf(error, turn) {
  if (error instanceof Refusal) {
    return { kind: error.kind, until: error.seconds && Date.now() + error.seconds * 1000, problem: error.problem };
  }
  const kind = !navigator.onLine ? "offline" : turn.text || turn.sources.length ? "interrupted" : "unreachable";
  return { kind, until: 0, problem: null };
}

/** What the service sends (see the API's description) and what the modules of the widget hand each other. */

export interface Span { start: number; end: number }

export interface Citation {
  number: number;
  answer_span: Span;
  source_id: string;
  quote: string;
  source_span: Span;
  context: { before: string; after: string };
  short_span: Span | null;
  support: string;
}

export interface Source {
  id: string;
  number: number;
  article_id: string;
  version: number;
  label: string;
  url: string | null;
  publisher: string | null;
  author: string | null;
  published_at: string | null;
  also_carried_by: { publisher: string | null; title: string | null }[];
  passage: Span & { text: string };
}

export interface Answer {
  id: string;
  status: "answered" | "partial" | "no_answer";
  text: string;
  short: string | null;
  asOf: string;
  understood: string | null;
  citations: Citation[];
  sources: Source[];
  independent: number;
  conflicts: string[];
}

export interface Config {
  questionCharacters: number;
  turns: number;
  conversationCharacters: number;
  questions: string[];
  feedback: boolean;
  streaming: boolean;
}

export interface Problem { type: string; title: string; status: number; detail: string; request_id: string }

export type FailureKind =
  | "offline" | "unreachable" | "limited" | "busy" | "empty" | "refused" | "invalid" | "failed" | "interrupted";

export interface Failure { kind: FailureKind; until: number; problem: Problem | null }

export type State = "searching" | "answering" | "done" | "stopped" | "failed";

/** A question and what came of it; plain data, so that it can be stored and drawn again. */
export interface Turn {
  question: string;
  state: State;
  text: string;
  citations: Citation[];
  sources: Source[];
  answer: Answer | null;
  /** The answer as it came, which is what is kept. */
  payload: unknown;
  failure: Failure | null;
  rating: "up" | "down" | null;
}

export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Texts = Record<string, string | Plural>;

/** The words of one language, ready to use. */
export interface Words {
  language: string;
  direction: "ltr" | "rtl";
  say(key: string, values?: Record<string, string | number>): string;
  number(value: number): string;
  date(published: string | null): string;
}

/** What a turn on the screen asks of the panel. */
export interface Actions {
  cite(turn: Turn, citation: Citation, anchor: HTMLElement, preview: boolean): void;
  uncite(): void;
  show(source: Source, span: Span, quote: string): void;
  retry(turn: Turn): void;
  rate(turn: Turn, rating: "up" | "down" | null, reason: string): void;
}

export interface Host extends HTMLElement {
  texts: Partial<Texts>;
}

export interface PanelLike {
  opened: boolean;
  open(): void;
  close(): void;
  ask(question: string): Promise<void>;
  stop(): void;
  clear(): void;
  leave(): void;
  focus(): void;
}

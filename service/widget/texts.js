// @ts-check
/** A language in, its words out: English here, others from `texts.LANGUAGE.js`, any of them overridden by the page. */

/** @import { Texts, Words, Plural } from "./contract" */

const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;
/** @type {Record<string, () => Promise<{ default: Texts }>>} */
const OTHERS = { fr: () => import("./texts.fr.js"), ar: () => import("./texts.ar.js") };

/** @type {Texts} */
const ENGLISH = {
  heading: "Ask our articles",
  intro: "Answers come from our articles only, and every sentence opens the words it rests on.",
  suggestions: "For example",
  label: "Your question",
  placeholder: "Ask a question",
  followUp: "Ask a follow-up question",
  fine: "Answers quote our articles. The footnotes show where.",
  send: "Ask",
  stop: "Stop",
  close: "Close",
  clear: "New conversation",
  cleared: "New conversation",
  transcript: "Questions and answers",
  searching: "Searching the articles",
  reading: { one: "Reading one article", other: "Reading {n} articles" },
  answering: "Answering",
  understood: "Understood as: {question}",
  citations: { one: "One citation.", other: "{n} citations." },
  citation: "Citation {n}: {source}",
  stopped: "Stopped.",
  again: "Ask again",
  partial: "The articles answer only part of this question.",
  noAnswer: "The articles do not say.",
  nearest: "The nearest passages",
  conflicts: "The articles disagree",
  notes: "Footnotes",
  found: { one: "One more article found", other: "{n} more articles found" },
  independent: { one: "One independent source", other: "{n} independent sources" },
  asOf: "as of {date}",
  alsoBy: "Also carried by {names}",
  verbatim: "Word for word",
  composed: "In the article’s words, shortened",
  entailed: "Put in other words",
  show: "Show in article",
  open: "Open article",
  newTab: "opens in a new tab",
  position: "{n} of {total}",
  previous: "Previous citation",
  next: "Next citation",
  back: "Back to the answer",
  loading: "Opening the article",
  gone: "This article is no longer in the collection.",
  unread: "The article could not be opened.",
  moved: "The quoted words were not found at their place, so nothing is marked.",
  retry: "Try again",
  retryIn: { one: "Try again in {n} second", other: "Try again in {n} seconds" },
  offline: "You are offline. Your question is kept here.",
  unreachable: "The service cannot be reached at the moment.",
  limited: "That was a lot of questions in a short time.",
  busy: "Many people are asking just now.",
  empty: "There are no articles to answer from yet.",
  refused: "This page may not ask here.",
  invalid: "The question could not be understood as it was sent.",
  failed: "Something went wrong on our side.",
  interrupted: "The connection broke before the answer was complete.",
  reference: "Reference {id}",
  counter: "{n} of {most} characters",
  tooLong: { one: "Shorten it by one character.", other: "Shorten it by {n} characters." },
  helpful: "This helped",
  unhelpful: "This did not help",
  why: "What was wrong or missing? (optional)",
  sendReason: "Send",
  skip: "Skip",
  thanks: "Thank you.",
  unrated: "Your rating could not be sent.",
};

/** The words for a language tag; `own` wins over what is here, and English stands in for what neither has.
 * @param {string} tag
 * @param {Partial<Texts>} own
 * @returns {Promise<Words>} */
export async function wordsFor(tag, own) {
  const language = canonical(tag);
  const load = OTHERS[language.split("-")[0]];
  /** @type {Texts} */
  const texts = { ...ENGLISH, ...(load ? (await load()).default : {}), .../** @type {Texts} */ (own) };
  return makeWords(language, texts);
}

/** @param {string} language @param {Texts} texts @returns {Words} */
function makeWords(language, texts) {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const days = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  /** @param {string | Plural} text @param {unknown} n */
  const choose = (text, n) => (typeof text === "string" ? text : (text[rules.select(Number(n))] ?? text.other));
  return {
    language,
    direction: RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr",
    number: (value) => numbers.format(value),
    say: (key, values = {}) =>
      choose(texts[key] ?? key, values.n).replace(/\{(\w+)\}/g, (whole, name) => {
        const value = values[name] ?? whole;
        return typeof value === "number" ? numbers.format(value) : value;
      }),
    date(published) {
      const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(published ?? "") ?? [];
      return year ? days.format(Date.UTC(+year, +month - 1, +day)) : "";
    },
  };
}

/** @param {string} tag */
function canonical(tag) {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en";
  } catch {
    return "en";
  }
}

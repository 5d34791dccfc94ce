// @ts-check
/** A language in, its words out: those of `texts.LANGUAGE.js`, any of them overridden by the page. */

/** @import { Texts, Words, Plural } from "./contract" */

const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/;
/** @type {Record<string, () => Promise<{ default: Texts }>>} */
const LANGUAGES = {
  en: () => import("./texts.en.js"), fr: () => import("./texts.fr.js"), ar: () => import("./texts.ar.js"),
};

/** The words for a language tag; `own` wins over ours, and ours are English where there are none in that language.
 * @param {string} tag
 * @param {Partial<Texts>} own
 * @returns {Promise<Words>} */
export async function wordsFor(tag, own) {
  const language = canonical(tag);
  const load = LANGUAGES[language.split("-")[0]] ?? LANGUAGES.en;
  return makeWords(language, { ...(await load()).default, .../** @type {Texts} */ (own) });
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

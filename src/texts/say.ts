/**
 * Words for people, in the language of the reader. English is written where it is used; every other language has one table
 * from the English text to its own. It knows nothing of what the words are about.
 */
import { german } from "./german/german.ts";
import { pseudo } from "./pseudo.ts";
import { spanish } from "./spanish/spanish.ts";

/** The last two are none: a text that is not in its table is seen at once, and whatever does not fit from right to left. */
export type Language = "en" | "de" | "es" | "en-XA" | "ar-XB";
/** Those that people speak, English first. */
export const languages = ["en", "de", "es"] as const satisfies readonly Language[];
const known: readonly Language[] = [...languages, "en-XA", "ar-XB"];

/** @param code of a language, or of a country's kind of it; one that nobody has translated to: English */
export const languageOf = (code: string): Language =>
  known.find((language) => language === code) ??
  known.find((language) => language === code.split("-")[0]?.toLowerCase()) ??
  "en";

export const isRightToLeft = (language: Language): boolean => language === "ar-XB";

/** A text with gaps, not yet in any language. */
interface Message {
  /** English; a gap is "{0}", "{1}" … */
  readonly template: string;
  readonly values: readonly Words[];
}

/** A decimal without separators, which each language groups in its own way. */
interface Decimal {
  readonly decimal: string;
  /** A count within a sentence of the interface. */
  readonly isUngrouped?: true;
}

/** Text that stays as it is: a user's words, an address. */
interface Verbatim {
  readonly verbatim: string;
}

/** A text that is the same in every language, but for the decimal mark of its figures; or words that are not. */
export type Words = string | Message | Decimal | Verbatim;

/** Tables by language. A text without an entry is shown in English; a test finds it. */
const tables: Readonly<Record<"de" | "es", ReadonlyMap<string, string>>> = { de: german, es: spanish };

export type Value = Words | number | null | undefined | { toFixed(): string };

/** say`Balance after ${years} years` */
export const say = (parts: TemplateStringsArray, ...values: readonly Value[]): Message => ({
  template: parts.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`)).join(""),
  values: values.map((value) => (isWords(value) ? value : String(value))),
});

const isWords = (value: Value): value is Words =>
  typeof value === "string" ||
  (typeof value === "object" &&
    value !== null &&
    ("template" in value || "decimal" in value || "verbatim" in value));

/** @returns the words in the language: gaps filled, and figures as it writes them */
export function inLanguage(words: Words, language: Language): string {
  if (typeof words === "string") return phraseIn(words, language) ?? withMarks(withoutSense(words), language);
  if ("verbatim" in words) return words.verbatim;
  if ("decimal" in words)
    return words.isUngrouped ? withMarks(words.decimal, language) : decimalIn(words.decimal, language);
  const template = phraseIn(words.template, language) ?? withoutSense(words.template);
  return template.replaceAll(/\{(\d+)\}/g, (gap, index: string) => {
    const value = words.values[Number(index)];
    return value === undefined ? gap : inLanguage(value, language);
  });
}

/** "keyboard¦Keys": an English word in one of its senses, which has an entry of its own. What stands before the bar is not shown. */
const withoutSense = (english: string): string => english.replace(/^[a-z ]+¦/, "");

/** A word that an input may be, in the sense that it has there ("operation¦share"), where that one has an entry of its own. */
export const choiceIn = (input: string, choice: string, language: Language): string => {
  const own = language === "de" || language === "es" ? tables[language].get(`${input}¦${choice}`) : undefined;
  return own ?? inLanguage(choice, language);
};

/** @returns the text of the language's table; null where it has none, and in English */
function phraseIn(english: string, language: Language): string | null {
  if (language === "en") return null;
  return language === "de" || language === "es"
    ? (tables[language].get(english) ?? null)
    : pseudo(withoutSense(english));
}

const hasPoints = (language: Language) => language !== "de" && language !== "es";

/** "0.40" as "0,40": figures without separators of thousands. */
const withMarks = (text: string, language: Language): string =>
  hasPoints(language) ? text : text.replaceAll(/(?<=\d)\.(?=\d)/g, ",");

const groups = /\B(?=(?:\d{3})+$)/g;

/**
 * Grouped so that nobody can read it as another number: a German "10.000" could be ten, so a single separator is left out there.
 * @param value a decimal without separators, or any other text, which stays as it is
 */
export function decimalIn(value: string, language: Language): string {
  const [, sign = "", whole, part = ""] = /^(-?)(\d+)(\.\d+)?$/.exec(value) ?? [];
  if (whole === undefined) return value;
  if (hasPoints(language)) return `${sign}${whole.replaceAll(groups, ",")}${part}`;
  const isClear = part !== "" || whole.length > 6;
  // "1,095" could be a thousand.
  const decimals = part.length === 4 && whole.length <= 3 ? `${part}0` : part;
  return `${sign}${isClear ? whole.replaceAll(groups, ".") : whole}${decimals.replace(".", ",")}`;
}

/**
 * The language in which the page of a request speaks: of whoever reads it, from the request's beginning to the end of its
 * stream. It knows nothing of HTTP.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { inLanguage, type Language, languageOf, say, type Value } from "./say.ts";

interface Reader {
  language: Language;
}

const readers = new AsyncLocalStorage<Reader>();

/** Runs what serves one request. @param code of the language as long as nobody says another one */
export const readBy = <T>(code: string, serve: () => T): T =>
  readers.run({ language: languageOf(code) }, serve);

/** From here on the request's reader is one of this language. Outside a request nothing happens. */
export function setLanguageOfReader(code: string): void {
  const reader = readers.getStore();
  if (reader !== undefined) reader.language = languageOf(code);
}

/** Outside a request: English. */
export const languageOfReader = (): Language => readers.getStore()?.language ?? "en";

/**
 * tr`Delete ${title}`: a text of the interface in the reader's language. Each one stands in the tables of the other languages by
 * its English words.
 * @param values texts that stay as they are, or numbers
 */
export const tr = (parts: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  inLanguage(say(parts, ...values.map(asItIs)), languageOfReader());

/** A text that is named in a table of the program (a label, a title), in the reader's language. */
export const translated = (english: string): string => inLanguage(english, languageOfReader());

const asItIs = (value: string | number): Value =>
  typeof value === "number" ? { decimal: String(value), isUngrouped: true } : { verbatim: value };

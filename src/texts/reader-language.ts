/**
 * The language in which the page of a request speaks: of whoever reads it, from the request's beginning to the end of its
 * stream. It knows nothing of HTTP.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { inLanguage, type Language, languageOf, say, type Value } from "./say.ts";

interface Reader {
  /** As the browser or the reader says it; "": nobody does. */
  code: string;
  language: Language;
  /** Asked once, by the first text: most requests show none. null: it is not known. */
  ask: (() => string | null) | null;
}

const readers = new AsyncLocalStorage<Reader>();

/** Runs what serves one request. @param code of the language as long as nobody says another one; "": it is not known */
export const readBy = <T>(code: string, serve: () => T): T =>
  readers.run({ code, language: languageOf(code), ask: null }, serve);

/**
 * From here on the request's reader is somebody who has chosen a language. Outside a request nothing happens.
 * @param ask for its code; null: it is not known
 */
export function setLanguageOfReader(ask: () => string | null): void {
  const reader = readers.getStore();
  if (reader !== undefined) reader.ask = ask;
}

/** null: outside a request. */
function reader(): Reader | null {
  const reader = readers.getStore();
  if (reader === undefined) return null;
  const code = reader.ask?.() ?? null;
  if (code !== null) Object.assign(reader, { code, language: languageOf(code) });
  reader.ask = null;
  return reader;
}

/** Outside a request: English. */
export const languageOfReader = (): Language => reader()?.language ?? "en";

/** For dates: the reader's own kind of the language that the pages speak, such as "de-AT". */
export function localeOfReader(): string {
  const { code = "", language = "en" } = reader() ?? {};
  return code.split("-")[0]?.toLowerCase() === language ? code : language;
}

/** In which the reader speaks, of two letters (ISO 639-1), also where the pages do not speak it; null: it is not known. */
export const languageOfSpeech = (): string | null =>
  /^([a-z]{2})(?![a-z])/i.exec(reader()?.code ?? "")?.[1]?.toLowerCase() ?? null;

/**
 * tr`Delete ${title}`: a text of the interface in the reader's language. Each one stands in the tables of the other languages by
 * its English words.
 * @param values texts that stay as they are, or numbers
 */
export const tr = (parts: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  inLanguage(say(parts, ...values.map(asItIs)), languageOfReader());

/** A text that is named in a table of the program (a label, a title), in the reader's language. */
export const translated = (english: string): string => inLanguage(english, languageOfReader());

/** A sentence that was stored or told in English, such as an error's. What no table has stays as it is, with its addresses. */
export const toldAnew = (english: string): string =>
  inLanguage({ template: english, values: [] }, languageOfReader());

/** A sentence that was stored in English with gaps, and what fills them. */
export const toldIn = (template: string, values: readonly string[]): string =>
  inLanguage({ template, values: values.map(asItIs) as never }, languageOfReader());

const asItIs = (value: string | number): Value =>
  typeof value === "number" ? { decimal: String(value), isUngrouped: true } : { verbatim: value };

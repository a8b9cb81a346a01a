/** What the scripts of public/js say by themselves: word("…"). A test compares this list with them. */
import { languageOfReader, translated } from "./reader-language.ts";

export const scriptWords = [
  "Copied",
  "New text below",
  "Not allowed here",
  "Press Ctrl + C",
  "Show",
  "This conversation has changed.",
  "Where this figure comes from",
] as const;

/** In the language of the page's reader, by their English words; null: they are the same. */
export const translatedScriptWords = (): Readonly<Record<string, string>> | null =>
  languageOfReader() === "en"
    ? null
    : Object.fromEntries(scriptWords.map((text) => [text, translated(text)]));

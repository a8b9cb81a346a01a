/** What the scripts of public/js say by themselves: word("…"). A test compares this list with them. */
import { languageOfReader, translated } from "./reader-language.ts";

export const scriptWords = [
  "{0} characters left",
  "{0} characters: {1} too many. Shorten the question or split it.",
  "{0} commands",
  "{0} is attached.",
  "{0} selected",
  "1 command",
  "Copied",
  "Each candle is {0} bars.",
  "It cannot be attached.",
  "New text below",
  "Not allowed here",
  "Pasted text",
  "Press Ctrl + C",
  "Read aloud",
  "Remove {0}",
  "Show",
  "Stop reading",
  "The answer has ended early.",
  "The answer is ready.",
  "The assistant cannot be reached. Try again in a moment.",
  "The assistant cannot be reached. Your question is kept here: try again in a moment.",
  "The connection was lost. Attach it again.",
  "This conversation has changed.",
  "This is too long to send. Shorten it or split it.",
  "Where this figure comes from",
] as const;

/** In the language of the page's reader, by their English words; null: they are the same. */
export const translatedScriptWords = (): Readonly<Record<string, string>> | null =>
  languageOfReader() === "en"
    ? null
    : Object.fromEntries(scriptWords.map((text) => [text, translated(text)]));

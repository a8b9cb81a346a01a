/**
 * What scripts say, in the language of the page: word("{0} is attached.", name). The page has the words of every language but
 * English (views/layout.tsx); src/texts/script-words.ts lists them.
 */
const words = JSON.parse(document.querySelector('meta[name="words"]')?.content ?? "{}");

globalThis.word = (english, ...values) =>
  (words[english] ?? english).replaceAll(/\{(\d+)\}/g, (gap, index) => values[index] ?? gap);

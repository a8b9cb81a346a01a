/** Takes the words worth searching for out of a question. Knows nothing of the index. */
import { stopWords } from "./stop-words.ts";

/** A long question is searched by its first terms: every further one costs time and adds noise. */
const maxTerms = 24;

/** @returns all words as they were typed, in order: for an exact search */
export const wordsOf = (text: string): string[] =>
  [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].slice(0, maxTerms).map(([word]) => word);

/** @returns distinct terms in lower case, in the question's order, without stop words and single letters */
export function searchTerms(question: string): string[] {
  const terms = new Set<string>();
  for (const [word] of question.toLowerCase().matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const meaningful = word.length > 1 || /\p{Lo}|\p{N}/u.test(word);
    if (meaningful && !stopWords.has(word)) terms.add(word);
    if (terms.size === maxTerms) break;
  }
  return [...terms];
}

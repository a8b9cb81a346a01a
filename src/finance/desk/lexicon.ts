/** Finds phrases of one or more words, in one pass over the words of a question. */
import { figureWord, phraseWords, type Word } from "./question-words.ts";

export interface Found<T> {
  readonly value: T;
  /** The first word, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

export class Lexicon<T> {
  readonly #byFirst = new Map<string, { readonly words: readonly string[]; readonly value: T }[]>();

  constructor(entries: Iterable<readonly [phrase: string, value: T]>) {
    for (const [phrase, value] of entries) {
      const words = phraseWords(phrase);
      const [first] = words;
      if (first === undefined) continue;
      const others = this.#byFirst.get(first);
      if (others === undefined) this.#byFirst.set(first, [{ words, value }]);
      else others.push({ words, value });
    }
  }

  /** All of them, also those within others; none runs over the end of a sentence. */
  find(words: readonly Word[]): Found<T>[] {
    return words.flatMap((word, from) =>
      (this.#byFirst.get(word.written) ?? this.#byFirst.get(word.text) ?? [])
        .filter((entry) => matches(entry.words, words, from))
        .map((entry) => ({ value: entry.value, from, to: from + entry.words.length })),
    );
  }
}

function matches(phrase: readonly string[], words: readonly Word[], from: number): boolean {
  const sentence = words[from]?.sentence;
  return phrase.every((text, index) => {
    const word = words[from + index];
    if (word === undefined || word.sentence !== sentence) return false;
    // The figure of a phrase is one of per cent.
    if (text === figureWord) return word.text === figureWord && word.written.includes("%");
    return word.text === text || word.written === text;
  });
}

/** Without those that lie within a longer one. */
export function longestOf<T>(found: readonly Found<T>[]): Found<T>[] {
  const longestFirst = found.toSorted((a, b) => b.to - b.from - (a.to - a.from));
  const kept: Found<T>[] = [];
  for (const each of longestFirst) {
    const isWithin = kept.some(
      ({ from, to }) => from <= each.from && each.to <= to && to - from > each.to - each.from,
    );
    if (!isWithin) kept.push(each);
  }
  return kept;
}

/**
 * Where a text repeats a fact's own words, letter for letter: its formula, the calculation with the numbers in it, a warning, an
 * assumption, a label. What the program wrote of a fact is proven by the fact; anything else than the same letters is not.
 */
import type { FigureSources } from "./sources.ts";

export interface RepeatedText {
  readonly start: number;
  readonly end: number;
  /** The id of the fact. */
  readonly fact: string;
}

/** Shorter ones are anybody's words. */
const shortest = 6;
const isWordAt = (text: string, at: number) => /[\p{L}\p{N}]/u.test(text.charAt(at));

/** @returns in no order; they may overlap */
export function repeatedTexts(text: string, facts: FigureSources["facts"]): RepeatedText[] {
  const seen = new Set<string>();
  return facts.flatMap(({ at, fact }) => {
    const { formula, warnings = [], assumptions = [], inputs = [], label } = fact;
    const own = [formula?.words, formula?.steps, label, ...warnings, ...assumptions, ...inputs.map(({ title }) => title)];
    return own.flatMap((words) => {
      if (words === undefined || words.length < shortest || seen.has(words)) return [];
      seen.add(words);
      return placesOf(words, text, Math.max(0, at)).map((start) => ({
        start,
        end: start + words.length,
        fact: fact.id,
      }));
    });
  });
}

/** Whole words only: "1 + 5" does not stand in "1 + 57". */
function placesOf(words: string, text: string, from: number): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + words.length)) {
    const isCutBefore = isWordAt(words, 0) && isWordAt(text, at - 1);
    const isCutAfter = isWordAt(words, words.length - 1) && isWordAt(text, at + words.length);
    if (!isCutBefore && !isCutAfter) places.push(at);
  }
  return places;
}

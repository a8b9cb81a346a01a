/**
 * Where a text repeats a fact's own words, letter for letter: its formula, the calculation with the numbers in it, a warning, an
 * assumption, a label; or, in quotation marks, the user's. What the program wrote of a fact is proven by the fact; anything else than the same letters is not.
 */
import type { FigureSources } from "./sources.ts";

export interface RepeatedText {
  readonly start: number;
  readonly end: number;
  readonly proof:
    | { readonly fact: string }
    | { readonly source: { readonly where: string; readonly start: number; readonly end: number } };
}

/** Shorter ones are anybody's words. */
const shortest = 5;
const isWordAt = (text: string, at: number) => /[\p{L}\p{N}]/u.test(text.charAt(at));

/** @returns in no order; they may overlap */
export function repeatedTexts(text: string, facts: FigureSources["facts"]): RepeatedText[] {
  const seen = new Set<string>();
  return facts.flatMap(({ at, fact }) => {
    const { formula, warnings = [], assumptions = [], inputs = [], label, value, unit } = fact;
    const own = [
      ...[formula?.words, formula?.steps, label, ...warnings, ...assumptions],
      ...inputs.flatMap(({ title, value }) => (title === undefined ? [] : [title, `${title}: ${value}`])),
      ...(unit?.includes(" per ") ? [`${value} ${unit}`] : []),
    ];
    return own.flatMap((words) => {
      if (words === undefined || words.length < shortest || seen.has(words)) return [];
      seen.add(words);
      return placesOf(words, text, Math.max(0, at)).map((start) => ({
        start,
        end: start + words.length,
        proof: { fact: fact.id },
      }));
    });
  });
}

const quotation = /“([^“”\n]{1,200})”/g;

/** @returns what stands in quotation marks and, letter for letter, in the user's own words */
export function quotedTexts(text: string, quotes: FigureSources["quotes"]): RepeatedText[] {
  return [...text.matchAll(quotation)].flatMap(({ 0: found, 1: words = "", index }) => {
    for (const { where, text: said } of quotes) {
      const at = said.indexOf(words);
      if (at < 0) continue;
      const source = { where, start: at, end: at + words.length };
      return [{ start: index, end: index + found.length, proof: { source } }];
    }
    return [];
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

/**
 * Where a text repeats a fact's own words, letter for letter: its formula, the calculation with the numbers in it, a warning, an
 * assumption, a label; or, in quotation marks, the user's. What the program wrote of a fact is proven by the fact; anything else than the same letters is not.
 */
import { decimalIn } from "../../texts/say.ts";
import type { CitableFact, FigureSources } from "./sources.ts";

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

/** The places of a text that repeat words of its sources. Found when they are asked for: most figures need them not. */
export class Repetitions {
  private found: readonly RepeatedText[] | undefined;
  private foundBeginning: number | undefined;

  constructor(
    private readonly text: string,
    private readonly sources: FigureSources,
    private readonly isWhole: boolean,
  ) {}

  /** @returns the repeated words in which the figure stands */
  around(start: number, end: number): RepeatedText | undefined {
    const { facts, quotes } = this.sources;
    this.found ??= [...repeatedTexts(this.text, facts), ...quotedTexts(this.text, quotes)];
    return this.found.find((each) => each.start <= start && end <= each.end);
  }

  /** The text ends within words that repeat a source so far, and that begin before `start`: two sentences of a warning. */
  mayCome(start: number): boolean {
    if (this.isWhole) return false;
    this.foundBeginning ??= Math.min(
      beginningOfFactText(this.text, this.sources.facts),
      this.sources.quotes.length === 0 ? Number.POSITIVE_INFINITY : beginningOfQuotation(this.text),
    );
    return start >= this.foundBeginning;
  }
}

/** @returns in no order; they may overlap */
function repeatedTexts(text: string, facts: FigureSources["facts"]): RepeatedText[] {
  const seen = new Set<string>();
  return facts.flatMap(({ at, fact }) =>
    wordsOf(fact).flatMap((words) => {
      if (seen.has(words)) return [];
      seen.add(words);
      return placesOf(words, text, Math.max(0, at)).map((start) => ({
        start,
        end: start + words.length,
        proof: { fact: fact.id },
      }));
    }),
  );
}

/** What a card of the fact may say, letter for letter. */
function wordsOf({
  formula,
  warnings = [],
  assumptions = [],
  inputs = [],
  label,
  value,
  unit,
}: CitableFact): readonly string[] {
  const own = [
    ...[formula?.words, formula?.steps, label, ...warnings, ...assumptions],
    ...inputs.flatMap(({ title, value }) => (title === undefined ? [] : inputTexts(title, value))),
    ...(unit?.includes(" per ") ? [`${value} ${unit}`] : []),
  ];
  return own.flatMap((words) => (words !== undefined && words.length >= shortest ? [words] : []));
}

/** As a fact has it, and as a card groups its digits. */
const inputTexts = (title: string, value: string) => [
  title,
  `${title}: ${value}`,
  `${title}: ${decimalIn(value, "en")}`,
];

/** @returns where the longest end of the text begins with which words of a fact begin */
function beginningOfFactText(text: string, facts: FigureSources["facts"]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { at, fact } of facts) {
    for (const words of wordsOf(fact)) {
      const first = words.charAt(0);
      const from = Math.max(0, at, text.length - words.length + 1);
      for (let start = text.indexOf(first, from); start >= 0 && start < least; ) {
        if (words.startsWith(text.slice(start))) least = start;
        start = text.indexOf(first, start + 1);
      }
    }
  }
  return least;
}

const longestQuotation = 200;
const quotation = /“([^“”\n]{1,200})”/g;
const openQuotation = /“[^“”\n]*$/;

/** @returns where a quotation begins that the text has not ended */
function beginningOfQuotation(text: string): number {
  const from = Math.max(0, text.length - longestQuotation - 1);
  const found = openQuotation.exec(text.slice(from));
  return found === null ? Number.POSITIVE_INFINITY : from + found.index;
}

/** @returns what stands in quotation marks and, letter for letter, in the user's own words */
function quotedTexts(text: string, quotes: FigureSources["quotes"]): RepeatedText[] {
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

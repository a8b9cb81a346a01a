/**
 * Recognises questions about the owner's own price series: "What is the RSI of gold on the daily chart?", "How much has silver risen
 * since March?" Every word must have its part in it: a word or a figure that has none means that something else is asked for. It computes
 * nothing.
 */
import type { Language } from "../../texts/say.ts";
import type { Timeframe } from "../data/timeframe.ts";
import type { Instruments } from "../instruments/instrument.ts";
import { languageOf } from "./number-readings.ts";
import { wordsOf } from "./question-words.ts";
import { type CasePart, casesAt } from "./series-cases.ts";
import { type MeasureAsked, measureAsked } from "./series-measure.ts";
import { type TimeUnit, unitOf } from "./series-numbers.ts";
import { type CalendarSpan, spanAt } from "./series-span.ts";
import {
  auxiliaryWords,
  comparingWords,
  fillerPhrases,
  fillerWords,
  measureWords,
  sideWords,
  timeframeWords,
} from "./series-words.ts";

export interface SeriesQuestion extends MeasureAsked {
  /** Symbols, as the instruments have them or the series are called: two where two are compared. */
  readonly symbols: readonly string[];
  /** Empty: any. */
  readonly timeframes: readonly Timeframe[];
  readonly language: Language;
}

type Part =
  | { readonly type: "measure"; readonly value: string }
  | { readonly type: "symbol"; readonly value: string }
  | { readonly type: "timeframe"; readonly value: Timeframe }
  | { readonly type: "filler"; readonly value: string }
  | { readonly type: "span"; readonly value: CalendarSpan }
  | { readonly type: "case"; readonly value: CasePart }
  | { readonly type: "number"; readonly value: { readonly count: number; readonly unit: TimeUnit | null } };

interface Known {
  readonly instruments: Instruments;
  /** Those of the series that there are. */
  readonly symbols: readonly string[];
  /** What the reader's clock shows: milliseconds since 1970, as if it were UTC. */
  readonly now: number;
}

/** A question is not longer, in UTF-16 units and in words. */
const longest = 1000;
const mostWords = 40;
const mostWordsOfPhrase = 5;

/** Signs that the words do not show: a rise of −2 % is none. */
const hasSign = /(?:^|[\s(])[-−–+]\s?\d|[<>≤≥=±≈]/;

/** In Spanish two words, each of which changes nothing alone. */
const asksWhy = /(?:^| )por qu[eé](?: |$)/;

const ofUnit: Readonly<Partial<Record<TimeUnit, Timeframe>>> = {
  hour: "H1",
  session: "D1",
  day: "D1",
  week: "W1",
  month: "MN1",
};

export function seriesQuestionIn(question: string, known: Known): SeriesQuestion | null {
  if (question.length > longest) return null;
  const words = piecesOf(question);
  if (words.length === 0 || words.length > mostWords) return null;
  if (asksWhy.test(words.join(" ")) || hasSign.test(question)) return null;
  const parts = partsOf(words, phrasesWith(known.instruments, known.symbols), known.now);
  if (parts === null) return null;
  const of = <Type extends Part["type"]>(type: Type) =>
    parts.flatMap((part) => (part.type === type ? [part.value as (Part & { type: Type })["value"]] : []));
  const stated = [...new Set(of("timeframe"))];
  const asked = measureAsked({
    measures: [...new Set(of("measure"))],
    cases: of("case"),
    spans: of("span"),
    numbers: of("number"),
    timeframes: stated,
    now: known.now,
    text: words.join(" "),
  });
  if (asked === null) return null;
  const fillers = of("filler");
  if (asked.symbols[1] < 2 && fillers.some((word) => comparingWords.has(word))) return null;
  if (asked.measure.measure !== "setup" && fillers.some((word) => sideWords.has(word))) return null;
  const hasAuxiliaries = fillers.some((word) => auxiliaryWords.has(word) && !fillerWords.has(word));
  if (hasAuxiliaries && !asked.mayHaveAuxiliaries) return null;
  // "20 day SMA … on the H1 chart": of days or of hours, nobody knows.
  const units = asked.units.filter((unit) => unit !== "bar");
  const counted = [...new Set(units.flatMap((unit) => ofUnit[unit] ?? []))];
  // "Two years later": no bar is a year.
  if (units.some((unit) => ofUnit[unit] === undefined)) return null;
  if (counted.length > 1 || (counted.length === 1 && stated.some((each) => each !== counted[0]))) return null;
  const timeframes = asked.takesTimeframe ? (counted.length === 1 ? counted : stated) : [];
  const symbols = [...new Set(of("symbol"))];
  const [least, most] = asked.symbols;
  if (symbols.length < least || symbols.length > most) return null;
  return { ...asked.measure, symbols, timeframes, language: ownLanguageOf(question) };
}

/** What traders say in every language says nothing of the language. */
const ownLanguageOf = (question: string): Language =>
  languageOf(wordsOf(question, []).filter(({ text }) => !/^(?:long|short|stop|target|risk)$/.test(text)));

/** "RSI(14)" and "RSI14" as "rsi 14"; "EUR/USD" as "eurusd"; "4h" and "h4" stay; "2.5 %" is two pieces. */
const piecesOf = (question: string): readonly string[] =>
  question
    .toLowerCase()
    .replaceAll(/\b([a-z]{3})\/([a-z]{3})\b/g, "$1$2")
    .replaceAll(/\b(rsi|sma|ema|wma|atr|adx|cci)(\d{1,4})\b/g, "$1 $2")
    .replaceAll(/\b(vortag|vorwoche|vormonat)(?:e?s|n)?(hoch|tief)s?\b/g, "$1 $2")
    .replaceAll(/\b(gold|silber|öl)(preise?s?)\b/g, "$1 $2")
    .match(
      /\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d*\p{L}[\p{L}\p{N}]*(?:[.#][\p{L}\p{N}]+)*|\d+(?:[.,]\d+)*|%/gu,
    ) ?? [];

type Phrases = Pick<ReadonlyMap<string, Part>, "get">;

/** @returns null: a word has no part */
function partsOf(words: readonly string[], phrases: Phrases, now: number): readonly Part[] | null {
  const text = words.join(" ");
  const parts: Part[] = [];
  for (let at = 0, from = 0; at < words.length; ) {
    const found = longestAt(phrases, words, at, text, from, now);
    if (found === null) return null;
    parts.push(found.part);
    const length = text.slice(from, from + found.length).split(" ").length;
    at += length;
    from += found.length + 1;
  }
  return parts;
}

interface FoundPart {
  readonly part: Part;
  /** In UTF-16 units. */
  readonly length: number;
}

function longestAt(
  phrases: Phrases,
  words: readonly string[],
  at: number,
  text: string,
  from: number,
  now: number,
): FoundPart | null {
  const span = spanAt(text, from, now);
  const found: FoundPart[] = [
    ...phraseAt(phrases, words, at),
    ...(span === null ? [] : [{ part: { type: "span", value: span.span } as const, length: span.length }]),
    ...casesAt(text, from).map(({ part, length }) => ({
      part: { type: "case", value: part } as const,
      length,
    })),
    ...numberAt(words, at),
  ];
  // The first of equally long ones.
  return found.reduce<FoundPart | null>(
    (best, each) => (each.length > (best?.length ?? 0) ? each : best),
    null,
  );
}

function phraseAt(phrases: Phrases, words: readonly string[], at: number): FoundPart[] {
  for (let length = Math.min(mostWordsOfPhrase, words.length - at); length > 0; length--) {
    const phrase = words.slice(at, at + length).join(" ");
    const part = phrases.get(phrase);
    if (part !== undefined) return [{ part, length: phrase.length }];
  }
  const word = words[at] ?? "";
  return fillerWords.has(word) || auxiliaryWords.has(word)
    ? [{ part: { type: "filler", value: word }, length: word.length }]
    : [];
}

function numberAt(words: readonly string[], at: number): FoundPart[] {
  const word = words[at] ?? "";
  if (!/^\d{1,4}$/.test(word)) return [];
  const next = words[at + 1] ?? "";
  const unit = unitOf(next);
  const count = Number(word);
  // "14 bars" are those of the series, whichever they are.
  const isCounted = unit !== null || /^(?:periods|perioden|periodos|períodos)$/.test(next);
  return [
    {
      part: { type: "number", value: { count, unit: unit === "bar" ? null : unit } },
      length: isCounted ? word.length + 1 + next.length : word.length,
    },
  ];
}

/** The words of timeframes and measures come first, then the owner's symbols, then the instruments. */
function phrasesWith(instruments: Instruments, symbols: readonly string[]): Phrases {
  const named = phrasesNaming(instruments);
  const own = new Map<string, Part>();
  for (const symbol of symbols)
    own.set(piecesOf(symbol).join(" "), {
      type: "symbol",
      value: instruments.find(symbol)?.symbol ?? symbol,
    });
  return { get: (phrase) => fixedPhrases.get(phrase) ?? own.get(phrase) ?? named.get(phrase) };
}

const fixedPhrases: ReadonlyMap<string, Part> = new Map([
  ...Object.entries(timeframeWords).flatMap(([timeframe, words]) =>
    words.map((word): [string, Part] => [word, { type: "timeframe", value: timeframe as Timeframe }]),
  ),
  ...Object.entries(measureWords).flatMap(([measure, words]) =>
    words.map((word): [string, Part] => [word, { type: "measure", value: measure }]),
  ),
]);

/** Of the specifications that are in use: most users have changed none. */
const namingPhrases = new WeakMap<Instruments, ReadonlyMap<string, Part>>();

function phrasesNaming(instruments: Instruments): ReadonlyMap<string, Part> {
  const known = namingPhrases.get(instruments);
  if (known !== undefined) return known;
  const phrases = new Map<string, Part>();
  for (const phrase of fillerPhrases) phrases.set(phrase, { type: "filler", value: phrase });
  for (const { symbol, synonyms } of instruments.all())
    for (const name of [symbol, ...synonyms])
      phrases.set(piecesOf(name).join(" "), { type: "symbol", value: symbol });
  namingPhrases.set(instruments, phrases);
  return phrases;
}

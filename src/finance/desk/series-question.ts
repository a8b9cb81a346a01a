/**
 * Recognises questions about the owner's own price series: "What is the RSI of gold on the daily chart?" Every word must have its
 * part in it: a word or a figure that has none means that something else is asked for. It computes nothing.
 */
import type { Language } from "../../texts/say.ts";
import type { Timeframe } from "../data/timeframe.ts";
import type { Instruments } from "../instruments/instrument.ts";
import { languageOf } from "./number-readings.ts";
import { wordsOf } from "./question-words.ts";
import { fillerWords, measureWords, timeframeWords, unitTimeframes } from "./series-words.ts";

export interface SeriesQuestion {
  /** The indicator's or the statistic's name; "close": the last price. */
  readonly measure: string;
  /** Symbols, as the instruments have them or the series are called: two where two are compared. */
  readonly symbols: readonly string[];
  /** null: any. */
  readonly timeframe: Timeframe | null;
  /** In bars; null: the usual one. */
  readonly period: number | null;
  readonly language: Language;
}

type Part =
  | { readonly type: "measure"; readonly value: string }
  | { readonly type: "symbol"; readonly value: string }
  | { readonly type: "timeframe"; readonly value: Timeframe };

/** A question is not longer. */
const mostWords = 30;
const mostWordsOfPhrase = 4;
const longestPeriod = 1000;

/** @param symbols those of the series that there are */
export function seriesQuestionIn(
  question: string,
  { instruments, symbols }: { readonly instruments: Instruments; readonly symbols: readonly string[] },
): SeriesQuestion | null {
  const words = piecesOf(question);
  if (words.length === 0 || words.length > mostWords) return null;
  const phrases = phrasesWith(instruments, symbols);
  const parts: Part[] = [];
  const numbers: number[] = [];
  for (let at = 0; at < words.length; ) {
    const [found, length] = longestAt(phrases, words, at);
    if (found !== undefined) {
      parts.push(found);
      at += length;
      continue;
    }
    const word = words[at] ?? "";
    const isNumber = /^\d{1,4}$/.test(word);
    if (!isNumber && !fillerWords.has(word)) return null;
    if (isNumber) numbers.push(Number(word));
    const unit = isNumber ? unitTimeframes.get(words[at + 1] ?? "") : undefined;
    if (unit !== undefined) parts.push({ type: "timeframe", value: unit });
    at += unit === undefined ? 1 : 2;
  }
  const of = <Type extends Part["type"]>(type: Type) => [
    ...new Set(parts.filter((part) => part.type === type).map(({ value }) => value)),
  ];
  const [measure, ...moreMeasures] = of("measure");
  const named = of("symbol");
  const [timeframe = null, ...moreTimeframes] = of("timeframe") as Timeframe[];
  const [period = null, ...moreNumbers] = numbers;
  if (measure === undefined || moreMeasures.length + moreTimeframes.length + moreNumbers.length > 0)
    return null;
  if (named.length !== (measure === "correlation" ? 2 : 1)) return null;
  if (period !== null && (period < 1 || period > longestPeriod)) return null;
  return { measure, symbols: named, timeframe, period, language: languageOf(wordsOf(question, [])) };
}

/** "RSI(14)" and "RSI14" as "rsi 14"; "EUR/USD" as "eurusd"; "4h" and "h4" stay. */
const piecesOf = (question: string): readonly string[] =>
  question
    .toLowerCase()
    .replaceAll(/\b([a-z]{3})\/([a-z]{3})\b/g, "$1$2")
    .replaceAll(/\b(rsi|sma|ema|wma|atr|adx|cci)(\d{1,4})\b/g, "$1 $2")
    .match(/[\p{L}\p{N}]+(?:[.#][\p{L}\p{N}]+)*/gu) ?? [];

function phrasesWith(instruments: Instruments, symbols: readonly string[]): ReadonlyMap<string, Part> {
  const phrases = new Map<string, Part>();
  for (const { symbol, synonyms } of instruments.all())
    for (const name of [symbol, ...synonyms])
      phrases.set(piecesOf(name).join(" "), { type: "symbol", value: symbol });
  for (const symbol of symbols)
    phrases.set(piecesOf(symbol).join(" "), {
      type: "symbol",
      value: instruments.find(symbol)?.symbol ?? symbol,
    });
  for (const [timeframe, words] of Object.entries(timeframeWords))
    for (const word of words) phrases.set(word, { type: "timeframe", value: timeframe as Timeframe });
  for (const [measure, words] of Object.entries(measureWords))
    for (const word of words) phrases.set(word, { type: "measure", value: measure });
  return phrases;
}

function longestAt(
  phrases: ReadonlyMap<string, Part>,
  words: readonly string[],
  at: number,
): readonly [Part | undefined, number] {
  for (let length = mostWordsOfPhrase; length > 0; length--) {
    const found = phrases.get(words.slice(at, at + length).join(" "));
    if (found !== undefined && at + length <= words.length) return [found, length];
  }
  return [undefined, 0];
}

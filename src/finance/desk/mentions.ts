/** What a question mentions: figures, currencies, instruments and days, each with its place among the words. */
import type { Instrument } from "../instruments/instrument.ts";
import type { LexedFigure } from "../numbers/figure.ts";
import { currencyNamed } from "./currency-names.ts";
import type { InstrumentNames } from "./instrument-names.ts";
import type { Word } from "./question-words.ts";

/** The first word, and the one after the last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface FigureMention {
  readonly type: "figure";
  /** Without a value: nothing but a phrase can take it, such as the "72er-Regel". */
  readonly figure: LexedFigure;
  readonly places: readonly [Range];
  /** As they stand in the question: "25 pips". */
  readonly words: string;
}

export interface NameMention {
  readonly type: "currency" | "instrument" | "date" | "flows";
  /** ISO 4217, a symbol, YYYY-MM-DD, or dated amounts as dated-flows.ts reads them. */
  readonly value: string;
  /** null: no instrument that is known. */
  readonly instrument: Instrument | null;
  readonly places: readonly Range[];
  readonly words: string;
}

export type Mention = FigureMention | NameMention;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A 3-letter code in a text that is not all in capitals. */
const code = /\b[A-Z]{3,4}\b/g;
const symbols: readonly (readonly [string, string])[] = [
  ["€", "EUR"],
  ["£", "GBP"],
  ["¥", "JPY"],
  ["$", "USD"],
];
const pair = /\b[A-Z]{3}\/?[A-Z]{3}\b/;

/** @returns null when there is a figure that no calculation can take */
export function mentionsIn(
  text: string,
  words: readonly Word[],
  figures: readonly LexedFigure[],
  names: InstrumentNames,
): readonly Mention[] | null {
  const instruments = instrumentMentions(text, words, names);
  const flows = flowsIn(text, words);
  const taken = [...instruments.map(({ span }) => span), ...flows.map(({ span }) => span)];
  const amounts: FigureMention[] = [];
  const days: NameMention[] = [];
  for (const figure of figures) {
    if (taken.some((span) => overlaps(span, figure))) continue;
    const range = rangeOf(words, figure.whole);
    if (range === null || isArticle(figure)) continue;
    const shown = text.slice(figure.whole.start, figure.whole.end).trim();
    if (figure.role === "calendar") {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(figure.text)) return null;
      days.push({ type: "date", value: figure.text, instrument: null, places: [range], words: shown });
    } else if (figure.role === "structural") return null;
    else amounts.push({ type: "figure", figure, places: [range], words: shown });
  }
  const currencies = currencyMentions(text, words, amounts, taken);
  const named = [...instruments, ...flows].map(({ mention }) => mention);
  return [...amounts, ...days, ...named, ...currencies];
}

const alsoOne = new Set(["years", "quarters", "months", "weeks", "days", "lots", "oz"]);

/** "Auf einem EUR-Konto" is no euro, "einer Aktie" no share; "in einem Jahr" is a year. */
const isArticle = ({ text, unit }: LexedFigure) =>
  !alsoOne.has(unit ?? "") && /^(?:an?|eine?[mnrs]?|un[ao]?)$/i.test(text);

const flow = /\d{4}-\d{2}-\d{2}[ \t]+[-+−]?\d+(?:\.\d+)?(?![.,]?\d)/g;

/** Two dated amounts or more, with nothing but semicolons, commas or new lines between them. */
function flowsIn(text: string, words: readonly Word[]): { mention: NameMention; span: Span }[] {
  const found = [...text.matchAll(flow)];
  const [first] = found;
  const last = found.at(-1);
  if (first === undefined || last === undefined || first === last) return [];
  const span = { start: first.index, end: last.index + last[0].length };
  const range = rangeOf(words, span);
  const between = text.slice(span.start, span.end).replaceAll(flow, "");
  if (range === null || !/^[;,\s]*$/.test(between)) return [];
  const value = found.map(([each]) => each.replace(/\s+/, " ")).join("; ");
  return [
    {
      span,
      mention: {
        type: "flows",
        value,
        instrument: null,
        places: [range],
        words: text.slice(span.start, span.end),
      },
    },
  ];
}

function instrumentMentions(
  text: string,
  words: readonly Word[],
  names: InstrumentNames,
): { mention: NameMention; span: Span }[] {
  const bySymbol = new Map<string, { mention: NameMention; span: Span }>();
  const add = (value: string, instrument: Instrument | null, span: Span) => {
    const range = rangeOf(words, span);
    if (range === null) return;
    const before = bySymbol.get(value);
    const mention = before?.mention;
    bySymbol.set(value, {
      span: before?.span ?? span,
      mention: {
        ...{
          type: "instrument",
          value,
          instrument,
          words: mention?.words ?? text.slice(span.start, span.end),
        },
        places: [...(mention?.places ?? []), range],
      },
    });
  };
  for (const { instrument, start, end } of names.find(text, words))
    add(instrument.symbol, instrument, { start, end });
  const [unknown] = pair.exec(text) ?? [];
  if (bySymbol.size === 0 && unknown !== undefined && text !== text.toUpperCase()) {
    const start = text.indexOf(unknown);
    add(unknown.replace("/", ""), null, { start, end: start + unknown.length });
  }
  const ticker = tickerIn(text);
  if (bySymbol.size === 0 && ticker !== null) add(ticker.name, null, ticker);
  return [...bySymbol.values()];
}

/** "AAPL at 180": a share by its ticker, after a word that an instrument follows. */
const afterWord =
  /\b(?:on|of|in|for|buy|sell|long|short|[Ss]hares|[Ss]tock|bei|auf|von|für|kaufe|Aktien?|de|en|acciones|compro|comprar)\s+\$?([A-Z]{2,5}(?:\.[A-Z])?)\b(?![./]?[A-Z\d])/g;
/** Words in capitals that are no ticker. */
const notTickers = new Set(
  "SL TP RR CFD ETF FX CRV EV PL ROI USA UK EU US DE AM PM OK IF AT TAE TIN TIR IVA".split(" "),
);

function tickerIn(
  text: string,
): { readonly name: string; readonly start: number; readonly end: number } | null {
  if (text === text.toUpperCase()) return null;
  const found = [...text.matchAll(afterWord)].flatMap(({ 0: whole, 1: name = "", index }) =>
    isCurrencyCode(name) || notTickers.has(name)
      ? []
      : [{ name, start: index + whole.length - name.length, end: index + whole.length }],
  );
  const [first, ...others] = found;
  return first === undefined || others.some(({ name }) => name !== first.name) ? null : first;
}

/** One a currency, with all of its places. */
function currencyMentions(
  text: string,
  words: readonly Word[],
  amounts: readonly FigureMention[],
  taken: readonly Span[],
): NameMention[] {
  const places = new Map<string, { places: Range[]; words: string }>();
  const add = (currency: string, range: Range, shown: string) => {
    const known = places.get(currency);
    if (known === undefined) places.set(currency, { places: [range], words: shown });
    else known.places.push(range);
  };
  for (const {
    figure,
    places: [range],
    words: shown,
  } of amounts)
    if (figure.unit !== null && isMoney(figure.unit)) add(figure.unit, range, shown);
  const isFree = (span: Span) =>
    !taken.some((each) => overlaps(each, span)) &&
    !amounts.some(({ figure }) => overlaps(figure.whole, span));
  for (const word of words) {
    const named = currencyNamed(word.text);
    const range = rangeOf(words, word);
    if (named !== null && range !== null && isFree(word)) add(named, range, text.slice(word.start, word.end));
  }
  const isShouted = text === text.toUpperCase();
  for (const { 0: found, index } of isShouted ? [] : text.matchAll(code)) {
    const span = { start: index, end: index + found.length };
    const range = rangeOf(words, span);
    if (isCurrencyCode(found) && range !== null && isFree(span)) add(found, range, found);
  }
  for (const [symbol, currency] of symbols)
    for (let at = text.indexOf(symbol); at >= 0; at = text.indexOf(symbol, at + 1))
      if (isFree({ start: at, end: at + 1 })) add(currency, nearest(words, at), symbol);
  return [...places].map(([value, each]) => ({ type: "currency", value, instrument: null, ...each }));
}

const isoCodes = new Set(Intl.supportedValuesOf("currency"));
/** Codes that are also words in capitals. */
const alsoWords = new Set([
  "ALL",
  "TOP",
  "TRY",
  "CUP",
  "MAD",
  "PEN",
  "LAK",
  "SOS",
  "GEL",
  "BAM",
  "XXX",
  "XTS",
]);
const coins = new Set(["BTC", "ETH", "USDT", "USDC", "SOL", "XRP", "LTC"]);
const isCurrencyCode = (text: string) => (isoCodes.has(text) && !alsoWords.has(text)) || coins.has(text);
export const isMoney = (unit: string) => /^[A-Z]{3,5}$/.test(unit);

const overlaps = (a: Span, b: Span) => a.start < b.end && b.start < a.end;

/** The words of a span of the text; words are in order. */
function rangeOf(words: readonly Word[], { start, end }: Span): Range | null {
  const from = firstEndingAfter(words, start);
  let to = from;
  while (to < words.length && (words[to]?.start ?? end) < end) to++;
  return from === to ? null : { from, to };
}

function firstEndingAfter(words: readonly Word[], at: number): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

const nearest = (words: readonly Word[], at: number): Range => {
  const from = Math.min(firstEndingAfter(words, at), words.length - 1);
  return { from, to: from + 1 };
};

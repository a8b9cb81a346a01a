/** What the name of a file says of its content: "XAUUSD_H4_2024.csv", "EURUSD-m15.txt", "XAUUSD_PERIOD_H4_0.csv", "AAPL.US". */
import { type Timeframe, timeframeNamed } from "./timeframe.ts";

interface FileWords {
  /** Upper case; never empty. */
  readonly symbol: string;
  readonly timeframe: Timeframe | null;
}

const noise = new Set([
  "PERIOD",
  "SAMPLE",
  "EXPORT",
  "DATA",
  "HISTORY",
  "HISTORICAL",
  "CSV",
  "BARS",
  "DAT",
  "ASCII",
]);

export function wordsOfName(name: string): FileWords {
  const stem = name.replace(/\.[A-Za-z]{2,4}$/, "");
  const words = stem.split(/[\s_()[\]-]+/).filter((word) => word !== "");
  const timeframe =
    words
      .slice(1)
      .map(timeframeOf)
      .find((found) => found !== null) ?? null;
  const symbol = words.find((word) => !noise.has(word.toUpperCase()) && timeframeOf(word) === null);
  return { symbol: symbolIn(symbol ?? stem), timeframe };
}

/** A bare number in a name may be a count or a year. */
const timeframeOf = (word: string) => (/^\d+$/.test(word) ? null : timeframeNamed(word));

/** Letters, digits and what brokers add: "EURUSD.m", "US30", "BRK-B", "BTC/USD". At most 32 characters. */
export function symbolIn(text: string): string {
  const symbol = text
    .trim()
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}./#^=+&-]/gu, "")
    .slice(0, 32);
  return symbol === "" ? "SERIES" : symbol;
}

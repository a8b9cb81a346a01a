/** Questions about the owner's own prices: which are recognised, in three languages, and which are not. */
import { describe, expect, test } from "bun:test";
import { seriesQuestionIn } from "../../../src/finance/desk/series-question.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";
import { nearMisses } from "../../exam/near-misses.ts";

/** Monday, 30 November 2026. */
const now = Date.UTC(2026, 10, 30, 9);

const read = (question: string) =>
  seriesQuestionIn(question, { instruments: builtInInstruments, symbols: ["XAUUSD", "ACME"], now });

describe("A question about a series", () => {
  test.each([
    ["What is the RSI of gold on the daily chart?", "rsi", ["XAUUSD"], "D1", null, "en"],
    ["RSI(14) EUR/USD H4", "rsi", ["EURUSD"], "H4", 14, "en"],
    ["Show me the 20 day SMA of ACME", "sma", ["ACME"], "D1", 20, "en"],
    ["20-day moving average of gold", "sma", ["XAUUSD"], "D1", 20, "en"],
    ["Wie hoch ist der SMA von Gold mit 20 Tagen?", "sma", ["XAUUSD"], "D1", 20, "de"],
    ["¿Cuál es la media móvil de 20 días del oro?", "sma", ["XAUUSD"], "D1", 20, "es"],
    ["10 week EMA of gold", "ema", ["XAUUSD"], "W1", 10, "en"],
    ["24 hour SMA of gold", "sma", ["XAUUSD"], "H1", 24, "en"],
    ["12 month SMA of gold", "sma", ["XAUUSD"], "MN1", 12, "en"],
    ["RSI of gold on the 1 day chart", "rsi", ["XAUUSD"], "D1", null, "en"],
    ["4 hour RSI of gold", "rsi", ["XAUUSD"], "H4", null, "en"],
    ["RSI of gold over 14 bars", "rsi", ["XAUUSD"], null, 14, "en"],
    ["atr14 xauusd", "atr", ["XAUUSD"], null, 14, "en"],
    ["What is the last close of gold?", "close", ["XAUUSD"], null, null, "en"],
    [
      "What is the correlation between gold and EURUSD?",
      "correlation",
      ["XAUUSD", "EURUSD"],
      null,
      null,
      "en",
    ],
    ["Wie hoch ist der RSI von Gold im Tageschart?", "rsi", ["XAUUSD"], "D1", null, "de"],
    ["Letzter Schlusskurs von Gold", "close", ["XAUUSD"], null, null, "de"],
    ["¿Cuál es el RSI del oro en el gráfico diario?", "rsi", ["XAUUSD"], "D1", null, "es"],
    ["MACD of gold weekly", "macd", ["XAUUSD"], "W1", null, "en"],
  ] as const)("%s", (question, measure, symbols, timeframe, period, language) => {
    const timeframes = timeframe === null ? [] : [timeframe];
    expect(read(question)).toEqual({ measure, symbols: [...symbols], timeframes, period, language });
  });

  test.each([
    "What was the RSI of gold yesterday?",
    "Why is the RSI of gold 50?",
    "Is the RSI of gold a good signal?",
    "What is the RSI?",
    "What is the RSI of gold and silver?",
    "What is the RSI and the ATR of gold?",
    "RSI 14 21 of gold",
    "What will the RSI of gold be tomorrow?",
    "What is not the RSI of gold?",
    "Explain the RSI of gold",
    // Of days or of hours: nobody knows.
    "20 day SMA of gold on the H1 chart",
    "RSI of gold in days",
    "gold",
    "Hello",
    "",
  ])("is none: %s", (question) => expect(read(question)).toBeNull());
});

test("The near-misses of the exam are no questions about a series that is there", () => {
  const known = { instruments: builtInInstruments, symbols: ["ACME"], now };
  expect(nearMisses([], 300).filter((question) => seriesQuestionIn(question, known) !== null)).toEqual([]);
});

/** The series of the exam: made by a seed, written in the forms of several programs, and imported as a person would. */
import { randomFrom } from "../../faults/random.ts";
import { openSeriesDesk } from "../../finance/desk/series-desk.ts";
import type { Language } from "../drawn-figures.ts";
import { type Row, randomSeries } from "./random-series.ts";
import { writtenAs } from "./written-series.ts";

const day = 86_400_000;
/** Monday, 18 May 2026, 10 o'clock: after the last bars, on a Friday. */
export const now = Date.UTC(2026, 4, 18, 10);
const lastFriday = Date.UTC(2026, 4, 15);

export interface ExamSeries {
  readonly symbol: string;
  readonly timeframe: string;
  /** As people say it. */
  readonly names: Readonly<Record<Language, readonly string[]>>;
  readonly rows: readonly Row[];
}

const both = (...names: readonly string[]) => ({ en: names, de: names, es: names });
const specifications = [
  [
    "XAUUSD",
    "D1",
    "mt5-bars",
    1900,
    2,
    { en: ["gold", "XAUUSD"], de: ["Gold", "XAUUSD"], es: ["XAUUSD", "oro"] },
  ],
  [
    "XAGUSD",
    "D1",
    "yahoo",
    24,
    3,
    { en: ["silver", "XAGUSD"], de: ["Silber", "XAGUSD"], es: ["XAGUSD", "plata"] },
  ],
  ["EURUSD", "D1", "mt4-bars", 1.09, 5, both("EURUSD", "EUR/USD")],
  ["EURUSD", "H4", "tradingview", 1.09, 5, both("EURUSD", "EUR/USD")],
  ["GBPUSD", "D1", "csv", 1.27, 4, both("GBPUSD")],
  ["BTCUSD", "D1", "investing", 41_000, 1, both("BTCUSD")],
  ["QZX", "D1", "stooq", 87, 2, both("QZX")],
] as const;

export async function openWorld(seed: number) {
  const random = randomFrom(seed);
  const desk = openSeriesDesk(now);
  const series: ExamSeries[] = [];
  for (const [symbol, timeframe, format, start, decimals, names] of specifications) {
    const step = timeframe === "D1" ? day : day / 6;
    const from = timeframe === "D1" ? Date.UTC(2021, 0, 4) : Date.UTC(2025, 10, 3);
    const to = timeframe === "D1" ? lastFriday : lastFriday + 5 * step;
    const rows = randomSeries({ seed: Math.floor(random() * 1e9), start, decimals, step, from, to });
    const text = writtenAs[format]?.(rows, symbol, timeframe) ?? "";
    await desk.import(`${symbol}_${timeframe}.csv`, text, {
      zone: "UTC",
      symbol,
      decimal: format === "csv" ? "comma" : "point",
    });
    series.push({ symbol, timeframe, names, rows });
  }
  return { desk, series };
}

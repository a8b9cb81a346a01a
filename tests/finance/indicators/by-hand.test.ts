/** Indicators by hand: short series whose values a reader can check. */
import { describe, expect, test } from "bun:test";
import { InvalidRequestError } from "../../../src/errors.ts";
import type { Bars } from "../../../src/finance/data/bars.ts";
import { indicatorNamed } from "../../../src/finance/indicators/indicators.ts";
import { defaultsOf } from "./defaults-of.ts";

const day = 86_400_000;
const undefinedValue = Number.NaN;

type Row = readonly [high: number, low: number, close: number, volume?: number];

/** One bar a day from 1970-01-01, unless other times are stated. */
function barsOf(rows: readonly Row[], times?: readonly number[]): Bars {
  const column = (at: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[at]);
  const volumes = rows.map((row) => row[3]).filter((volume) => volume !== undefined);
  return {
    time: Float64Array.from(rows, (_, index) => times?.[index] ?? index * day),
    open: column(2),
    high: column(0),
    low: column(1),
    close: column(2),
    volume: volumes.length === rows.length ? Float64Array.from(volumes) : null,
  };
}
const closes = (...prices: number[]) => barsOf(prices.map((price) => [price, price, price]));

/** The lines by name, each as plain numbers with at most nine decimals. */
function valuesOf(name: string, bars: Bars, stated: Readonly<Record<string, unknown>> = {}) {
  const indicator = indicatorNamed(name);
  if (indicator === undefined) throw new Error(`There is no ${name}.`);
  const lines = indicator.compute(bars, defaultsOf(indicator, stated));
  return Object.fromEntries(
    lines.map((line) => [line.name, Array.from(line.values, (value) => Number(value.toFixed(9)))]),
  );
}

const refused = (act: () => unknown) => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof InvalidRequestError ? `${error.facts.param}: ${error.message}` : String(error);
  }
};

test("Moving averages weigh prices as they say, from the first bar that has enough", () => {
  const bars = closes(1, 2, 3, 4, 8);
  expect(valuesOf("sma", bars, { period: 3 }).sma).toEqual([undefinedValue, undefinedValue, 2, 3, 5]);
  const wma = [undefinedValue, undefinedValue, 14 / 6, 20 / 6, 35 / 6];
  expect(valuesOf("wma", bars, { period: 3 }).wma).toEqual(wma.map((each) => Number(each.toFixed(9))));
  expect(valuesOf("ema", bars, { period: 3 }).ema).toEqual([undefinedValue, undefinedValue, 2, 3, 5.5]);
  const ranges = barsOf([
    [4, 1, 2],
    [6, 3, 5],
  ]);
  expect(valuesOf("sma", ranges, { period: 2, price: "high" }).sma).toEqual([undefinedValue, 5]);
});

describe("The relative strength index", () => {
  const rsi = (...prices: number[]) => valuesOf("rsi", closes(...prices), { period: 2 }).rsi;

  test("of a series that only rises is 100, of one that only falls 0: the original said 0 for both", () => {
    expect(rsi(1, 2, 3, 4)).toEqual([undefinedValue, undefinedValue, 100, 100]);
    expect(rsi(4, 3, 2, 1)).toEqual([undefinedValue, undefinedValue, 0, 0]);
  });

  test("of a flat series is undefined, until a price moves", () => {
    expect(rsi(5, 5, 5, 5, 6)).toEqual([...Array(4).fill(undefinedValue), 100]);
  });

  test("smooths by Wilder", () => {
    // Gains 2, 0, 1 and losses 0, 1, 0: averages 1 and 0.5, then (1 + 1) ÷ 2 and (0.5 + 0) ÷ 2.
    expect(rsi(10, 12, 11, 12)).toEqual([undefinedValue, undefinedValue, 66.666666667, 80]);
  });
});

test("Bollinger bands take the deviation of the population, and a flat window has none", () => {
  const bands = valuesOf("bollinger", closes(1, 3, 3, 3), { period: 2 });
  expect(bands["upper-band"]).toEqual([undefinedValue, 4, 3, 3]);
  expect(bands["lower-band"]).toEqual([undefinedValue, 0, 3, 3]);
});

test("The average true range counts gaps, and begins with the range of the first bar", () => {
  const bars = barsOf([
    [10, 8, 9],
    [13, 12, 12],
    [12, 11, 11],
    [9, 8, 8],
  ]);
  // True ranges 2, 4, 1, 3.
  expect(valuesOf("atr", bars, { period: 2 }).atr).toEqual([undefinedValue, 3, 2, 2.5]);
});

test("Windows without a range are undefined, and harm nothing after them", () => {
  const flat = barsOf([...Array<Row>(3).fill([5, 5, 5]), [7, 5, 6], [8, 6, 8]]);
  const slow = valuesOf("stochastic", flat, { period: 2, slowing: 1, signal: 1 });
  expect(slow["stochastic-k"]).toEqual([...Array(3).fill(undefinedValue), 50, 100]);
  const cci = valuesOf("cci", flat, { period: 2 }).cci;
  expect(cci?.slice(0, 3)).toEqual(Array(3).fill(undefinedValue));
  expect(cci?.at(-1)).toBe(66.666666667);
  const adx = valuesOf("adx", flat, { period: 2 });
  expect(adx["plus-di"]).toEqual([...Array(3).fill(undefinedValue), 100, 66.666666667]);
  expect(adx.adx).toEqual([...Array(4).fill(undefinedValue), 100]);
});

test("On-balance volume adds what rises, takes what falls, and leaves the rest", () => {
  const rows: Row[] = [2, 3, 3, 1].map((price, index) => [price, price, price, 10 + index]);
  expect(valuesOf("obv", barsOf(rows)).obv).toEqual([10, 21, 21, 8]);
});

describe("Channels", () => {
  const rows: Row[] = [5, 7, 6, 4, 9].map((price) => [price + 1, price - 1, price]);

  test("of Donchian include the bar itself, or exclude it for breakouts", () => {
    const included = valuesOf("donchian", barsOf(rows), { period: 2 });
    expect(included["upper-band"]).toEqual([undefinedValue, 8, 8, 7, 10]);
    const excluded = valuesOf("donchian", barsOf(rows), { period: 2, ownBar: "excluded" });
    expect(excluded["upper-band"]).toEqual([undefinedValue, undefinedValue, 8, 8, 7]);
    expect(excluded["lower-band"]).toEqual([undefinedValue, undefinedValue, 4, 5, 3]);
  });

  test("of Ichimoku stand later than they are computed", () => {
    const cloud = valuesOf("ichimoku", barsOf(rows), { conversion: 1, base: 2, span: 3, shift: 1 });
    expect(cloud.conversion).toEqual([5, 7, 6, 4, 9]);
    expect(cloud.base).toEqual([undefinedValue, 6, 6.5, 5, 6.5]);
    expect(cloud["span-a"]).toEqual([undefinedValue, undefinedValue, 6.5, 6.25, 4.5]);
    expect(cloud["span-b"]).toEqual([...Array(3).fill(undefinedValue), 6, 5.5]);
  });

  test("of Keltner are some average ranges from the average", () => {
    const channel = valuesOf("keltner", barsOf(rows), { period: 1, rangePeriod: 1, ranges: 2 });
    expect(channel["upper-band"]).toEqual([9, 13, 10, 10, 21]);
  });
});

test("Supertrend keeps its band until a close crosses it", () => {
  const rows: Row[] = [10, 11, 12, 11.5, 8, 7, 12].map((price) => [price + 0.5, price - 0.5, price]);
  const line = valuesOf("supertrend", barsOf(rows), { period: 1, ranges: 1 });
  // True ranges 1, 1.5, 1.5, 1, 4, 1.5, 5.5. The fall to 8 crosses 10.5, the rise to 12 crosses 8.5.
  expect(line.supertrend).toEqual([9, 9.5, 10.5, 10.5, 12, 8.5, 6.5]);
  expect(line["supertrend-direction"]).toEqual([1, 1, 1, 1, -1, -1, 1]);
});

test("A parabolic stop follows the trend and turns when it is touched", () => {
  const rows: Row[] = [10, 11, 12, 13, 8, 7].map((price) => [price + 1, price - 1, price]);
  // From 9 with EP 12: 9.06; EP 13 and 0.04: 9.2176; EP 14 and 0.06: 9.504544, touched by 7; then from EP 14 down.
  const stops = [undefinedValue, 9, 9.06, 9.2176, 14, 14];
  expect(valuesOf("psar", barsOf(rows)).psar).toEqual(stops);
});

describe("The volume-weighted average price", () => {
  const hours = (start: string, count: number) =>
    Array.from({ length: count }, (_, index) => Date.parse(start) + index * 3_600_000);
  const rows: Row[] = [1, 2, 3, 4, 5, 6].map((price) => [price, price, price, price === 4 ? 0 : 1]);

  test("begins anew with each session, and waits for a volume", () => {
    const bars = barsOf(rows, hours("2024-05-01T21:00Z", 6));
    const vwap = valuesOf("vwap", bars).vwap;
    expect(vwap).toEqual([1, 1.5, 2, undefinedValue, 5, 5.5]);
  });

  test.each([
    // 09:30 in New York is 14:30 in winter and 13:30 in summer time, which begins on 2024-03-10.
    ["2024-03-08T12:30Z", [1, 1.5, 3, 3, 4, 4.666666667]],
    ["2024-03-11T12:30Z", [1, 2, 2.5, 2.5, 3.333333333, 4]],
  ])("knows summer time: %s", (start, expected) => {
    const bars = barsOf(rows, hours(start, 6));
    const stated = { zone: "America/New_York", sessionStart: "09:30" };
    expect(valuesOf("vwap", bars, stated).vwap).toEqual(expected);
  });

  test("is settled from the first whole session on", () => {
    const indicator = indicatorNamed("vwap");
    const settled = (start: string) =>
      indicator?.compute(barsOf(rows, hours(start, 6)), defaultsOf(indicator))[0]?.settledFrom;
    expect([
      settled("2024-05-01T21:00Z"),
      settled("2024-05-01T00:00Z"),
      settled("2024-05-01T03:00Z"),
    ]).toEqual([...[3, 0, 6]]);
  });

  test("refuses data without volume, and zones that nobody knows", () => {
    expect(refused(() => valuesOf("vwap", closes(1, 2)))).toContain("dataset: This data has no volume.");
    expect(refused(() => valuesOf("obv", closes(1, 2)))).toContain("dataset: This data has no volume.");
    expect(refused(() => valuesOf("vwap", barsOf(rows), { zone: "Mars/Olympus" }))).toContain(
      "zone: There is no time zone Mars/Olympus.",
    );
  });
});

test("Parameters that make no sense together are refused", () => {
  expect(refused(() => valuesOf("macd", closes(1), { fast: 26, slow: 26 }))).toContain("fast: ");
  expect(refused(() => valuesOf("psar", closes(1), { step: 0.3, maximum: 0.2 }))).toContain("step: ");
});

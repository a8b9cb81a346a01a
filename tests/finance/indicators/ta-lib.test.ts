/** Indicators beside TA-Lib, a second implementation, on real and generated prices. */
import { describe, expect, test } from "bun:test";
import type { Bars } from "../../../src/finance/data/bars.ts";
import { indicatorNamed } from "../../../src/finance/indicators/indicators.ts";
import { defaultsOf } from "./defaults-of.ts";
import { randomBars } from "./random-bars.ts";
import { referenceSeries } from "./reference.ts";

/** Of the value, not of the line: a MACD near zero must agree in as many digits. */
const tolerance = 1e-9;
/** Of the line's usual size: where one says 0 and the other what rounding left of it. */
const roundingAtZero = 1e-13;
const generated = {
  walk: randomBars(3000, 7),
  cheap: randomBars(2000, 11, 5),
  dear: randomBars(2000, 13, 50_000),
};
const series = Object.entries(await referenceSeries(generated));

/** They begin as in TA-Lib: equal from the first value, settled or not. */
const withSameSeed: ReadonlySet<string> = new Set(["ema", "rsi", "psar"]);

function lineOf(path: string, bars: Bars) {
  const [indicatorName = "", lineName = indicatorName] = path.split("/");
  const indicator = indicatorNamed(indicatorName);
  const lines = indicator?.compute(bars, defaultsOf(indicator));
  const line = lines?.find(({ name }) => name === lineName);
  if (line === undefined) throw new Error(`There is no line ${path}.`);
  return line;
}

/** @returns the places that differ, and how many were compared */
function compare(ours: Float64Array, reference: Float64Array, from: number) {
  const different: string[] = [];
  const defined = reference.filter((value) => !Number.isNaN(value));
  const usual = Math.sqrt(defined.reduce((sum, value) => sum + value * value, 0) / defined.length);
  let compared = 0;
  reference.forEach((theirs, index) => {
    if (index < from || Number.isNaN(theirs)) return;
    compared++;
    const value = ours[index] ?? Number.NaN;
    if (!(Math.abs(value - theirs) <= Math.max(tolerance * Math.abs(theirs), roundingAtZero * usual)))
      different.push(`${index}: ${value} for ${theirs}`);
  });
  return { different, compared };
}

test("TA-Lib and the real prices are there", () => {
  const lengths = Object.fromEntries(series.map(([name, { bars }]) => [name, bars.close.length]));
  expect(lengths).toEqual({
    ...{ sp500: 5031, nasdaq: 5031, ohlc: 44, IBM: 123, AMZN: 123 },
    ...{ walk: 3000, cheap: 2000, dear: 2000 },
  });
});

describe.each(series)("%s", (_, { bars, lines }) => {
  test.each(Object.entries(lines))("%s", (path, reference) => {
    const { values, settledFrom } = lineOf(path, bars);
    const from = withSameSeed.has(path) ? 0 : settledFrom;
    const { different, compared } = compare(values, reference, from);
    expect(different).toEqual([]);
    if (bars.close.length >= 2000) expect(compared).toBeGreaterThan(1500);
  });
});

test("A value that is off in its ninth digit is seen", () => {
  expect(compare(Float64Array.of(1.00000001), Float64Array.of(1), 0).different).toHaveLength(1);
  expect(compare(Float64Array.of(Number.NaN), Float64Array.of(1), 0).different).toHaveLength(1);
});

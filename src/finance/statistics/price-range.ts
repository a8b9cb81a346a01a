import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { findingsOf, priceDecimals } from "./finding.ts";
import { needBars, needRangeOf, simpleReturns } from "./price-returns.ts";
import type { Statistic } from "./statistic.ts";

export const priceRange: Statistic<Readonly<Record<string, never>>> = {
  name: "price-range",
  version: 1,
  title: "High and low",
  summary: "The highest and the lowest price of a span, and when they were.",
  parameters: Type.Object({}),
  formula: "high = the highest high of the bars; low = their lowest low; of equal ones the first",
  source: "Murphy, Technical Analysis of the Financial Markets, 1999, chapter 3",
  series: 1,
  compute(bars) {
    const { high, low, time, close } = bars;
    needBars(close.length, 1);
    simpleReturns(close);
    needRangeOf(bars);
    const n = close.length;
    const highest = high.reduce((found, price, at) => (price > (high[found] ?? 0) ? at : found), 0);
    const lowest = low.reduce((found, price, at) => (price < (low[found] ?? 0) ? at : found), 0);
    const [top = 0, bottom = 0] = [high[highest], low[lowest]];
    const finding = findingsOf(bars);
    const decimals = Math.max(priceDecimals(top), priceDecimals(bottom));
    const shape = { unit: "price", n, decimals };
    return {
      results: [
        finding("high", say`price¦High`, top, {
          ...{
            ...shape,
            steps: n === 1 ? say`the high of the bar` : say`the highest of ${n} highs`,
            at: time[highest] ?? 0,
          },
        }),
        finding("low", say`price¦Low`, bottom, {
          ...{
            ...shape,
            steps: n === 1 ? say`the low of the bar` : say`the lowest of ${n} lows`,
            at: time[lowest] ?? 0,
          },
        }),
        finding("range", say`Range`, top - bottom, { ...shape, steps: say`${top} − ${bottom}` }),
      ],
      warnings: [],
      assumptions: [],
    };
  },
};

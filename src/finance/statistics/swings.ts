import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import { bars as barCount } from "../indicators/period-field.ts";
import { findingsOf, priceDecimals } from "./finding.ts";
import { needBars, needRangeOf, simpleReturns } from "./price-returns.ts";
import type { Statistic } from "./statistic.ts";

/** The newest ones are listed. */
const listed = 3;

export const swings: Statistic<{ readonly bars: number }> = {
  name: "swings",
  version: 1,
  title: "Swing highs and lows",
  summary: "The last prices at which the market turned, by a stated rule.",
  parameters: Type.Object({ bars: barCount("Bars on each side", 2, 1, 100) }),
  formula:
    "swing high: a high above the highs of the n bars before it and of the n bars after it, all of which are there; swing low: the same with lows; equal highs or lows are none",
  source: "Williams, Trading Chaos, 1995: the fractal, with n = 2",
  series: 1,
  compute(bars, { bars: side }) {
    const { close, high, low, time } = bars;
    needBars(close.length, 2 * side + 1);
    simpleReturns(close);
    needRangeOf(bars);
    const n = close.length;
    const finding = findingsOf(bars);
    const newest = (prices: Float64Array, sign: 1 | -1, name: string, label: (rank: number) => Words) => {
      const found: number[] = [];
      for (let at = n - 1 - side; at >= side && found.length < listed; at--)
        if (isSwing(prices, at, side, sign)) found.push(at);
      const places: (number | undefined)[] = found.length === 0 ? [undefined] : found;
      return places.map((at, index) => {
        const price = at === undefined ? Number.NaN : (prices[at] ?? Number.NaN);
        return finding(index === 0 ? name : `${name}-${index + 1}`, label(index), price, {
          ...{ unit: "price", n, decimals: at === undefined ? 0 : priceDecimals(price) },
          steps: say`beyond ${side} bars on each side`,
          reason: say`There is none in this span.`,
          ...(at === undefined ? {} : { at: time[at] ?? 0 }),
        });
      });
    };
    const [first, ...highs] = newest(high, 1, "swing-high", (rank) =>
      rank === 0 ? say`Last swing high` : say`Swing high before`,
    );
    const lows = newest(low, -1, "swing-low", (rank) =>
      rank === 0 ? say`Last swing low` : say`Swing low before`,
    );
    if (first === undefined) throw new Error("There is always one.");
    return {
      results: [first, ...highs, ...lows],
      warnings: [],
      assumptions: [say`Bars on each side: ${side}`],
    };
  },
};

function isSwing(prices: Float64Array, at: number, side: number, sign: 1 | -1): boolean {
  const price = prices[at] ?? Number.NaN;
  for (let step = 1; step <= side; step++) {
    if (((prices[at - step] ?? Number.NaN) - price) * sign >= 0) return false;
    if (((prices[at + step] ?? Number.NaN) - price) * sign >= 0) return false;
  }
  return true;
}

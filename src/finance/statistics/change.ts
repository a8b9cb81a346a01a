import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import { findingsOf, priceDecimals } from "./finding.ts";
import { needBars, simpleReturns } from "./price-returns.ts";
import type { Statistic } from "./statistic.ts";

export const change: Statistic<Readonly<Record<string, never>>> = {
  name: "change",
  version: 1,
  title: "Change",
  summary: "How much the price changed from one close to another, in per cent and in the price.",
  parameters: Type.Object({}),
  formula:
    "change = last close ÷ first close − 1; the first close is that of the last bar that was over when the span began",
  source: "Bacon, Practical Portfolio Performance Measurement and Attribution, 2008, chapter 3",
  series: 1,
  isFromCloseBefore: true,
  compute(bars) {
    const { close, time } = bars;
    needBars(close.length, 2);
    // Prices at or below zero have no change in per cent.
    simpleReturns(close);
    const n = close.length;
    const finding = findingsOf(bars);
    const [first = 0, last = 0] = [close[0], close.at(-1)];
    const decimals = Math.max(priceDecimals(first), priceDecimals(last));
    const price = (name: string, label: Words, value: number, at: number) =>
      finding(name, label, value, {
        ...{ unit: "price", n, decimals: priceDecimals(value), steps: say`a close of ${n}`, at },
      });
    return {
      results: [
        finding("change", say`Change`, (last / first - 1) * 100, {
          ...{ unit: "%", n, steps: say`${last} ÷ ${first} − 1` },
        }),
        finding("change-in-price", say`Change in the price`, last - first, {
          ...{ unit: "price", n, decimals, steps: say`${last} − ${first}` },
        }),
        price("first-close", say`First close`, first, time[0] ?? 0),
        price("last-close", say`Last close`, last, time.at(-1) ?? 0),
      ],
      warnings: [],
      assumptions: [],
    };
  },
};

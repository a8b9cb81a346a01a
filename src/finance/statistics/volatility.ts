import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { barsAYear, barsAYearField } from "./bars-a-year.ts";
import { findingsOf } from "./finding.ts";
import { sampleDeviation } from "./moments.ts";
import { logReturns, needBars } from "./price-returns.ts";
import type { Statistic } from "./statistic.ts";

export const volatility: Statistic<{ readonly barsAYear?: number }> = {
  name: "volatility",
  version: 1,
  title: "Realised volatility",
  summary: "How much the price scattered, as a share a year.",
  parameters: Type.Object({ barsAYear: barsAYearField() }),
  formula:
    "volatility = standard deviation (n − 1) of ln(close ÷ close before) × √(bars a year); bars a year as observed: bars after the first ÷ years between the first and the last",
  source: "Hull, Options, Futures, and Other Derivatives, 2018, chapter 15.4",
  series: 1,
  compute(bars, { barsAYear: stated }) {
    needBars(bars.close.length, 3);
    const returns = logReturns(bars.close);
    const n = returns.length;
    const deviation = sampleDeviation(returns);
    const { value: perYear, assumptions, warnings } = barsAYear(bars, stated);
    const finding = findingsOf(bars);
    const [daily, factor] = [(deviation * 100).toFixed(4), perYear.toFixed(1)];
    return {
      results: [
        finding("volatility", say`Volatility a year`, deviation * Math.sqrt(perYear) * 100, {
          ...{ unit: "%", n, steps: say`${daily} % × √${factor}` },
        }),
        finding("volatility-of-bar", say`Volatility of a bar`, deviation * 100, {
          ...{ unit: "%", n, decimals: 4, steps: say`standard deviation of ${n} log returns` },
        }),
        finding("bars-a-year", say`Bars a year`, perYear, {
          ...{ n, decimals: 1, steps: stated === undefined ? say`${n} ÷ years of the span` : say`as stated` },
        }),
      ],
      warnings,
      assumptions,
    };
  },
};

import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { yearlyRate } from "../calculators/input-fields.ts";
import { barsAYear, barsAYearField } from "./bars-a-year.ts";
import { findingsOf } from "./finding.ts";
import { mean, sampleDeviation } from "./moments.ts";
import { needBars, simpleReturns } from "./price-returns.ts";
import type { Statistic } from "./statistic.ts";

interface Parameters {
  readonly riskFree: number;
  readonly barsAYear?: number;
}

export const sharpe: Statistic<Parameters> = {
  name: "sharpe",
  version: 1,
  title: "Sharpe ratio",
  summary: "The return above a safe rate, for each unit of its scatter, a year.",
  parameters: Type.Object({
    riskFree: yearlyRate({ title: "Safe rate a year", default: 0 }),
    barsAYear: barsAYearField(),
  }),
  formula:
    "Sharpe = mean ÷ standard deviation (n − 1) of (close ÷ close before − 1 − safe rate of a bar) × √(bars a year); safe rate of a bar = (1 + safe rate)^(1 ÷ bars a year) − 1",
  source: "Sharpe, The Sharpe Ratio, Journal of Portfolio Management, 1994",
  series: 1,
  compute(bars, { riskFree, barsAYear: stated }) {
    needBars(bars.close.length, 3);
    const { value: perYear, assumptions, warnings } = barsAYear(bars, stated);
    const safe = (1 + riskFree / 100) ** (1 / perYear) - 1;
    const excess = simpleReturns(bars.close).map((value) => value - safe);
    const n = excess.length;
    const deviation = sampleDeviation(excess);
    const ratio = deviation === 0 ? Number.NaN : (mean(excess) / deviation) * Math.sqrt(perYear);
    const [average, scatter] = [(mean(excess) * 100).toFixed(4), (deviation * 100).toFixed(4)];
    return {
      results: [
        findingsOf(bars)("sharpe", say`Sharpe ratio`, ratio, {
          ...{ n, decimals: 4, steps: say`${average} % ÷ ${scatter} % × √${perYear.toFixed(1)}` },
          reason: say`The returns do not scatter.`,
        }),
      ],
      warnings,
      assumptions,
    };
  },
};

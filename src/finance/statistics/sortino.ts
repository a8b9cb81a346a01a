import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { yearlyRate } from "../calculators/input-fields.ts";
import { barsAYear, barsAYearField } from "./bars-a-year.ts";
import { findingsOf } from "./finding.ts";
import { mean } from "./moments.ts";
import { needBars, simpleReturns } from "./price-returns.ts";
import type { Statistic } from "./statistic.ts";

interface Parameters {
  readonly target: number;
  readonly barsAYear?: number;
}

export const sortino: Statistic<Parameters> = {
  name: "sortino",
  version: 1,
  title: "Sortino ratio",
  summary: "The return above a target, for each unit of its falls below it, a year.",
  parameters: Type.Object({
    target: yearlyRate({ title: "Target a year", default: 0 }),
    barsAYear: barsAYearField(),
  }),
  formula:
    "Sortino = mean(r) ÷ √(sum of min(r, 0)² ÷ n) × √(bars a year), r = close ÷ close before − 1 − target of a bar, n = all returns; target of a bar = (1 + target)^(1 ÷ bars a year) − 1",
  source: "Sortino and Price, Performance Measurement in a Downside Risk Framework, 1994",
  series: 1,
  compute(bars, { target, barsAYear: stated }) {
    needBars(bars.close.length, 3);
    const { value: perYear, assumptions, warnings } = barsAYear(bars, stated);
    const aim = (1 + target / 100) ** (1 / perYear) - 1;
    const excess = simpleReturns(bars.close).map((value) => value - aim);
    const n = excess.length;
    const downside = Math.sqrt(mean(excess.map((value) => Math.min(value, 0) ** 2)));
    const ratio = downside === 0 ? Number.NaN : (mean(excess) / downside) * Math.sqrt(perYear);
    const [average, falls] = [(mean(excess) * 100).toFixed(4), (downside * 100).toFixed(4)];
    return {
      results: [
        findingsOf(bars)("sortino", say`Sortino ratio`, ratio, {
          ...{ n, decimals: 4, steps: say`${average} % ÷ ${falls} % × √${perYear.toFixed(1)}` },
          reason: say`No return is below the target.`,
        }),
      ],
      warnings,
      assumptions,
    };
  },
};

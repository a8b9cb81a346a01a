import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { refuse } from "../calculators/refuse.ts";
import { aligned } from "./aligned.ts";
import { findingsOf } from "./finding.ts";
import { covariance, sampleDeviation } from "./moments.ts";
import { logReturns, needBars } from "./price-returns.ts";
import type { Statistic } from "./statistic.ts";

/** The 97.5 % point of the normal distribution. */
const z = 1.959963984540054;

export const correlation: Statistic<Readonly<Record<string, never>>> = {
  name: "correlation",
  version: 1,
  title: "Correlation and beta",
  summary: "How closely two prices move together, and how much the first moves with the second.",
  parameters: Type.Object({}),
  formula:
    "correlation = covariance ÷ (deviation × deviation) of the log returns between bars that both series have at the same time; nothing is filled in; beta = covariance ÷ variance of the second; interval by Fisher: tanh(artanh(r) ± 1.96 ÷ √(n − 3))",
  source: "Fisher, On the Probable Error of a Coefficient of Correlation, 1921",
  series: 2,
  compute(bars, _, other) {
    if (other === undefined) refuse("other", say`Name a second dataset to compare with.`);
    const both = aligned(bars, other);
    if (both.time.length < 4)
      refuse("other", say`The two datasets share ${both.time.length} times; at least ${4} are needed.`);
    needBars(both.time.length, 4);
    const first = logReturns(both.first);
    const second = logReturns(both.second);
    const n = first.length;
    const deviations = sampleDeviation(first) * sampleDeviation(second);
    const together = covariance(first, second);
    // Rounding may leave a little more than one.
    const r = deviations === 0 ? Number.NaN : Math.max(-1, Math.min(1, together / deviations));
    const finding = findingsOf(both);
    const reason = say`One of the prices does not move.`;
    const alone = [bars.time.length - both.time.length, other.time.length - both.time.length] as const;
    return {
      results: [
        finding("correlation", say`Correlation`, r, {
          ...{ n, decimals: 4, steps: say`${n} pairs of log returns`, reason },
          ...(n > 3 ? { interval: fisher(r, n) } : {}),
        }),
        finding("beta", say`Beta`, deviations === 0 ? Number.NaN : together / covariance(second, second), {
          ...{ n, decimals: 4, steps: say`covariance ÷ variance of the second, ${n} pairs`, reason },
        }),
        finding("pairs", say`Pairs of returns`, n, {
          ...{ n, decimals: 0, steps: say`${both.time.length} times that both have` },
        }),
      ],
      warnings:
        alone[0] + alone[1] === 0
          ? []
          : [
              say`Bars without a partner at the same time were left out: ${alone[0]} of the first, ${alone[1]} of the second.`,
            ],
      assumptions: [],
    };
  },
};

function fisher(r: number, n: number) {
  const half = z / Math.sqrt(n - 3);
  return { low: Math.tanh(Math.atanh(r) - half), high: Math.tanh(Math.atanh(r) + half) };
}

import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { findingsOf } from "./finding.ts";
import { mean } from "./moments.ts";
import { needBars, simpleReturns } from "./price-returns.ts";
import type { Statistic } from "./statistic.ts";

const year = 365.25 * 86_400_000;

export const returns: Statistic<Readonly<Record<string, never>>> = {
  name: "returns",
  version: 1,
  title: "Returns",
  summary: "How much the price changed over a span, and in its best and worst bars.",
  parameters: Type.Object({}),
  formula:
    "return = last close ÷ first close − 1; a year: (1 + return)^(365.25 ÷ days) − 1, from one year on; of a bar: close ÷ close before − 1",
  source: "Bacon, Practical Portfolio Performance Measurement and Attribution, 2008, chapter 3",
  series: 1,
  isFromCloseBefore: true,
  compute(bars) {
    needBars(bars.close.length, 2);
    const each = simpleReturns(bars.close);
    const n = each.length;
    const finding = findingsOf(bars);
    const [first = 0] = bars.close;
    const last = bars.close.at(-1) ?? 0;
    const total = last / first - 1;
    const years = ((bars.time.at(-1) ?? 0) - (bars.time[0] ?? 0)) / year;
    const best = each.reduce((found, value, index) => (value > (each[found] ?? 0) ? index : found), 0);
    const worst = each.reduce((found, value, index) => (value < (each[found] ?? 0) ? index : found), 0);
    const rising = each.reduce((count, value) => (value > 0 ? count + 1 : count), 0);
    const ofBar = (index: number) => ({
      ...{ unit: "%", n, steps: say`${bars.close[index + 1]} ÷ ${bars.close[index]} − 1` },
      ...{ at: bars.time[index + 1] ?? 0 },
    });
    return {
      results: [
        finding("return", say`Return`, total * 100, { unit: "%", n, steps: say`${last} ÷ ${first} − 1` }),
        finding(
          "return-a-year",
          say`Return a year`,
          years < 1 ? Number.NaN : ((1 + total) ** (1 / years) - 1) * 100,
          {
            ...{ unit: "%", n, steps: say`(${last} ÷ ${first})^(1 ÷ ${years.toFixed(2)} years) − 1` },
            reason: say`The span is shorter than a year.`,
          },
        ),
        finding("mean-return", say`Mean return of a bar`, mean(each) * 100, {
          ...{ unit: "%", n, decimals: 4, steps: say`sum of ${n} returns ÷ ${n}` },
        }),
        finding("best-bar", say`Best bar`, (each[best] ?? 0) * 100, ofBar(best)),
        finding("worst-bar", say`Worst bar`, (each[worst] ?? 0) * 100, ofBar(worst)),
        finding("rising-bars", say`Rising bars`, (rising / n) * 100, {
          ...{ unit: "%", n, steps: say`${rising} of ${n}` },
        }),
      ],
      warnings: [],
      assumptions: [],
    };
  },
};

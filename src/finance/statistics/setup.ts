import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import { choice, positive } from "../calculators/input-fields.ts";
import { refuse } from "../calculators/refuse.ts";
import type { Bars } from "../data/bars.ts";
import { bars as barCount, multiple } from "../indicators/period-field.ts";
import { averageTrueRange, averageTrueRangeSettles } from "../indicators/true-range.ts";
import { type Condition, conditionFields, holds } from "./conditions.ts";
import { findingsOf, priceDecimals } from "./finding.ts";
import { outcomeAt, overlapWarnings } from "./outcomes.ts";
import { needBars, needRangeOf, simpleReturns } from "./price-returns.ts";
import type { Finding, Statistic } from "./statistic.ts";
import { wilsonShare } from "./wilson-share.ts";

interface SetupParameters extends Condition {
  readonly direction: "long" | "short";
  readonly stopRule: "ATR" | "extreme of bars";
  readonly multiple: number;
  readonly period: number;
  readonly reward: number;
  readonly horizon: number;
}

export const setup: Statistic<SetupParameters> = {
  name: "setup",
  version: 1,
  title: "Setup",
  summary: "Entry, stop and target by your own rule, and how often that rule reached its target before.",
  parameters: Type.Object({
    direction: choice(["long", "short"], { title: "Direction", default: "long" }),
    stopRule: choice(["ATR", "extreme of bars"], { title: "Rule of the stop", default: "ATR" }),
    multiple: multiple("Average true ranges to the stop", 2),
    period: barCount("Bars of the stop's rule", 14),
    reward: positive({ title: "Target, in multiples of the risk", maximum: 100, default: 2 }),
    ...conditionFields("any bar"),
    horizon: barCount("Bars until the outcome", 20, 1, 250),
  }),
  formula:
    "entry = last close; risk = multiple × ATR, or the way to the lowest low (short: the highest high) of the bars; stop = entry − risk, target = entry + reward × risk (short: the other way round); base rate: the same rule at each earlier bar (with ATR from bar 4 × n + 1 on) at which the condition held, from its close; win: the target was touched before the stop; share = wins ÷ (wins + losses), interval by Wilson, 95 %; a bar that touches both, and a case that touches neither, count apart",
  source: "Van K. Tharp: Trade Your Way to Financial Freedom, R multiples; Wilson, Probable Inference, 1927",
  series: 1,
  compute(bars, parameters) {
    // Prices at or below zero have no returns.
    simpleReturns(bars.close);
    needBars(bars.close.length, firstAt(parameters) + 2);
    needRangeOf(bars);
    const risks = risksOf(bars, parameters);
    const levels = levelsOf(bars, risks, parameters);
    const { results, begins } = baseRateOf(bars, risks, parameters);
    return {
      results: [...levels, ...results],
      warnings: [
        ...settling(bars, parameters),
        ...(begins.length < 30 ? [fewCases(begins.length)] : []),
        ...overlapWarnings(begins, parameters.horizon),
      ],
      assumptions: [say`No costs and no spread`],
    };
  },
};

/** Before it an average true range has too few bars to be one. */
const firstAt = ({ stopRule, period }: Pick<SetupParameters, "stopRule" | "period">) =>
  stopRule === "ATR" ? 4 * period : period - 1;

const fewCases = (n: number) => say`There are only ${n} cases: the share may be chance.`;

function settling({ close: { length } }: Bars, { stopRule, period }: SetupParameters) {
  const least = averageTrueRangeSettles(period) + 1;
  if (stopRule !== "ATR" || length >= least) return [];
  return [say`${"ATR"} is still settling: it needs about ${least} bars, and there are ${length}.`];
}

/** The way from each close to its stop; NaN where there is none. */
function risksOf(bars: Bars, { direction, stopRule, multiple: times, period }: SetupParameters) {
  if (stopRule === "ATR") {
    const from = firstAt({ stopRule, period });
    return averageTrueRange(bars, period).map((range, at) => (at < from ? Number.NaN : range * times));
  }
  const { close, low, high } = bars;
  return close.map((price, at) => {
    if (at < period - 1) return Number.NaN;
    let way = 0;
    for (let back = 0; back < period; back++) {
      const extreme = direction === "long" ? price - (low[at - back] ?? 0) : (high[at - back] ?? 0) - price;
      way = Math.max(way, extreme);
    }
    return way > 0 ? way : Number.NaN;
  });
}

/** Entry, stop, target: a long one's stop lies below its entry, and its target above. */
function levelsOf(bars: Bars, risks: Float64Array, parameters: SetupParameters) {
  const { direction, multiple: times, period, reward, stopRule } = parameters;
  const sign = direction === "long" ? 1 : -1;
  const n = bars.close.length;
  const entry = bars.close[n - 1] ?? 0;
  const risk = risks[n - 1] ?? Number.NaN;
  if (Number.isNaN(risk))
    refuse("period", say`The rule gives no stop at the last bar. There are ${n} bars; take another rule.`);
  const decimals = Math.max(2, priceDecimals(entry));
  const rounded = (price: number) => Number(price.toFixed(decimals));
  const [stop, target] = [rounded(entry - sign * risk), rounded(entry + sign * risk * reward)];
  const isInOrder = (entry - stop) * sign > 0 && (target - entry) * sign > 0;
  if (!isInOrder || stop <= 0 || target <= 0)
    refuse("multiple", say`The rule puts stop or target beyond all prices. Take a smaller multiple.`);
  const finding = findingsOf(bars);
  const at = bars.time[n - 1] ?? 0;
  const shape = { unit: "price", n, decimals, at };
  const back = direction === "long" ? "−" : "+";
  const on = direction === "long" ? "+" : "−";
  const way = risk.toFixed(decimals);
  const results: [Finding, ...Finding[]] = [
    finding("entry", say`Entry`, entry, { ...shape, steps: say`the last close of ${n}` }),
    finding("stop", say`price¦Stop`, stop, {
      ...shape,
      steps:
        stopRule === "ATR"
          ? say`${entry} ${{ verbatim: back }} ${times} × ATR(${period}) = ${way}`
          : say`${entry} ${{ verbatim: back }} ${way}, the extreme of ${period} bars`,
    }),
    finding("target", say`Target`, target, {
      ...{ ...shape, steps: say`${entry} ${{ verbatim: on }} ${reward} × ${way}` },
    }),
    finding("risk", say`Risk in the price`, (entry - stop) * sign, {
      ...{ ...shape, steps: say`from ${entry} to ${stop}` },
    }),
    finding("reward", say`Reward to risk`, ((target - entry) * sign) / ((entry - stop) * sign), {
      ...{ unit: "R", n, steps: say`from ${entry} to ${target}, over the risk` },
    }),
  ];
  return results;
}

function baseRateOf(bars: Bars, risks: Float64Array, parameters: SetupParameters) {
  const { direction, horizon, reward } = parameters;
  const isCase = holds(bars, parameters);
  const count = { win: 0, loss: 0, both: 0, neither: 0 };
  const begins: number[] = [];
  for (let at = 0; at + horizon < bars.close.length; at++) {
    const stop = ((risks[at] ?? Number.NaN) / (bars.close[at] ?? 1)) * 100;
    if (Number.isNaN(stop) || !isCase(at)) continue;
    begins.push(at);
    count[outcomeAt(bars, at, { horizon, direction, stop, target: stop * reward }).outcome]++;
  }
  const n = begins.length;
  const decided = count.win + count.loss;
  const finding = findingsOf(bars);
  const observations = Math.max(1, n);
  const counted = (name: string, label: Words, value: number) =>
    finding(name, label, value, {
      ...{ n: observations, decimals: 0, steps: say`counted in ${n} cases` },
    });
  const share = finding("share", say`Wins`, decided === 0 ? Number.NaN : (count.win / decided) * 100, {
    ...{ unit: "%", n: observations, steps: say`${count.win} ÷ ${decided}` },
    reason: say`There is no such case in this span.`,
    ...(decided === 0 ? {} : { interval: wilsonShare(count.win, decided) }),
  });
  return {
    begins,
    results: [
      share,
      counted("cases", say`Cases`, n),
      counted("wins", say`Number of wins`, count.win),
      counted("losses", say`Number of losses`, count.loss),
      counted("both-touched", say`Touched stop and target in one bar`, count.both),
      counted("neither", say`Touched neither stop nor target`, count.neither),
    ],
  };
}

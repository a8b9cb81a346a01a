import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import { choice, optional, percent } from "../calculators/input-fields.ts";
import { refuse } from "../calculators/refuse.ts";
import type { Bars } from "../data/bars.ts";
import { bars as barCount } from "../indicators/period-field.ts";
import { type Condition, conditionFields, holds } from "./conditions.ts";
import { findingsOf } from "./finding.ts";
import { median } from "./moments.ts";
import { type Bet, outcomeAt, overlapWarnings } from "./outcomes.ts";
import { needBars, needRangeOf, simpleReturns } from "./price-returns.ts";
import type { Statistic } from "./statistic.ts";
import { wilsonShare } from "./wilson-share.ts";

export const baseRate: Statistic<Condition & Bet> = {
  name: "base-rate",
  version: 1,
  title: "Base rate",
  summary: "How often the price rose or fell after a condition, and in how many cases.",
  parameters: Type.Object({
    ...conditionFields(),
    horizon: barCount("Bars until the outcome", 1, 1, 250),
    direction: choice(["long", "short"], { title: "Direction", default: "long" }),
    stop: optional(percent({ title: "Stop, in % of the entry", exclusiveMinimum: 0 })),
    target: optional(percent({ title: "Target, in % of the entry", exclusiveMinimum: 0 })),
  }),
  formula:
    "a case begins at the close of each bar at which the condition holds; win: the close some bars later is better, or the target is touched before the stop; share = wins ÷ (wins + losses), interval by Wilson, 95 %; a bar that touches stop and target, and a case that touches neither, count apart",
  source: "Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927",
  series: 1,
  compute(data, parameters) {
    if ((parameters.stop === undefined) !== (parameters.target === undefined))
      refuse("stop", say`State stop and target, or neither of them.`);
    needBars(data.close.length, parameters.horizon + 2);
    needRange(data, parameters);
    // Prices at or below zero have no returns.
    simpleReturns(data.close);
    const cases = casesOf(data, parameters);
    const all = casesOf(data, { ...parameters, condition: "any bar" });
    return findings(data, cases, all, parameters);
  },
};

/** Of closes alone nobody knows what was touched: a case would count as one that touched nothing. */
function needRange(data: Bars, { stop, condition }: Condition & Bet): void {
  const param = stop !== undefined ? "stop" : conditionsOfRange.has(condition) ? "condition" : null;
  if (param !== null) needRangeOf(data, param);
}
const conditionsOfRange: ReadonlySet<Condition["condition"]> = new Set([
  "close above the high of",
  "close below the low of",
]);

interface Cases {
  readonly begins: readonly number[];
  readonly changes: readonly number[];
  readonly count: Readonly<Record<"win" | "loss" | "both" | "neither", number>>;
  /** Wins and losses of those that begin in the first half of the span, and of the others. */
  readonly halves: readonly [Share, Share];
}

interface Share {
  wins: number;
  decided: number;
}

function casesOf(data: Bars, parameters: Condition & Bet): Cases {
  const isCase = holds(data, parameters);
  const count = { win: 0, loss: 0, both: 0, neither: 0 };
  const halves: [Share, Share] = [
    { wins: 0, decided: 0 },
    { wins: 0, decided: 0 },
  ];
  const begins: number[] = [];
  const changes: number[] = [];
  for (let index = 0; index + parameters.horizon < data.close.length; index++) {
    if (!isCase(index)) continue;
    const { outcome, change } = outcomeAt(data, index, parameters);
    begins.push(index);
    count[outcome]++;
    if (!Number.isNaN(change)) changes.push(change);
    const half = halves[index < data.close.length / 2 ? 0 : 1];
    if (outcome === "win") half.wins++;
    if (outcome === "win" || outcome === "loss") half.decided++;
  }
  return { begins, changes, count, halves };
}

function findings(data: Bars, cases: Cases, all: Cases, { horizon, stop }: Bet) {
  const { begins, changes, count, halves } = cases;
  const finding = findingsOf(data);
  const n = begins.length;
  const share = (name: string, label: Words, { wins, decided }: Share) =>
    finding(name, label, decided === 0 ? Number.NaN : (wins / decided) * 100, {
      ...{ unit: "%", n: decided, steps: say`${wins} ÷ ${decided}` },
      reason: say`There is no such case in this span.`,
      ...(decided === 0 ? {} : { interval: wilsonShare(wins, decided) }),
    });
  const counted = (name: string, label: Words, value: number) =>
    finding(name, label, value, { n, decimals: 0, steps: say`counted in ${n} cases` });
  const ofAll = ({ count: { win, loss } }: Cases) => ({ wins: win, decided: win + loss });
  return {
    results: [
      share("share", say`Wins`, ofAll(cases)),
      counted("cases", say`Cases`, n),
      counted("wins", say`Number of wins`, count.win),
      counted("losses", say`Number of losses`, count.loss),
      ...(stop === undefined
        ? []
        : [counted("both-touched", say`Touched stop and target in one bar`, count.both)]),
      counted(
        "neither",
        stop === undefined ? say`Neither risen nor fallen` : say`Touched neither stop nor target`,
        count.neither,
      ),
      finding("median-return", say`Median return`, median(changes) * 100, {
        ...{ unit: "%", n: changes.length, steps: say`the middle one of ${changes.length} returns` },
        reason: say`There is no such case in this span.`,
      }),
      share("share-first-half", say`Wins in the first half of the span`, halves[0]),
      share("share-second-half", say`Wins in the second half of the span`, halves[1]),
      share("share-all", say`Wins over all bars`, ofAll(all)),
    ] as const,
    warnings: [
      ...(n < 30 ? [say`There are only ${n} cases: the share may be chance.`] : []),
      ...overlapWarnings(begins, horizon),
    ],
    assumptions: [say`No costs and no spread`],
  };
}

/** What a trade wins on average, and how sure that is. */

import { type Static, Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import type { Calculator, Result } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { figure, undefinedFigure } from "./figure.ts";
import { count, currency, optional } from "./input-fields.ts";
import { refuse } from "./refuse.ts";
import { wilsonInterval } from "./wilson.ts";
import {
  averageLossField,
  averageSlots,
  averageWinField,
  tradesSlot,
  winRateField,
  winRateSlot,
} from "./win-fields.ts";

const inputs = Type.Object({
  winRate: optional(winRateField),
  wins: optional(count({ title: "Winning trades", unit: "trades", examples: [45] })),
  trades: optional(count({ title: "Trades", unit: "trades", minimum: 1, examples: [100] })),
  averageWin: averageWinField,
  averageLoss: averageLossField,
  currency: optional(
    currency({ title: "Currency of win and loss", description: "Without it they have no unit." }),
  ),
});
type Inputs = Static<typeof inputs>;

export const expectancy: Calculator<Inputs> = {
  name: "expectancy",
  version: 1,
  title: "Expectancy",
  summary: "What a trade wins on average, with the profit factor and the uncertainty of the win rate.",
  topic: "trading",
  inputs,
  needs: [
    ["winRate", "wins"],
    ["winRate", "trades"],
  ],
  formula:
    "expectancy = p × average win − (1 − p) × average loss; profit factor = p × average win ÷ ((1 − p) × average loss); p ± by Wilson's score interval, 95 %",
  source:
    "Tharp, Trade Your Way to Financial Freedom; E. B. Wilson, Journal of the American Statistical Association 22 (1927)",
  asked: {
    phrases: [
      "expectancy",
      "expected value per trade",
      "expected value of my trades",
      "expected profit per trade",
      "profit factor",
      "average profit per trade",
      "erwartungswert",
      "erwartungswert pro trade",
      "erwarteter gewinn pro trade",
      "profitfaktor",
    ],
    examples: [
      {
        question: "What is the expectancy with a 45% win rate, average win $200 and average loss $100?",
        inputs: { winRate: 45, averageWin: 200, averageLoss: 100, currency: "USD" },
      },
      {
        question: "Expectancy: 40% win rate over 100 trades, average win $300, average loss $150",
        inputs: { winRate: 40, trades: 100, averageWin: 300, averageLoss: 150, currency: "USD" },
      },
      {
        question: "What's my profit factor with a win rate of 55%, average win €80 and average loss €90?",
        inputs: { winRate: 55, averageWin: 80, averageLoss: 90, currency: "EUR" },
      },
      {
        question: "Wie hoch ist der Erwartungswert bei 50 % Trefferquote, 120 € Gewinn und 100 € Verlust?",
        inputs: { winRate: 50, averageWin: 120, averageLoss: 100, currency: "EUR" },
      },
      {
        question:
          "Profitfaktor bei einer Trefferquote von 60 %, Durchschnittsgewinn 50 €, Durchschnittsverlust 60 €",
        inputs: { winRate: 60, averageWin: 50, averageLoss: 60, currency: "EUR" },
      },
      {
        question:
          "Calculate the expectancy per trade: win rate 35%, average win 500 USD, average loss 200 USD",
        inputs: { winRate: 35, averageWin: 500, averageLoss: 200, currency: "USD" },
      },
    ],
    slots: {
      winRate: winRateSlot,
      wins: {
        kinds: ["count"],
        cues: ["wins", "won", "winners", "winning trades", "gewinne", "gewonnen", "gewinntrades"],
      },
      trades: tradesSlot,
      ...averageSlots,
      currency: { kinds: ["currency"], cues: [], alone: true },
    },
  },
  calculate(given) {
    const { averageWin, averageLoss, trades } = given;
    const { p, shown } = winShare(given);
    const q = p.minus(1).neg();
    const won = p.times(averageWin);
    const lost = q.times(averageLoss);
    const value = won.minus(lost);
    const unit = given.currency?.toUpperCase() ?? null;
    const steps = `${shown} × ${averageWin} − (1 − ${shown}) × ${averageLoss}`;
    const results: [Result, ...Result[]] = [
      figure("expectancy", say`Expectancy a trade`, value, { unit, decimals: 2, steps }),
      figure("expectancy-r", say`In average losses`, value.div(averageLoss), {
        unit: "R",
        decimals: 2,
        steps: `${trimmed(value, 8)} ÷ ${averageLoss}`,
      }),
      lost.isZero()
        ? undefinedFigure(
            "profit-factor",
            say`Profit factor`,
            "x",
            steps,
            say`There is no losing trade: the profit factor is not defined.`,
          )
        : figure("profit-factor", say`Profit factor`, won.div(lost), {
            unit: "x",
            decimals: 2,
            steps: `${trimmed(won, 8)} ÷ ${trimmed(lost, 8)}`,
          }),
      figure("win-rate", say`Win rate`, p.times(100), { unit: "%", decimals: 2, steps: shown }),
    ];
    const needed = new Exact(averageLoss).div(new Exact(averageWin).plus(averageLoss));
    if (trades === undefined)
      return {
        results,
        warnings: [say`Without the number of trades nobody can say how sure this is. State it.`],
        assumptions: [],
      };
    const { low, high } = wilsonInterval(p, trades);
    const interval = say`Wilson's interval, p = ${shown}, n = ${trades}, z = ${"1.96"}`;
    results.push(
      figure("win-rate-low", say`Win rate, lower end (95 %)`, low.times(100), {
        unit: "%",
        decimals: 2,
        steps: interval,
      }),
      figure("win-rate-high", say`Win rate, upper end (95 %)`, high.times(100), {
        unit: "%",
        decimals: 2,
        steps: interval,
      }),
    );
    return { results, warnings: warningsOf(trades, low, high, needed), assumptions: [] };
  },
};

function winShare({ winRate, wins, trades }: Inputs): { p: Exact; shown: string } {
  if (winRate !== undefined && wins !== undefined)
    refuse("wins", say`State either the win rate, or winning trades and all trades.`);
  if (winRate !== undefined) return { p: new Exact(winRate).div(100), shown: `${winRate}%` };
  if (wins === undefined) refuse("winRate", say`State the win rate, or winning trades and all trades.`);
  if (trades === undefined)
    refuse("trades", say`State the number of all trades, too: the win rate is a share of it.`);
  if (wins > trades)
    refuse("wins", say`${wins} of ${trades} trades cannot win. State the winning trades, then all trades.`);
  return { p: new Exact(wins).div(trades), shown: `${wins}/${trades}` };
}

function warningsOf(trades: number, low: Exact, high: Exact, needed: Exact): Words[] {
  const even = trimmed(needed.times(100), 2);
  const small = trades < 30 ? [say`${trades} trades are a small sample.`] : [];
  return low.lt(needed) && needed.lt(high)
    ? [
        ...small,
        say`The break-even win rate of ${even} % lies within the interval: the sample does not show whether the trades win.`,
      ]
    : small;
}

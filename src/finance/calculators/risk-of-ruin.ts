/** How likely a string of losses ends an account that risks the same amount on each trade. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { figure } from "./figure.ts";
import { percent } from "./input-fields.ts";
import { payoffFields, payoffNeeds, payoffOf, payoffSlots, winRateField, winRateSlot } from "./win-fields.ts";

const inputs = Type.Object({
  winRate: winRateField,
  ...payoffFields,
  riskPercent: percent({
    title: "Risk a trade, in % of the first balance",
    minimum: 0.001,
    examples: [2],
  }),
  ruinPercent: percent({
    title: "Loss that counts as ruin, in % of the first balance",
    minimum: 0.1,
    default: 100,
    examples: [50],
  }),
});

export const riskOfRuin: Calculator<Static<typeof inputs>> = {
  name: "risk-of-ruin",
  version: 1,
  title: "Risk of ruin",
  summary:
    "How likely an account that risks the same amount on each trade ever loses a stated part of its balance.",
  topic: "trading",
  inputs,
  needs: payoffNeeds,
  formula:
    "risk of ruin = x^n; n = ruin ÷ risk a trade, rounded up; x < 1 solves p × x^(b + 1) − x + (1 − p) = 0; for b = 1: x = (1 − p) ÷ p",
  source:
    "W. Feller, An Introduction to Probability Theory and Its Applications I, chapter XIV (the gambler's ruin)",
  asked: {
    phrases: [
      "risk of ruin",
      "probability of ruin",
      "chance of ruin",
      "probability of blowing up",
      "chance of blowing up",
      "ruinwahrscheinlichkeit",
      "risiko des ruins",
      "ruinrisiko",
      "wahrscheinlichkeit des ruins",
    ],
    examples: [
      {
        question: "What is the risk of ruin with a 55% win rate, a payoff ratio of 1 and 5% risk per trade?",
        inputs: { winRate: 55, payoff: 1, riskPercent: 5 },
      },
      {
        question: "Risk of ruin: win rate 40%, payoff ratio 2, risk 2% per trade",
        inputs: { winRate: 40, payoff: 2, riskPercent: 2 },
      },
      {
        question:
          "What is the probability of ruin for a win rate of 50% and a payoff of 1.2 when I risk 10% per trade?",
        inputs: { winRate: 50, payoff: 1.2, riskPercent: 10 },
      },
      {
        question:
          "Wie hoch ist die Ruinwahrscheinlichkeit bei 45 % Trefferquote, CRV 1,5 und 2 % Risiko pro Trade?",
        inputs: { winRate: 45, payoff: 1.5, riskPercent: 2 },
      },
      {
        question: "Ruinrisiko: Trefferquote 60 %, CRV 1, Risiko 10 %",
        inputs: { winRate: 60, payoff: 1, riskPercent: 10 },
      },
      {
        question: "Calculate the risk of ruin for a win rate of 52%, payoff ratio 1, risk 4% and ruin at 50%",
        inputs: { winRate: 52, payoff: 1, riskPercent: 4, ruinPercent: 50 },
      },
    ],
    slots: {
      winRate: { ...winRateSlot, kinds: ["percent"] },
      ...payoffSlots,
      riskPercent: {
        kinds: ["percent"],
        cues: ["risk", "risking", "per trade", "risiko", "pro trade", "riskiere"],
      },
      ruinPercent: {
        kinds: ["percent"],
        cues: ["ruin at", "ruin is", "ruin means", "drawdown of", "ruin bei", "verlust von"],
      },
    },
  },
  calculate(given) {
    const { winRate, riskPercent, ruinPercent } = given;
    const { ratio } = payoffOf(given);
    const losses = new Exact(ruinPercent).div(riskPercent).ceil();
    const p = new Exact(winRate).div(100);
    const edge = p.times(ratio).plus(p).minus(1);
    const x = edge.lte(0) ? new Exact(1) : ruinBase(p, ratio);
    const ruin = x.pow(losses).times(100);
    const isExact = ratio.isInteger();
    return {
      results: [
        figure("risk-of-ruin", isExact ? say`Risk of ruin` : say`Risk of ruin, at most`, ruin, {
          unit: "%",
          decimals: 4,
          steps: edge.lte(0) ? say`no edge: 1` : `${trimmed(x, 8)}^${losses.toFixed()}`,
        }),
        figure("losses-to-ruin", say`Losses in a row to ruin`, losses, {
          unit: "trades",
          steps: say`${ruinPercent}% ÷ ${riskPercent}%, rounded up`,
        }),
        figure("edge", say`Average win a trade, in risks`, edge, {
          unit: "R",
          decimals: 4,
          steps: `${winRate}% × (${trimmed(ratio, 8)} + 1) − 1`,
        }),
      ],
      warnings: [
        ...(edge.lte(0) ? [say`These trades win nothing on average: with time the ruin is certain.`] : []),
        ...(edge.gt(0) && ruin.lt("0.00005") ? [say`The risk is below 0.00005 %. It is above zero.`] : []),
      ],
      assumptions: [
        say`Each trade risks the same amount, ${riskPercent} % of the first balance, for ever; wins and losses always have the same size, and no trade depends on another.`,
        ...(isExact ? [] : [say`The payoff ratio is no whole number: the figure is an upper bound.`]),
      ],
    };
  },
};

/** The root below 1 of p·x^(b+1) − x + q, by bisection: the chance that the balance ever falls by one risk. */
function ruinBase(p: Exact, b: Exact): Exact {
  const q = p.minus(1).neg();
  if (q.isZero()) return q;
  if (b.eq(1)) return q.div(p);
  const f = (x: Exact) =>
    p
      .times(x.pow(b.plus(1)))
      .minus(x)
      .plus(q);
  let low = new Exact(0);
  // The lowest point of f, which is below zero there: trades have an edge.
  let high = new Exact(1).div(p.times(b.plus(1))).pow(new Exact(1).div(b));
  for (let step = 0; step < 110; step++) {
    const middle = low.plus(high).div(2);
    if (f(middle).gt(0)) low = middle;
    else high = middle;
  }
  return high;
}

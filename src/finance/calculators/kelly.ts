/** The share of the balance to risk that lets it grow the fastest, and why to risk less. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { figure, undefinedFigure } from "./figure.ts";
import { count, optional } from "./input-fields.ts";
import {
  payoffFields,
  payoffNeeds,
  payoffOf,
  payoffSlots,
  tradesSlot,
  winRateField,
  winRateSlot,
} from "./win-fields.ts";

/** Fewer trades than these say nothing about a win rate. */
const fewest = 30;
/** In per cent of the balance. */
const cap = 2;

const inputs = Type.Object({
  winRate: winRateField,
  ...payoffFields,
  trades: optional(
    count({
      title: "Trades",
      description: "How many the win rate is from.",
      unit: "trades",
      examples: [100],
    }),
  ),
});

export const kelly: Calculator<Static<typeof inputs>> = {
  name: "kelly",
  version: 1,
  title: "Kelly criterion",
  summary: "The share of the balance to risk that lets it grow the fastest, its half, and a cap of 2 %.",
  topic: "trading",
  inputs,
  needs: payoffNeeds,
  formula: "f = p − (1 − p) ÷ b, b = average win ÷ average loss; half: f ÷ 2; capped: at most 2 %",
  source: "J. L. Kelly, A New Interpretation of Information Rate, Bell System Technical Journal 35 (1956)",
  asked: {
    phrases: [
      "kelly",
      "kelly criterion",
      "kelly fraction",
      "kelly percentage",
      "half kelly",
      "kelly-kriterium",
      "kelly kriterium",
      "kelly-formel",
      "kelly formel",
    ],
    examples: [
      {
        question: "What is the Kelly fraction for a 55% win rate and a payoff ratio of 1.5?",
        inputs: { winRate: 55, payoff: 1.5 },
      },
      {
        question: "Kelly criterion: win rate 60%, average win $200, average loss $150, 100 trades",
        inputs: { winRate: 60, averageWin: 200, averageLoss: 150, trades: 100 },
      },
      {
        question: "How much should I risk by half Kelly with a win rate of 40% and a payoff of 2?",
        inputs: { winRate: 40, payoff: 2 },
      },
      {
        question: "Wie hoch ist Kelly bei 50 % Trefferquote und einem CRV von 2?",
        inputs: { winRate: 50, payoff: 2 },
      },
      {
        question: "Kelly-Kriterium: Trefferquote 45 %, Durchschnittsgewinn 300 €, Durchschnittsverlust 200 €",
        inputs: { winRate: 45, averageWin: 300, averageLoss: 200 },
      },
      {
        question: "Compute Kelly for a win rate of 52% at a payoff ratio of 1.1",
        inputs: { winRate: 52, payoff: 1.1 },
      },
    ],
    slots: { winRate: winRateSlot, ...payoffSlots, trades: tradesSlot },
  },
  calculate(given) {
    const { winRate, trades } = given;
    const { ratio, steps: b } = payoffOf(given);
    const p = new Exact(winRate).div(100);
    const full = p.minus(p.minus(1).neg().div(ratio)).times(100);
    const steps = `${winRate}% − (1 − ${winRate}%) ÷ ${b}`;
    if (trades !== undefined && trades < fewest)
      return {
        results: [
          undefinedFigure(
            "kelly",
            say`Kelly, in full`,
            "%",
            steps,
            say`${trades} trades are too few: a win rate from fewer than ${fewest} trades is chance. Come back with ${fewest} or more.`,
          ),
        ],
        warnings: [],
        assumptions: [],
      };
    const half = Exact.max(0, full.div(2));
    const shape = { unit: "%", decimals: 2 };
    const warnings = [
      ...(full.lte(0)
        ? [say`Kelly is not above zero: these trades lose on average. Risk nothing on them.`]
        : []),
      ...(trades === undefined
        ? [
            say`Kelly takes the win rate for certain. From fewer than ${fewest} trades it is chance: state how many trades it is from.`,
          ]
        : []),
    ];
    return {
      results: [
        figure("kelly", say`Kelly, in full`, full, { ...shape, steps }),
        figure("half-kelly", say`Half of it`, half, { ...shape, steps: say`(${steps}) ÷ 2, at least 0` }),
        figure("capped-risk", say`Half of it, at most ${cap} %`, Exact.min(half, cap), {
          ...shape,
          steps: say`min((${steps}) ÷ 2, ${cap}%), at least 0`,
        }),
      ],
      warnings,
      assumptions: [say`Every loss is the whole amount at risk, and trades do not depend on each other.`],
    };
  },
};

/** How often trades must win to lose nothing, costs included. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator, Result } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { figure, undefinedFigure } from "./figure.ts";
import { amount } from "./input-fields.ts";
import { payoffFields, payoffNeeds, payoffOf, payoffSlots } from "./win-fields.ts";

const inputs = Type.Object({
  ...payoffFields,
  costs: amount({
    title: "Costs a trade",
    description: "In the unit of win and loss; with a payoff ratio: as a part of the loss (0.1 is a tenth).",
    default: 0,
    examples: [5],
  }),
});

export const breakEvenWinRate: Calculator<Static<typeof inputs>> = {
  name: "break-even-win-rate",
  version: 1,
  title: "Break-even win rate",
  summary: "How often trades must win to lose nothing, costs included.",
  topic: "trading",
  inputs,
  needs: payoffNeeds,
  formula: "p = (average loss + costs) ÷ (average win + average loss)",
  source: "The win rate at which p × (win − costs) = (1 − p) × (loss + costs)",
  asked: {
    phrases: [
      "break-even win rate",
      "break even win rate",
      "breakeven win rate",
      "win rate to break even",
      "win rate do i need",
      "win rate needed",
      "required win rate",
      "what win rate",
      "how often must i win",
      "how often do i have to win",
      "break-even-trefferquote",
      "break even trefferquote",
      "trefferquote brauche ich",
      "welche trefferquote",
      "nötige trefferquote",
      "wie oft muss ich gewinnen",
    ],
    examples: [
      { question: "What is the break-even win rate for a payoff ratio of 2?", inputs: { payoff: 2 } },
      {
        question:
          "What win rate do I need with an average win of $150, an average loss of $100 and costs of $5?",
        inputs: { averageWin: 150, averageLoss: 100, costs: 5 },
      },
      { question: "How often must I win with a risk reward of 3?", inputs: { payoff: 3 } },
      { question: "Welche Trefferquote brauche ich bei einem CRV von 1,5?", inputs: { payoff: 1.5 } },
      {
        question:
          "Break-even-Trefferquote: Durchschnittsgewinn 200 €, Durchschnittsverlust 100 €, Kosten 10 €",
        inputs: { averageWin: 200, averageLoss: 100, costs: 10 },
      },
      {
        question: "Break even win rate: average win $80, average loss $120",
        inputs: { averageWin: 80, averageLoss: 120 },
      },
    ],
    slots: {
      ...payoffSlots,
      costs: {
        kinds: ["money"],
        cues: [
          "cost",
          "costs",
          "fee",
          "fees",
          "commission",
          "spread",
          "kosten",
          "gebühr",
          "gebühren",
          "kommission",
        ],
      },
    },
  },
  calculate(given) {
    const { costs, averageWin: win, averageLoss: loss } = given;
    const { ratio } = payoffOf(given);
    const one = new Exact(loss ?? 1);
    const rate = one.plus(costs).div(one.times(ratio).plus(one)).times(100);
    const steps = `(${loss ?? 1} + ${costs}) ÷ (${win ?? ratio} + ${loss ?? 1})`;
    const label = say`Break-even win rate`;
    const result: Result = rate.gte(100)
      ? undefinedFigure(
          "break-even-win-rate",
          label,
          "%",
          steps,
          say`The costs are not below the win: no win rate is enough.`,
        )
      : figure("break-even-win-rate", label, rate, { unit: "%", decimals: 2, steps });
    return { results: [result], warnings: [], assumptions: costs === 0 ? [say`No costs.`] : [] };
  },
};

/** How long an amount takes to double. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { Exact, fixed } from "./exact.ts";
import { positive } from "./input-fields.ts";

const inputs = Type.Object({
  rate: positive({
    title: "Interest or growth a year",
    unit: "%",
    minimum: 0.001,
    exclusiveMaximum: 1000,
    examples: [7],
  }),
});

export const doublingTime: Calculator<Static<typeof inputs>> = {
  name: "doubling-time",
  version: 1,
  title: "Doubling time",
  summary: "How long an amount takes to double, and what the rule of 72 says.",
  topic: "saving",
  inputs,
  formula: "years = ln 2 ÷ ln(1 + rate); rule of 72: 72 ÷ rate in per cent",
  source: "Luca Pacioli: Summa de arithmetica (1494), the rule of 72; the logarithm is exact",
  asked: {
    phrases: [
      "money doubles",
      "how long until my money doubles",
      "until my money doubles",
      "until it doubles",
      "doubles",
      "rule of 72",
      "doubling time",
      "to double",
      "money double",
      "double my money",
      "72er-regel",
      "72er regel",
      "verdoppelt",
      "verdoppeln",
      "verdopplung",
      "verdopplungszeit",
    ],
    examples: [
      { question: "How long does it take to double my money at 7%?", inputs: { rate: 7 } },
      { question: "Wann verdoppelt sich mein Geld bei 4 % Zinsen?", inputs: { rate: 4 } },
      { question: "Rule of 72 at 6 percent", inputs: { rate: 6 } },
      { question: "What is the doubling time at a growth of 2.5% a year?", inputs: { rate: 2.5 } },
      { question: "Wie lange dauert eine Verdopplung bei 8,5 % Rendite?", inputs: { rate: 8.5 } },
      { question: "72er-Regel für 3 %", inputs: { rate: 3 } },
    ],
    slots: {
      rate: {
        kinds: ["percent"],
        cues: ["at", "growth", "interest", "return", "bei", "für", "zinsen"],
        alone: true,
      },
    },
  },
  calculate({ rate }) {
    const years = new Exact(2).ln().div(new Exact(rate).div(100).plus(1).ln());
    return {
      results: [
        {
          name: "doubling-time",
          label: say`Doubles in`,
          value: fixed(years, 2),
          unit: "years",
          subject: null,
          steps: `ln 2 ÷ ln(1 + ${rate}%)`,
        },
        {
          name: "rule-of-72",
          label: say`By the rule of 72`,
          value: fixed(new Exact(72).div(rate), 2),
          unit: "years",
          subject: null,
          steps: `72 ÷ ${rate}`,
        },
      ],
      warnings: rate > 20 ? [say`The rule of 72 is rough for rates above 20 %.`] : [],
      assumptions: [say`Interest is added once a year and stays in.`],
    };
  },
};

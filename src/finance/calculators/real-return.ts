/** The yearly rate that remains after inflation. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { Exact, fixed } from "./exact.ts";
import { yearlyRate } from "./input-fields.ts";

const inputs = Type.Object({
  rate: yearlyRate({ title: "Interest or return a year", examples: [5] }),
  inflation: yearlyRate({ title: "Inflation a year", examples: [2] }),
});

/** Fisher's equation. @returns per cent a year, of two rates in per cent a year */
export const realRate = (rate: number, inflation: number): Exact =>
  new Exact(rate).plus(100).div(new Exact(inflation).plus(100)).minus(1).times(100);

export const realReturn: Calculator<Static<typeof inputs>> = {
  name: "real-return",
  version: 1,
  title: "Real return",
  summary: "The yearly rate that remains after inflation.",
  topic: "investing",
  inputs,
  formula: "real rate = (1 + rate) ÷ (1 + inflation) − 1",
  source: "Irving Fisher: The Theory of Interest (1930)",
  asked: {
    phrases: [
      "real return",
      "real rate",
      "real interest",
      "after inflation",
      "inflation-adjusted return",
      "realzins",
      "realrendite",
      "reale rendite",
      "realer zins",
      "nach inflation",
      "inflationsbereinigt",
    ],
    examples: [
      { question: "What is the real return of 5% with 2% inflation?", inputs: { rate: 5, inflation: 2 } },
      {
        question: "My savings yield 3%, inflation is 4.5%. What is my real rate?",
        inputs: { rate: 3, inflation: 4.5 },
      },
      {
        question: "Wie hoch ist der Realzins bei 4 % Zinsen und 2,3 % Inflation?",
        inputs: { rate: 4, inflation: 2.3 },
      },
      {
        question: "Realrendite bei 7 % Rendite und einer Inflation von 3 %",
        inputs: { rate: 7, inflation: 3 },
      },
      {
        question: "What remains of a return of 8 percent after inflation of 6 percent?",
        inputs: { rate: 8, inflation: 6 },
      },
      {
        question: "Welche reale Rendite bringen 1,5 % Zins bei einer Teuerung von 2 %?",
        inputs: { rate: 1.5, inflation: 2 },
      },
    ],
    slots: {
      rate: {
        kinds: ["percent"],
        cues: [
          "return",
          "returned",
          "returns",
          "interest",
          "yield",
          "nominal",
          "rate",
          "zinsen",
          "zins",
          "rendite",
        ],
      },
      inflation: { kinds: ["percent"], cues: ["inflation", "teuerung"] },
    },
  },
  calculate({ rate, inflation }) {
    return {
      results: [
        {
          name: "real-rate",
          label: say`Real rate a year`,
          value: fixed(realRate(rate, inflation), 2),
          unit: "%",
          subject: null,
          steps: `(1 + ${rate}%) ÷ (1 + ${inflation}%) − 1`,
        },
      ],
      warnings: [],
      assumptions: [],
    };
  },
};

/** The taxed yield that leaves as much as a tax-free one. */
import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { figure } from "./figure.ts";
import { yearlyRate } from "./input-fields.ts";

const inputs = Type.Object({
  yield: yearlyRate({ title: "Tax-free yield a year", examples: [3] }),
  tax: yearlyRate({
    title: "Tax rate",
    description: "On the interest that is taxed.",
    minimum: 0,
    exclusiveMaximum: 100,
    examples: [25],
  }),
});

export const taxEquivalentYield: Calculator<Static<typeof inputs>> = {
  name: "tax-equivalent-yield",
  version: 1,
  title: "Tax-equivalent yield",
  summary: "The taxed yield that leaves as much as a tax-free one.",
  topic: "investing",
  inputs,
  formula: "taxed yield = tax-free yield ÷ (1 − tax rate)",
  source: "Fabozzi: Bond Markets, Analysis, and Strategies, equivalent taxable yield",
  asked: {
    phrases: [
      "tax-equivalent yield",
      "tax equivalent yield",
      "taxable-equivalent yield",
      "taxable equivalent yield",
      "equivalent taxable yield",
      "steueräquivalente rendite",
      "rendite vor steuern entspricht",
      "rendite vor steuer entspricht",
      "bruttorendite entspricht",
    ],
    examples: [
      {
        question: "What is the tax-equivalent yield of a tax-free yield of 3% at a tax rate of 25%?",
        inputs: { yield: 3, tax: 25 },
      },
      {
        question: "Tax equivalent yield: municipal bond 4.2%, tax bracket 32%",
        inputs: { yield: 4.2, tax: 32 },
      },
      {
        question: "What is the taxable equivalent yield of a 2.75% muni bond with a 37% tax rate?",
        inputs: { yield: 2.75, tax: 37 },
      },
      {
        question:
          "Wie hoch ist die steueräquivalente Rendite bei 2,5 % steuerfreier Rendite und 30 % Steuersatz?",
        inputs: { yield: 2.5, tax: 30 },
      },
      {
        question: "Welche Rendite vor Steuern entspricht 3 % steuerfrei bei einem Steuersatz von 26,375 %?",
        inputs: { yield: 3, tax: 26.375 },
      },
      {
        question:
          "Calculate the equivalent taxable yield for a tax-free yield of 5 percent and a tax rate of 22 percent",
        inputs: { yield: 5, tax: 22 },
      },
    ],
    slots: {
      yield: {
        kinds: ["percent"],
        cues: [
          "tax-free yield",
          "tax-free",
          "yield of",
          "muni",
          "municipal bond",
          "muni bond",
          "steuerfreier rendite",
          "steuerfrei",
          "steuerfreie",
          "rendite",
        ],
      },
      tax: {
        kinds: ["percent"],
        cues: [
          "tax rate",
          "tax bracket",
          "taxes",
          "bracket",
          "tax of",
          "steuersatz",
          "steuer",
          "steuern von",
        ],
      },
    },
  },
  calculate({ yield: free, tax }) {
    const taxed = new Exact(free).div(new Exact(1).minus(new Exact(tax).div(100)));
    return {
      results: [
        figure("tax-equivalent-yield", say`Taxed yield a year`, taxed, {
          unit: "%",
          decimals: 4,
          steps: `${free}% ÷ (1 − ${tax}%)`,
        }),
      ],
      warnings: [],
      assumptions: [say`The tax is due each year on all of the taxed yield.`],
    };
  },
};

/** Compound annual growth rate. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { figure } from "./figure.ts";
import { positive } from "./input-fields.ts";

/** Over a shorter time a yearly rate says nothing, and has more digits than a page. */
const shortest = 1 / 365;

const inputs = Type.Object({
  start: positive({ title: "Value at the beginning", unit: "currency", examples: [10_000] }),
  end: positive({ title: "Value at the end", unit: "currency", examples: [16_000] }),
  years: positive({ title: "Years", unit: "years", minimum: shortest, maximum: 1000, examples: [5] }),
});

export const cagr: Calculator<Static<typeof inputs>> = {
  name: "cagr",
  version: 1,
  title: "Compound annual growth rate",
  summary: "The yearly growth that turns one value into another.",
  topic: "investing",
  inputs,
  formula: "CAGR = (end ÷ start)^(1 ÷ years) − 1",
  source: "CFA Institute, Quantitative Methods: holding-period and annualised returns",
  asked: {
    phrases: [
      "cagr",
      "compound annual growth",
      "annual growth rate",
      "yearly growth",
      "jährliche wachstumsrate",
      "wachstum pro jahr",
    ],
    examples: [
      {
        question: "What is the CAGR from 10,000 to 16,000 in 5 years?",
        inputs: { start: 10_000, end: 16_000, years: 5 },
      },
      {
        question: "Wie hoch ist das Wachstum pro Jahr von 5.000 € auf 8.000 € in 7 Jahren?",
        inputs: { start: 5000, end: 8000, years: 7 },
      },
      {
        question: "I invested $25,000 and it is now $41,500. Annual growth rate over 8 years?",
        inputs: { start: 25_000, end: 41_500, years: 8 },
      },
      {
        question: "CAGR from 120 to 95 over 3 years",
        inputs: { start: 120, end: 95, years: 3 },
      },
      {
        question: "Jährliche Wachstumsrate von 1,2 Mio. € auf 2 Mio. € nach 4 Jahren",
        inputs: { start: 1_200_000, end: 2_000_000, years: 4 },
      },
      {
        question: "What compound annual growth turns £1,000 into £2,000 in 10 years?",
        inputs: { start: 1000, end: 2000, years: 10 },
      },
    ],
    slots: {
      start: {
        kinds: ["money", "number"],
        cues: ["from", "of", "start", "invested", "turns", "takes", "grew from", "von", "anfangs"],
      },
      end: { kinds: ["money", "number"], cues: ["to", "into", "end", "now", "auf", "zu", "ende"] },
      years: { kinds: ["years"], cues: ["in", "over", "after", "nach"], alone: true },
    },
  },
  calculate({ start, end, years }) {
    const rate = new Exact(end).div(start).pow(new Exact(1).div(years)).minus(1).times(100);
    return {
      results: [
        figure("cagr", say`Growth a year`, rate, {
          decimals: 2,
          unit: "%",
          steps: `(${end} ÷ ${start})^(1 ÷ ${years}) − 1`,
        }),
      ],
      warnings: years < 1 ? [say`Less than a year: the yearly rate is an extrapolation.`] : [],
      assumptions: [],
    };
  },
};

/** Compound annual growth rate. */
import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import type { Calculator } from "./calculator.ts";
import { Exact, fixed } from "./exact.ts";
import { positive } from "./input-fields.ts";

const inputs = Type.Object({
  start: positive({ title: "Value at the beginning", unit: "currency", examples: [10_000] }),
  end: positive({ title: "Value at the end", unit: "currency", examples: [16_000] }),
  years: positive({ title: "Years", unit: "years", maximum: 1000, examples: [5] }),
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
    ],
    slots: {
      start: { kinds: ["money", "number"], cues: ["from", "start", "invested", "von", "anfangs"] },
      end: { kinds: ["money", "number"], cues: ["to", "end", "now", "auf", "zu", "ende"] },
      years: { kinds: ["years"], cues: ["in", "over", "after", "nach"], alone: true },
    },
  },
  calculate({ start, end, years }) {
    const rate = new Exact(end).div(start).pow(new Exact(1).div(years)).minus(1).times(100);
    return {
      results: [
        {
          name: "cagr",
          label: "Growth a year",
          value: fixed(rate, 2),
          unit: "%",
          subject: null,
          steps: `(${end} ÷ ${start})^(1 ÷ ${years}) − 1`,
        },
      ],
      warnings: years < 1 ? ["Less than a year: the yearly rate is an extrapolation."] : [],
      assumptions: [],
    };
  },
};

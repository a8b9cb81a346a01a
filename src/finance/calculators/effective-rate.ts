/** The effective rate of a nominal one, and the nominal rate of an effective one. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import {
  compoundingField,
  compoundingSlot,
  growth,
  growthSteps,
  nominalOf,
  nominalSteps,
} from "./compounding.ts";
import { Exact, fixed } from "./exact.ts";
import { choice, yearlyRate } from "./input-fields.ts";

const inputs = Type.Object({
  rate: yearlyRate({ title: "Interest a year", examples: [6] }),
  compounding: { ...compoundingField, default: "monthly" },
  rateKind: choice(["nominal", "effective"] as const, { title: "The rate is", default: "nominal" }),
});

export const effectiveRate: Calculator<Static<typeof inputs>> = {
  name: "effective-rate",
  version: 1,
  title: "Effective and nominal rate",
  summary: "What a nominal rate yields in a year, and the nominal rate behind an effective one.",
  topic: "saving",
  inputs,
  formula:
    "effective = (1 + nominal ÷ m)^m − 1, m = how often a year interest is added; continuously: e^nominal − 1",
  source: "Brealey, Myers, Allen: Principles of Corporate Finance, compounding intervals",
  asked: {
    phrases: [
      "apy for",
      "what apy",
      "effective rate",
      "effective annual rate",
      "effective interest",
      "effective yield",
      "nominal rate",
      "nominal interest",
      "apr to apy",
      "apy to apr",
      "apy of",
      "effektiver zins",
      "effektivzins",
      "effektiver jahreszins",
      "nominalzins",
      "nominaler zins",
    ],
    examples: [
      {
        question: "What is the effective rate of 6% nominal compounded monthly?",
        inputs: { rate: 6, rateKind: "nominal", compounding: "monthly" },
      },
      {
        question: "Welcher Effektivzins entspricht 4,8 % nominal, vierteljährlich verzinst?",
        inputs: { rate: 4.8, rateKind: "nominal", compounding: "quarterly" },
      },
      {
        question: "Which nominal rate compounded daily gives 5% effective?",
        inputs: { rate: 5, rateKind: "effective", compounding: "daily" },
      },
      {
        question: "Convert 12% nominal, compounded continuously, to an effective annual rate",
        inputs: { rate: 12, rateKind: "nominal", compounding: "continuous" },
      },
      {
        question: "Welcher Nominalzins ergibt bei monatlicher Verzinsung 3 % effektiv?",
        inputs: { rate: 3, rateKind: "effective", compounding: "monthly" },
      },
      {
        question: "Effective annual rate for 8 percent nominal, semi-annually",
        inputs: { rate: 8, rateKind: "nominal", compounding: "half-yearly" },
      },
    ],
    slots: {
      rate: { kinds: ["percent"], cues: ["rate", "nominal", "effective", "effektiv"], alone: true },
      compounding: compoundingSlot,
      rateKind: {
        kinds: ["choice"],
        cues: [],
        choices: {
          nominal: ["% nominal", "percent nominal", "nominal compounded"],
          effective: ["% effective", "percent effective", "% effektiv"],
        },
      },
    },
  },
  calculate({ rate, compounding, rateKind }) {
    const one = new Exact(1);
    const share = new Exact(rate).div(100);
    const isNominal = rateKind === "nominal";
    const found = isNominal ? growth(share, compounding, one).minus(1) : nominalOf(share, compounding);
    return {
      results: [
        {
          name: isNominal ? "effective-rate" : "nominal-rate",
          label: isNominal ? say`Effective rate a year` : say`Nominal rate a year`,
          value: fixed(found.times(100), 4),
          unit: "%",
          subject: null,
          steps: isNominal ? `${growthSteps(rate, compounding, one)} − 1` : nominalSteps(rate, compounding),
        },
      ],
      warnings: [],
      assumptions: [],
    };
  },
};

/** What inflation leaves of an amount. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator, Result } from "./calculator.ts";
import { Exact, fixed, trimmed } from "./exact.ts";
import { optional, positive, yearlyRate } from "./input-fields.ts";
import { currencyField, currencySlot, moneyOf } from "./money.ts";
import { realRate } from "./real-return.ts";
import { termFields, termNeed, termSlots, yearsOf } from "./term.ts";

const inputs = Type.Object({
  amount: positive({ title: "Amount", unit: "currency", examples: [10_000] }),
  inflation: yearlyRate({ title: "Inflation a year", examples: [3] }),
  ...termFields,
  rate: optional(
    yearlyRate({
      title: "Interest a year",
      description: "If the amount bears interest meanwhile.",
      examples: [5],
    }),
  ),
  currency: optional(currencyField),
});

export const inflation: Calculator<Static<typeof inputs>> = {
  name: "inflation",
  version: 1,
  title: "Inflation",
  summary: "What an amount buys after years of inflation, in today's money.",
  topic: "saving",
  inputs,
  needs: [termNeed],
  formula:
    "real value = amount × ((1 + interest) ÷ (1 + inflation))^years; price then = amount × (1 + inflation)^years; real rate = (1 + interest) ÷ (1 + inflation) − 1",
  source: "Irving Fisher: The Theory of Interest (1930)",
  asked: {
    phrases: [
      "inflation",
      "purchasing power",
      "buying power",
      "in today's money",
      "real value",
      "kaufkraft",
      "kaufkraftverlust",
      "teuerung",
      "inflationsrate",
      "realwert",
      "realer wert",
      "in heutigem geld",
    ],
    examples: [
      {
        question: "What will $10,000 be worth in 20 years at 3% inflation?",
        inputs: { amount: 10_000, years: 20, inflation: 3, currency: "USD" },
      },
      {
        question: "Wie viel Kaufkraft haben 50.000 € nach 10 Jahren bei 2,5 % Inflation?",
        inputs: { amount: 50_000, years: 10, inflation: 2.5, currency: "EUR" },
      },
      {
        question: "What is the purchasing power of £1,000 after 5 years with inflation of 8%?",
        inputs: { amount: 1000, years: 5, inflation: 8, currency: "GBP" },
      },
      {
        question:
          "With inflation at 2%, what is the real value of 100,000 dollars after 30 years at 5% interest?",
        inputs: { amount: 100_000, years: 30, inflation: 2, rate: 5, currency: "USD" },
      },
      {
        question: "Was sind 1.000 € in 15 Jahren bei einer Inflationsrate von 4 % noch wert?",
        inputs: { amount: 1000, years: 15, inflation: 4, currency: "EUR" },
      },
      {
        question: "Teuerung von 1,2 % über 24 Monate: was sind 5.000 CHF dann in heutigem Geld?",
        inputs: { amount: 5000, months: 24, inflation: 1.2, currency: "CHF" },
      },
    ],
    slots: {
      amount: { kinds: ["money", "number"], cues: ["worth", "of", "value", "wert", "von"], alone: true },
      inflation: {
        kinds: ["percent"],
        cues: ["inflation", "inflationsrate", "teuerung", "prices rise"],
        alone: true,
      },
      ...termSlots,
      rate: { kinds: ["percent"], cues: ["interest", "return", "yield", "zinsen", "zins", "rendite"] },
      currency: currencySlot,
    },
  },
  calculate(given) {
    const { amount, inflation: percent, rate } = given;
    const money = moneyOf(given.currency);
    const years = yearsOf(given);
    const span = trimmed(years, 6);
    const prices = new Exact(percent).div(100).plus(1);
    const then = new Exact(rate ?? 0).div(100).plus(1).pow(years).times(amount);
    const real = then.div(prices.pow(years));
    const real0 = rate === undefined ? `${amount}` : `${amount} × (1 + ${rate}%)^${span}`;
    const fisher: readonly Result[] =
      rate === undefined
        ? []
        : [
            money.result("final-value", say`Amount then`, then, real0),
            {
              name: "real-rate",
              label: say`Real rate a year`,
              value: fixed(realRate(rate, percent), 2),
              unit: "%",
              subject: null,
              steps: `(1 + ${rate}%) ÷ (1 + ${percent}%) − 1`,
            },
          ];
    return {
      results: [
        money.result("real-value", say`Worth in today's money`, real, `${real0} ÷ (1 + ${percent}%)^${span}`),
        money.result(
          "purchasing-power-change",
          say`Change of purchasing power`,
          money.round(real).minus(amount),
          `${money.text(real)} − ${amount}`,
        ),
        money.result(
          "future-price",
          say`Price then of what costs the amount today`,
          prices.pow(years).times(amount),
          `${amount} × (1 + ${percent}%)^${span}`,
        ),
        ...fisher,
      ],
      warnings: [],
      assumptions: [say`Inflation is the same every year.`],
    };
  },
};

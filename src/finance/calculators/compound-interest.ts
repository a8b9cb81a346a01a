/** What one amount becomes with interest on interest. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { compoundingField, compoundingSlot, growth, growthSteps } from "./compounding.ts";
import { rateSlot } from "./deposits.ts";
import { Exact, fixed } from "./exact.ts";
import { optional, positive, yearlyRate } from "./input-fields.ts";
import { currencyField, currencySlot, moneyOf } from "./money.ts";
import { aiming, losingValue, owing, restatingRates, saving, withdrawing } from "./other-calculation.ts";
import { termFields, termNeed, termSlots, yearsOf } from "./term.ts";

const inputs = Type.Object({
  amount: positive({ title: "Amount", unit: "currency", examples: [10_000] }),
  rate: yearlyRate({ title: "Interest a year", description: "Nominal.", examples: [5] }),
  ...termFields,
  compounding: compoundingField,
  currency: optional(currencyField),
});

export const compoundInterest: Calculator<Static<typeof inputs>> = {
  name: "compound-interest",
  version: 1,
  title: "Compound interest",
  summary: "What one amount becomes with interest on interest.",
  topic: "saving",
  inputs,
  needs: [termNeed],
  formula:
    "value = amount × (1 + rate ÷ m)^(m × years), m = how often a year interest is added; continuously: amount × e^(rate × years)",
  source: "Brealey, Myers, Allen: Principles of Corporate Finance, compound interest",
  asked: {
    phrases: [
      "compound interest",
      "future value",
      "endwert",
      "compounded",
      "compounding",
      "grow to",
      "will be worth",
      "invested at",
      "if i invest",
      "how much will i have",
      "wie viel habe ich",
      "invest at",
      "interest on",
      "zinseszins",
      "zinseszinsen",
      "wert nach",
      "anlege zu",
      "verzinst",
      "endkapital",
      "was wird aus",
      "werden aus",
    ],
    unless: [
      "simple interest",
      "without compounding",
      "einfache zinsen",
      "ohne zinseszins",
      ...saving,
      ...aiming,
      ...withdrawing,
      ...owing,
      ...losingValue,
      ...restatingRates,
    ],
    examples: [
      {
        question: "What will $10,000 grow to at 5% in 10 years?",
        inputs: { amount: 10_000, rate: 5, years: 10, currency: "USD" },
      },
      {
        question: "Compound interest on 2,500 dollars at 4% compounded monthly for 3 years",
        inputs: { amount: 2500, rate: 4, years: 3, compounding: "monthly", currency: "USD" },
      },
      {
        question: "Was wird aus 5.000 € bei 3,5 % Zinseszins nach 8 Jahren?",
        inputs: { amount: 5000, rate: 3.5, years: 8, currency: "EUR" },
      },
      {
        question: "How much will £1,000 be worth after 18 months at 6% compounded daily?",
        inputs: { amount: 1000, rate: 6, months: 18, compounding: "daily", currency: "GBP" },
      },
      {
        question: "Wie hoch ist das Endkapital von 20.000 € zu 2 % über 15 Jahre, halbjährlich verzinst?",
        inputs: { amount: 20_000, rate: 2, years: 15, compounding: "half-yearly", currency: "EUR" },
      },
      {
        question: "100 USD compounded continuously at 10% for 1 year: how much is it?",
        inputs: { amount: 100, rate: 10, years: 1, compounding: "continuous", currency: "USD" },
      },
    ],
    slots: {
      amount: {
        kinds: ["money", "number"],
        cues: ["invest", "amount", "deposit", "principal", "aus", "von", "kapital", "anlage"],
        alone: true,
      },
      rate: rateSlot,
      ...termSlots,
      compounding: compoundingSlot,
      currency: currencySlot,
    },
  },
  calculate(given) {
    const { amount, rate, compounding } = given;
    const money = moneyOf(given.currency);
    const years = yearsOf(given);
    const yearly = new Exact(rate).div(100);
    const final = growth(yearly, compounding, years).times(amount);
    const effective = growth(yearly, compounding, new Exact(1)).minus(1).times(100);
    const interest = money.round(final).minus(amount);
    return {
      results: [
        money.result(
          "final-value",
          say`Value at the end`,
          final,
          `${amount} × ${growthSteps(rate, compounding, years)}`,
        ),
        money.result("interest", say`Interest`, interest, `${money.text(final)} − ${amount}`),
        {
          name: "effective-rate",
          label: say`Effective rate a year`,
          value: fixed(effective, 4),
          unit: "%",
          subject: null,
          steps: `${growthSteps(rate, compounding, new Exact(1))} − 1`,
        },
      ],
      warnings: [],
      assumptions: [],
    };
  },
};
